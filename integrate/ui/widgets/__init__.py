"""The kit that pages are made of; every part follows the theme and is named for screen readers."""

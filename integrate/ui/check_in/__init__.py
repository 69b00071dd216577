"""The check-in as the window asks it, shows it and changes it. It knows no page: several of them use it."""

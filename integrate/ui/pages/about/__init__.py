"""What the program says about itself: its keys, its version, its licences."""

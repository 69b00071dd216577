"""Pure values and rules: the standard library only, no files, no clock of its own, no window."""

"""Where a new journal begins."""

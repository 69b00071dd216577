"""Where a locked journal is opened."""

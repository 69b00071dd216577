"""The room of the window: the only one that knows Qt."""

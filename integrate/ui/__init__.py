"""The room of the window. It comes with the window; until then every use case is reached from the command line."""

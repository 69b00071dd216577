"""Shapes of files: what is written is read in the same module."""

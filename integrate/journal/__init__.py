"""Use cases: one small typed function or class for each thing a person can do, shared by window and command line."""

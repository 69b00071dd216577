"""The session room: dark, with huge targets, and nothing of the journal in it."""

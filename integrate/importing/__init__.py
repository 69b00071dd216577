"""Bringing in what was written elsewhere: a look first, then a batch that can be taken back whole."""

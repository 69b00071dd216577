"""The Journal page: the list of entries, and the entry that is open."""

"""One entry: what is around the writing surface, and how what is written gets to the disk."""

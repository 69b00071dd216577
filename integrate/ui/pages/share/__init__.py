"""Share: what goes into a file for somebody is chosen line by line, looked at page by page, and saved."""

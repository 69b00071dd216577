"""The list half of the Journal page: search, filters, and every entry as a row."""

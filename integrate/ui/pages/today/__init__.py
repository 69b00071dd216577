"""Today: the question that fits, a blank page, and what was written last."""

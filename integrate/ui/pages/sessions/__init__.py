"""Sessions: the course as a path, its plan, and each session in its three stages."""

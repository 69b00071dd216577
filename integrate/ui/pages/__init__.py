"""One folder a page. Pages do not know each other; the registry knows them all."""

"""The vault and what is in it: the only room with SQLAlchemy and SQLCipher. Rows never leave it."""

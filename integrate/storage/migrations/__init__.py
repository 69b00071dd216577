"""Schema migrations, run by Alembic inside one transaction after the database was copied."""

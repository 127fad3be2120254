"""The database's tests."""

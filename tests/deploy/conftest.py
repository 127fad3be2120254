"""Fixtures: an empty database on each engine."""

from tests.helpers.databases import database, postgres_server, postgres_url, sqlite_template, sqlite_url

__all__ = ["database", "postgres_server", "postgres_url", "sqlite_template", "sqlite_url"]

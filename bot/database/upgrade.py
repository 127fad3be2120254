"""Brings the database to its present shape, from an empty file or from any earlier version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.database.engine import engine, part_down

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

# Any constant does: two servers that start together must not both create the tables.
_POSTGRES_LOCK = 7_236_411


def migrate(url: str | None = None) -> str:
    """Apply the missing migrations in one transaction; returns the revision reached. Raises PartDown when the database cannot be opened."""
    bind = engine(url)
    if bind.dialect.name == "sqlite" and bind.url.database:
        try:
            Path(bind.url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise part_down(bind, error) from None
    try:
        with bind.begin() as connection:
            return _upgrade(connection)
    except (OperationalError, InterfaceError) as error:
        raise part_down(bind, error) from None


def _upgrade(connection: Connection) -> str:
    """Run Alembic on an open transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return ScriptDirectory.from_config(config).get_current_head() or ""

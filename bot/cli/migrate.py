"""`repere migrate`: brings the database to its present shape and publishes the catalogue."""

from __future__ import annotations

import click

from bot import clock
from bot.database import migrate, session_scope
from bot.requests.versions import publish


def migrate_and_publish() -> tuple[str, str, bool]:
    """Apply the missing migrations, then publish the catalogue. Returns revision, catalogue hash, and whether that was new."""
    revision = migrate()
    with session_scope() as session:
        version, new = publish(session, clock.now())
    return revision, version, new


@click.command("migrate")
def command() -> None:
    """Upgrade the database, then publish the catalogue under the hash of its content."""
    revision, version, new = migrate_and_publish()
    click.echo(f"database: revision {revision}")
    click.echo(f"catalogue: version {version[:12]}, {'published' if new else 'already published'}")

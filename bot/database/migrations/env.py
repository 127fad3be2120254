"""Alembic's entry: runs on the connection that `bot.database.upgrade` opened."""

from __future__ import annotations

from alembic import context

from bot.database.base import Base


def run() -> None:
    """Run the migrations inside the caller's transaction."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True)
    context.run_migrations()


run()

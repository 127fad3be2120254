"""`repere start`: what `make start` runs once everything is installed."""

from __future__ import annotations

import sys

import click

from bot import keys, settings
from bot.cli.migrate import migrate_and_publish
from bot.running import model, processes


@click.command("start")
def command() -> None:
    """Build the database and the model when missing or stale, start everything, print the address of the chat page."""
    keys.check()
    settings.check_promises()
    processes.check_ports()
    click.echo("→ database")
    migrate_and_publish()
    click.echo("→ model" if model.model_path().is_file() else "→ model: training (about a minute)")
    path = model.train(quiet=True)
    click.echo("→ starting (door, Rasa, actions, jobs)")
    sys.exit(processes.run(path))

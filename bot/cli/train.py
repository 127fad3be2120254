"""`repere train`: train the model when it is missing or stale."""

from __future__ import annotations

import click

from bot.running import model


@click.command("train")
def command() -> None:
    """Train the model when it is missing or older than its data; prints its path."""
    path = model.model_path()
    if path.is_file():
        click.echo(f"the model is up to date: {path.name}")
        return
    click.echo("→ training the model (about a minute)")
    click.echo(f"model trained: {model.train().name}")

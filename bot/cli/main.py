"""Entry point of `repere`: finds the command, runs it, and turns our errors into one line and an exit code."""

from __future__ import annotations

import importlib
import sys

import click

from bot.errors import RepereError

COMMANDS = {
    "understand": "act, situations and mentions of messages (JSON Lines)",
    "evaluate": "verdict and access of every offer of a Caf (JSON Lines)",
    "offers": "the catalogue: list, show, check, book, diff",
    "chat": "talk with the assistant in the terminal",
    "start": "start the whole assistant",
    "train": "train the model when it is missing or stale",
    "migrate": "bring the database to its present shape and publish the catalogue",
    "requests": "contact requests: list, show, export, replay, erase, purge",
    "agents": "accounts of the workspace: add, list, disable",
    "review": "messages not understood: list, label as training or test examples",
    "bench": "measure: eligibility",
}


class LazyGroup(click.Group):
    """Loads the module of a command only when it runs, so that each one starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None (click then exits 2)."""
        if name not in COMMANDS:
            return None
        return importlib.import_module(f"bot.cli.{name}").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Repère, the assistant of the social work of the Caf."""


def main() -> None:
    """Run the command line; exits 0, 1 (faults found), 2 (bad input or usage) or 3 (a part is missing)."""
    try:
        cli()
    except RepereError as error:
        click.echo(f"repere: {error}", err=True)
        sys.exit(error.exit_code)

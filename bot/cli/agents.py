"""`repere agents`: accounts of the workspace."""

from __future__ import annotations

import json
import sys

import click

from bot import clock
from bot.database import read_scope, session_scope
from bot.errors import BadInput
from bot.workspace import accounts


@click.group("agents")
def command() -> None:
    """Accounts of the agents' workspace: add, link, list, disable."""


@command.command("add")
@click.argument("login")
@click.option("--name", default="", help="Name shown in the workspace.")
@click.option("--role", type=click.Choice(accounts.ROLES), default="agent", show_default=True)
@click.option("--caf", "scopes", multiple=True, help="A Caf, or one of its territories (aisne:laon_hirson); may be repeated.")
@click.option("--password-stdin", is_flag=True, help="Read the password on standard input instead of asking for it.")
@click.option("--subject", default="", help="Identity (`sub`) at the OpenID Connect provider: the account then needs no password.")
def add(login: str, name: str, role: str, scopes: tuple[str, ...], password_stdin: bool, subject: str) -> None:
    """Create an account."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None if subject else _ask_password()
    with session_scope() as session:
        agent = accounts.add(session, login, name, role, scopes, password, clock.now())
        if subject:
            accounts.link(session, agent.login, subject)
    click.echo(f"account {agent.login} created ({agent.role})")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def list_agents(as_json: bool) -> None:
    """List the accounts."""
    with read_scope() as session:
        rows = accounts.all_agents(session)
    for agent, scopes in rows:
        line = {"login": agent.login, "name": agent.name, "role": agent.role, "active": agent.active, "scopes": scopes}
        state = "active" if agent.active else "disabled"
        click.echo(
            json.dumps(line, ensure_ascii=False) if as_json else f"{agent.login}  {agent.role}  {state}  {' '.join(scopes)}".rstrip()
        )


@command.command("link")
@click.argument("login")
@click.option("--subject", required=True, help="Identity (`sub`) at the OpenID Connect provider.")
def link(login: str, subject: str) -> None:
    """Let an account sign in through the OpenID Connect provider."""
    with session_scope() as session:
        agent = accounts.link(session, login, subject)
    click.echo(f"account {agent.login} linked")


@command.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Close an account and sign it out."""
    with session_scope() as session:
        agent = accounts.disable(session, login)
    click.echo(f"account {agent.login} disabled")


def _ask_password() -> str:
    """Ask for a password twice, on a terminal only."""
    if not sys.stdin.isatty():
        raise BadInput("no terminal to ask for a password: use --password-stdin")
    return click.prompt("password", hide_input=True, confirmation_prompt=True)

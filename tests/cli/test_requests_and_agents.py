"""The commands about requests, accounts and migrations: what they print, and their exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import cli, main
from bot.database import session_scope
from bot.database.models import Agent, CatalogueVersion, ContactRequest
from bot.errors import RepereError
from tests.helpers.databases import sqlite_template, sqlite_url
from tests.helpers.requests import a_context, send

__all__ = ["sqlite_template", "sqlite_url"]
pytestmark = pytest.mark.usefixtures("sqlite_url")


def run(*arguments: str, given: str | None = None) -> tuple[int, str]:
    """Exit code and output of a command."""
    result = CliRunner().invoke(cli, list(arguments), input=given)
    if isinstance(result.exception, RepereError):
        return result.exception.exit_code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_list_and_show():
    """The list names nobody; the page of a request shows everything."""
    reference = send().reference

    code, listed = run("requests", "list", "--json")
    assert code == 0
    assert json.loads(listed)["reference"] == reference
    assert "Exemple" not in listed
    code, shown = run("requests", "show", reference.lower(), "--json")
    assert (code, json.loads(shown)["nom"]) == (0, "Exemple")
    assert reference in run("requests", "list")[1]
    assert "Camille" in run("requests", "show", reference)[1]


@pytest.mark.parametrize("command", [("show",), ("replay",), ("erase",), ("erase", "--apply")])
@pytest.mark.parametrize("reference", ["RDV-0000-0000", "n'importe quoi"])
def test_an_unknown_reference_exits_2(command, reference):
    """Well formed or not."""
    assert run("requests", *command, reference)[0] == 2


def test_erase_says_then_does():
    """Without --apply nothing is removed."""
    reference = send().reference

    code, said = run("requests", "erase", reference)
    assert (code, json.loads(said.splitlines()[0])["applied"]) == (0, False)
    assert run("requests", "show", reference)[0] == 0
    code, done = run("requests", "erase", reference, "--apply")
    assert json.loads(done)["removed"] == json.loads(said.splitlines()[0])["would_remove"]
    assert run("requests", "show", reference)[0] == 2


def test_purge_says_then_does():
    """The counts by kind, in JSON."""
    for options, applied in (((), False), (("--apply",), True)):
        code, said = run("requests", "purge", *options)
        assert (code, json.loads(said.splitlines()[0])["applied"]) == (0, applied)


def test_export():
    """All requests without names, as JSON Lines or CSV; one person's data with a reference."""
    references = {send(f"c{number}", telephone=f"063998000{number}").reference for number in range(3)}

    lines = [json.loads(line) for line in run("requests", "export")[1].splitlines()]
    assert {line["reference"] for line in lines} == references
    assert run("requests", "export", "--format", "csv")[1].count("\n") == 4
    assert "Exemple" not in run("requests", "export")[1]
    assert "Exemple" in run("requests", "export", "--reference", lines[0]["reference"])[1]


def test_replay_exits_1_when_the_verdict_differs():
    """`replay` is a check: a difference is a fault found."""
    assert run("migrate")[0] == 0
    with session_scope() as session:
        version = session.query(CatalogueVersion).one().hash
    facts = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}
    reference = send(context=a_context(catalogue_version=version, facts=facts, verdict="ineligible")).reference

    code, said = run("requests", "replay", reference)

    assert code == 1
    assert json.loads(said)["again"]["verdict"] == "eligible"


def test_migrate_publishes_the_catalogue_once():
    """Running it again changes nothing."""
    first, second = run("migrate"), run("migrate")

    assert (first[0], second[0]) == (0, 0)
    assert "already published" in second[1]
    with session_scope() as session:
        assert session.query(CatalogueVersion).count() == 1


def test_agents_are_added_listed_and_disabled():
    """With Cafs and territories; the password is never shown."""
    given = ("agents", "add", "Camille", "--caf", "aisne:laon_hirson", "--role", "responsable", "--password-stdin")
    assert run(*given, given="une phrase de passe\n") == (0, "account camille created (responsable)\n")

    line = json.loads(run("agents", "list", "--json")[1])
    assert line == {"login": "camille", "name": "camille", "role": "responsable", "active": True, "scopes": ["aisne:laon_hirson"]}
    assert run("agents", "disable", "camille")[0] == 0
    with session_scope() as session:
        agent = session.query(Agent).one()
        assert not agent.active
        assert "phrase" not in agent.password_hash
        assert repr(agent) == "<Agent camille responsable>"


@pytest.mark.parametrize(
    "arguments",
    [
        ("agents", "add", "a b", "--caf", "aisne", "--password-stdin"),
        ("agents", "add", "camille", "--caf", "nulle_part", "--password-stdin"),
        ("agents", "add", "camille", "--caf", "aisne:nulle_part", "--password-stdin"),
        ("agents", "add", "camille", "--password-stdin"),
        ("agents", "add", "camille", "--role", "chef", "--password-stdin"),
        ("agents", "disable", "inconnu"),
        ("requests", "list", "--status", "perdue"),
        ("requests", "show"),
        ("requests", "inconnue"),
    ],
)
def test_bad_usage_exits_2(arguments):
    """Bad login, Caf, territory, role, status or command: nothing is created."""
    assert run(*arguments, given="une phrase de passe\n")[0] == 2
    with session_scope() as session:
        assert session.query(Agent).count() == session.query(ContactRequest).count() == 0


def test_a_short_password_is_refused():
    """Twelve characters at least."""
    assert run("agents", "add", "camille", "--caf", "aisne", "--password-stdin", given="court\n")[0] == 2


@pytest.mark.parametrize("command", [("requests", "list"), ("requests", "purge"), ("agents", "list"), ("migrate",)])
def test_a_database_that_is_down_exits_3(command, monkeypatch, capsys):
    """One line on standard error, no traceback."""
    monkeypatch.setenv("REPERE_DATABASE_URL", "postgresql://x:secret@127.0.0.1:1/x")
    monkeypatch.setattr(sys, "argv", ["repere", *command])

    with pytest.raises(SystemExit) as end:
        main()

    error = capsys.readouterr().err
    assert end.value.code == 3
    assert error.count("\n") == 1
    assert "secret" not in error


def test_the_commands_run_as_programs():
    """Through the real entry point, with help."""
    program = Path(sys.executable).parent / "repere"
    for arguments in (["requests", "--help"], ["agents", "--help"], ["migrate", "--help"]):
        done = subprocess.run([program, *arguments], env=os.environ, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_agents_are_tied_to_an_identity():
    """At creation, without a password, or later; an identity of somebody else and an unknown login exit 2."""
    assert run("agents", "add", "camille", "--caf", "aisne", "--subject", "sub-1")[0] == 0
    assert run("agents", "add", "noa", "--caf", "aisne", "--password-stdin", given="une phrase de passe\n")[0] == 0
    assert run("agents", "link", "noa", "--subject", "sub-2")[0] == 0
    assert run("agents", "link", "noa", "--subject", "sub-1")[0] == run("agents", "link", "personne", "--subject", "x")[0] == 2
    with session_scope() as session:
        held = {agent.login: (agent.subject, agent.password_hash is None) for agent in session.query(Agent)}
    assert held == {"camille": ("sub-1", True), "noa": ("sub-2", False)}

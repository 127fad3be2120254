"""A backup, put back, gives the same requests; an old one is brought up to date."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.database import engine, migrate, session_scope
from bot.database.models import ContactRequest, OutboxEvent
from tests.helpers import postgres
from tests.helpers.requests import send
from tests.helpers.stack import ROOT

SCRIPTS = ROOT / "deploy" / "backup"


def script(name: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one of the scripts, with PostgreSQL's programs at hand."""
    programs = Path(postgres.program("initdb") or "/usr/bin/x").parent
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.run([str(SCRIPTS / name), *arguments], env={**os.environ, "PATH": path, **env}, capture_output=True, text=True)


def references(url: str) -> list[str]:
    """What is stored there."""
    with session_scope(url) as session:
        return sorted(session.scalars(select(ContactRequest.reference)))


def test_what_is_backed_up_comes_back(database: str, tmp_path: Path) -> None:
    """After an accident, the requests of the backup are there, with the mails still to be sent; the assistant can go on."""
    first = send().reference
    made = script("backup.sh", database, str(tmp_path / "backups"))
    assert made.returncode == 0, made.stderr
    backup = made.stdout.strip()
    send("lost", telephone="0639980099")
    engine(database).dispose()

    refused = script("restore.sh", backup, database)
    assert refused.returncode == 2
    restored = script("restore.sh", backup, database, FORCE="1")
    assert restored.returncode == 0, restored.stderr

    migrate(database)
    assert references(database) == [first]
    with session_scope() as session:
        assert session.scalars(select(OutboxEvent)).first() is not None
    assert send("after", telephone="0639980098").reference


def test_a_backup_is_for_its_owner_only(sqlite_url: str, tmp_path: Path) -> None:
    """Nobody else on the machine reads it."""
    made = script("backup.sh", sqlite_url, str(tmp_path))
    assert Path(made.stdout.strip()).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("arguments", [(), ("mysql://x", "y"), ("sqlite:////nowhere/at/all.db", "backups")])
def test_a_backup_that_fails_says_so(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Another exit code than 0, and no file that looks like a backup."""
    given = tuple(str(tmp_path / value) if value == "backups" else value for value in arguments)
    assert script("backup.sh", *given).returncode in {2, 3}
    assert not list(tmp_path.rglob("repere-*.db"))

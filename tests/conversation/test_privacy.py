"""Twelve planted people on the real processes, and nothing of them where it must not be; two hundred with scripts/privacy.sh."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from bot import clock
from tests.conftest import RunningServer
from tests.conversation import privacy

SEEDS = range(700, 712)


@pytest.mark.system
def test_nothing_planted_is_kept(repere_server: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, raw files, logs and mails; then, once the requests are erased from a copy, nothing at all."""
    outcomes = privacy.play(repere_server.base_url, SEEDS, clock.today())
    assert [outcome.faults for outcome in outcomes if outcome.faults] == []
    time.sleep(4)  # the mails of the last requests

    found = privacy.search(repere_server.var, SEEDS)
    assert found.wrong == {}
    assert {kind for kind, _ in found.right} >= {"nom", "prénom"}

    copy = tmp_path / "var"  # the other tests of this run go on with the first
    shutil.copytree(repere_server.var, copy)
    for name in ("REPERE_DATABASE_URL", "REPERE_VAR"):
        monkeypatch.setenv(name, "")
    assert privacy.erase_everything(copy) > 0
    assert privacy.left(copy, SEEDS) == {}


def plant(var: Path, table: str, text: str) -> None:
    """A database with one table that holds a text."""
    with sqlite3.connect(var / "repere.db") as connection:
        connection.execute(f'create table "{table}" (text text)')
        connection.execute(f'insert into "{table}" values (?)', (text,))


@pytest.mark.parametrize(
    "text",
    [
        privacy.Plants(3).name.upper(),
        "06.39.98.00.03",
        "+33639980003",
        privacy.Plants(3).mail,
        " ".join(privacy.Plants(3).nir),
        privacy.Plants(3).number,
        privacy.Plants(3).address,
        "un TISONNIER",
    ],
)
def test_the_search_finds_what_is_planted(tmp_path: Path, text: str) -> None:
    """Each kind, in any writing, in a table and in a log."""
    plant(tmp_path, "conversation_turns", text)
    assert privacy.search(tmp_path, range(5)).wrong
    (tmp_path / "repere.db").unlink()
    plant(tmp_path, "conversation_turns", "rien")
    assert not privacy.search(tmp_path, range(5)).wrong
    (tmp_path / "door.log").write_text(text, encoding="utf-8")
    assert privacy.search(tmp_path, range(5)).wrong


def test_a_request_may_hold_a_name_but_no_nir(tmp_path: Path) -> None:
    """What identifies is right there; a social security number is wrong everywhere."""
    plant(tmp_path, "contact_requests", privacy.Plants(3).name)
    found = privacy.search(tmp_path, range(5))
    assert found.right
    assert not found.wrong
    plant(tmp_path, "drafts", privacy.Plants(3).nir)
    assert privacy.search(tmp_path, range(5)).wrong

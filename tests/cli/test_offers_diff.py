"""`repere offers diff`: the owners of the rules see which families change verdict before they publish."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import clock, settings
from bot.database import session_scope
from bot.requests.versions import publish
from tests.cli.test_requests_and_agents import run
from tests.helpers.databases import sqlite_template, sqlite_url

__all__ = ["sqlite_template", "sqlite_url"]
pytestmark = pytest.mark.usefixtures("sqlite_url")
OLDEST = 'values: {2024-01-01: {value: 34, source: "000:325"}}'  # the age above which a parent is left out (93, lone parents)


def published(folder: Path) -> str:
    """The hash under which the catalogue of this folder is published."""
    with session_scope() as session:
        return publish(session, clock.now(), folder)[0]


@pytest.fixture
def wider(tmp_path: Path) -> Path:
    """The delivered catalogue, where Seine-Saint-Denis takes lone parents up to 60."""
    folder = tmp_path / "catalog"
    shutil.copytree(settings.catalog_dir(), folder)
    parameters = folder / "parameters.yml"
    text = parameters.read_text(encoding="utf-8")
    assert OLDEST in text
    parameters.write_text(text.replace(OLDEST, OLDEST.replace("34", "60")), encoding="utf-8")
    return folder


def test_the_same_version_changes_nothing() -> None:
    """A version compared with the files it was made from."""
    version = published(settings.catalog_dir())
    code, said = run("offers", "diff", version[:10], "files", "--families", "40")
    assert (code, said) == (0, "0 changes over 40 families per Caf\n")


def test_a_changed_condition_names_the_families_it_touches(wider: Path) -> None:
    """Only the offer whose age changed is told, with the verdicts before and after."""
    before, after = published(settings.catalog_dir()), published(wider)
    code, said = run("offers", "diff", before, after, "--families", "120")
    lines = said.splitlines()
    assert code == 0
    assert len(lines) > 1
    assert all(line.startswith("seine_saint_denis/parent_seul: seine_saint_denis family ") for line in lines[:-1])
    assert any(": ineligible, " in line and " -> eligible, " in line for line in lines[:-1])
    assert lines[-1] == f"{len(lines) - 1} changes over 120 families per Caf"


def test_an_unknown_version_is_one_clear_line() -> None:
    """Neither a traceback nor an empty answer."""
    code, _said = run("offers", "diff", "ffffffff")
    assert code == 2

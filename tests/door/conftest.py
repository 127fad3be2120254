"""Fixtures: the door on an empty database, with a conversation open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.databases import postgres_server, sqlite_template, sqlite_url  # noqa: F401 - fixtures
from tests.helpers.door import Door
from tests.helpers.door import door as running_door


@pytest.fixture
def door(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:  # noqa: F811 - the fixture
    """A conversation open, on a door with wide limits."""
    monkeypatch.setenv("REPERE_BURST_MESSAGES", "100000")
    with running_door() as opened:
        yield opened.open()

"""Fixtures: an empty database, since a turn may keep contact details."""

import pytest

from tests.helpers.databases import sqlite_template, sqlite_url
from tests.helpers.dialogue import Talk

__all__ = ["sqlite_template", "sqlite_url"]


@pytest.fixture
def talk(sqlite_url: str) -> Talk:
    """An allocataire who has just opened the conversation."""
    return Talk()


@pytest.fixture
def partner(sqlite_url: str) -> Talk:
    """A partner who has just opened the conversation."""
    return Talk("partenaire")


@pytest.fixture
def desk(sqlite_url: str) -> Talk:
    """An agent who has just opened the conversation."""
    return Talk("agent")

"""Fixtures: an empty migrated database for each test, SQLite by default, PostgreSQL too where a test asks for both."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.database import engine, migrate
from bot.database import engine as _engine_of
from bot.database.engine import _engine
from tests.helpers import postgres

_numbers = itertools.count()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("database") / "template.db"
    migrate(f"sqlite:///{path}")
    engine(f"sqlite:///{path}").dispose()
    _engine.cache_clear()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A server for the whole run, with a migrated template database."""
    if postgres.program("initdb") is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.running() as server:
        server.execute("create database template_repere")
        migrate(server.url("template_repere"))
        _engine_of(server.url("template_repere")).dispose()
        yield server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of an empty SQLite database, which the settings name."""
    shutil.copy(sqlite_template, tmp_path / "repere.db")
    yield from _use(f"sqlite:///{tmp_path / 'repere.db'}", tmp_path, monkeypatch)


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of an empty PostgreSQL database, which the settings name."""
    name = f"test_{next(_numbers)}"
    postgres_server.execute(f"create database {name} template template_repere")
    yield from _use(postgres_server.url(name), tmp_path, monkeypatch)
    postgres_server.execute(f"drop database {name} with (force)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Address of an empty database, on each engine in turn."""
    return request.getfixturevalue(f"{request.param}_url")


def _use(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Make `url` the database of the settings, and forget its connections afterwards."""
    monkeypatch.setenv("REPERE_DATABASE_URL", url)
    monkeypatch.setenv("REPERE_VAR", str(folder))
    yield url
    engine(url).dispose()
    _engine.cache_clear()

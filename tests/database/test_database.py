"""The database: migrations, transactions, and clear words when it is down."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import bot.database.models
import bot.database.models.conversations
from bot.database import engine, migrate, read_scope, session_scope
from bot.database.base import Base
from bot.database.models import Agent, WrongTries
from bot.errors import PartDown
from tests.helpers.requests import NOW

assert bot.database.models


def test_migrations_make_the_tables_of_the_models(database):
    """Nothing differs between the migrations and the models, on each engine."""
    with engine().connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert len(inspect(connection).get_table_names()) > 15


def test_migrating_twice_changes_nothing(database):
    """The second time finds the same revision."""
    assert migrate() == migrate()


@pytest.mark.postgres
def test_two_servers_migrate_at_once(postgres_server):
    """Servers that start together do not both create the tables."""
    postgres_server.execute("create database migrated_twice")
    url, reached = postgres_server.url("migrated_twice"), []
    threads = [threading.Thread(target=lambda: reached.append(migrate(url))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(reached) == 3
    assert len(set(reached)) == 1


def test_an_error_undoes_the_whole_transaction(database):
    """Nothing of a transaction that failed is kept."""
    with pytest.raises(ZeroDivisionError), session_scope() as session:
        session.execute(text("insert into wrong_tries values ('k', 1, '2026-01-01', null)")).rowcount // 0

    with session_scope() as session:
        assert session.query(WrongTries).count() == 0


def test_instants_keep_their_zone(database):
    """Written and read in UTC on each engine; a naive datetime is refused."""
    with session_scope() as session:
        session.add(WrongTries(key="k", count=1, last_at=NOW))
    with session_scope() as session:
        assert session.get(WrongTries, "k").last_at == NOW
        assert session.get(WrongTries, "k").last_at.utcoffset() is not None

    with pytest.raises(Exception, match="time zone"), session_scope() as session:
        session.add(WrongTries(key="naive", count=1, last_at=datetime(2026, 1, 1)))


def test_constraints_hold_without_the_code(database):
    """The database itself refuses an unknown status, role, or a closed request without its date."""
    for statement in (
        "insert into agents (login, name, role, active, created_at) values ('a', 'a', 'chef', true, '2026-01-01')",
        "insert into contact_requests (reference, status, version, source, audience, created_at, updated_at, caf, voie_a_confirmer,"
        " violence, minor, accord_mail, partenaire_suivi) values ('r', 'terminee', 1, 'chat', 'agent', '2026-01-01', '2026-01-01', 'aisne',"
        " false,"
        " false, false, false, false)",
    ):
        with pytest.raises(Exception, match=r"(?i)check|constraint"), session_scope() as session:
            session.execute(text(statement))
    with session_scope() as session:
        assert session.query(Agent).count() == 0


def test_sqlite_waits_for_its_turn(sqlite_url):
    """Two writers at once: the second waits, and both succeed."""
    started, errors = threading.Event(), []

    def write(key, wait):
        try:
            with session_scope() as session:
                session.add(WrongTries(key=key, count=1, last_at=NOW))
                session.flush()
                started.set()
                threading.Event().wait(wait)
        except PartDown as error:
            errors.append(error)

    first = threading.Thread(target=write, args=("first", 0.5))
    first.start()
    started.wait(5)
    with read_scope() as session:  # a reader never waits for a writer
        assert session.query(WrongTries).count() == 0
    write("second", 0)
    first.join()

    assert errors == []
    with session_scope() as session:
        assert session.query(WrongTries).count() == 2


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////nowhere/at/all/repere.db", "cannot open the database"),
        ("postgresql://someone:secret@127.0.0.1:1/repere", "cannot open the database"),
        ("nonsense", "REPERE_DATABASE_URL"),
        ("oracle+nothing://x", "REPERE_DATABASE_URL"),
    ],
)
def test_a_database_that_is_down_is_one_clear_line(url, words):
    """Which database, why; never its password, never a traceback."""
    with pytest.raises(PartDown, match=words) as down, session_scope(url) as session:
        session.execute(text("select 1"))

    assert "\n" not in str(down.value)
    assert "secret" not in str(down.value)
    assert down.value.exit_code == 3


def test_a_database_never_migrated_says_what_to_do(tmp_path):
    """An empty file names the command to run."""
    with pytest.raises(PartDown, match="repere migrate"), session_scope(f"sqlite:///{tmp_path / 'empty.db'}") as session:
        session.query(Agent).count()

"""Connections and transactions, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from bot import settings
from bot.errors import PartDown

# Below the 5 seconds that a person waits for a turn (contract §4): better a clear 503 than silence.
WAIT_SECONDS = 4


def engine(url: str | None = None) -> Engine:
    """Engine of the database of the settings, or of `url`; one a process and address. Raises PartDown on an address that is no database."""
    return _engine(url or settings.database_url())


@functools.lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    """Engine of that address, made once."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite_engine(url, in_memory=parsed.database in (None, "", ":memory:"))
        return create_engine(url, future=True, pool_pre_ping=True, pool_timeout=WAIT_SECONDS, connect_args={"connect_timeout": 3})
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise PartDown(f"cannot open the database: REPERE_DATABASE_URL is not a usable address ({error})") from None


def _sqlite_engine(url: str, *, in_memory: bool) -> Engine:
    """Engine of a SQLite file that several processes write: write-ahead log, foreign keys, and a wait for the lock."""
    options = {"check_same_thread": False, "timeout": WAIT_SECONDS}
    # Connections are kept: closing the last one empties the write-ahead log, which costs more than a turn.
    pool = {"poolclass": StaticPool} if in_memory else {"poolclass": QueuePool, "pool_timeout": WAIT_SECONDS, "max_overflow": 30}
    made = create_engine(url, future=True, connect_args=options, **pool)
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Settings of each new SQLite connection."""
    connection.isolation_level = None  # we say BEGIN ourselves: sqlite3's implicit one breaks savepoints and DDL
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={WAIT_SECONDS * 1000}", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a read that turns into a write later fails instead of waiting its turn."""
    options = connection.get_execution_options()
    if not options.get("repere_read_only"):
        _wait_for_disk(connection, "NORMAL" if options.get("repere_light") else "FULL")
    connection.exec_driver_sql("BEGIN" if options.get("repere_read_only") else "BEGIN IMMEDIATE")


def _wait_for_disk(connection: Connection, level: str) -> None:
    """Set how long a commit waits for the disk, when the connection is not already so."""
    if connection.info.get("repere_synchronous") != level:
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
        connection.info["repere_synchronous"] = level


@contextmanager
def session_scope(url: str | None = None) -> Iterator[Session]:
    """A transaction: committed at the end, rolled back on any error. Raises PartDown when the database does not answer."""
    with _scope(engine(url)) as session:
        yield session


@contextmanager
def light_scope(url: str | None = None) -> Iterator[Session]:
    """A transaction that survives a crash of ours but, on SQLite, may be lost with the power: a turn, never a request.

    Waiting for the disk costs 5 to 15 ms a transaction, most of a turn. PostgreSQL answers when it is on the disk, whatever the scope.
    """
    with _scope(_optioned(engine(url), "repere_light")) as session:
        yield session


@contextmanager
def read_scope(url: str | None = None) -> Iterator[Session]:
    """A transaction that only reads: it never waits for a writer. Raises PartDown when the database does not answer."""
    with _scope(_optioned(engine(url), "repere_read_only")) as session:
        yield session


@functools.lru_cache(maxsize=16)
def _optioned(bind: Engine, option: str) -> Engine:
    """The same engine and connections, with an option for its transactions; made once, since making it costs as much as a statement."""
    return bind.execution_options(**{option: True})


@contextmanager
def _scope(bind: Engine) -> Iterator[Session]:
    """One session on `bind`, with database errors turned into PartDown."""
    session = Session(bind, future=True, expire_on_commit=False)
    try:
        yield session
        session.commit()
    except BaseException as error:
        session.rollback()
        if isinstance(error, OperationalError | InterfaceError | ProgrammingError | PoolTimeout):
            raise part_down(bind, error) from None
        raise
    finally:
        session.close()


def part_down(bind: Engine, error: Exception) -> PartDown:
    """The one clear line for a database error; the password of the address is never shown."""
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    address = bind.url.render_as_string(hide_password=True)
    if "no such table" in reason or "does not exist" in reason or "no such column" in reason:
        return PartDown(f"the database {address} is not up to date ({reason}): run `repere migrate`")
    return PartDown(f"cannot open the database {address}: {reason}")

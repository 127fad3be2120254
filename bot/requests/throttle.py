"""Closes a door after too many wrong tries, across servers: the count is in the database, under a hash of the key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database.models import WrongTries

# Contract §5: five wrong tries close the look-up for an hour.
MOST_TRIES = 5
CLOSED_FOR = timedelta(hours=1)
# A wrong try is forgotten after a day without another.
FORGOTTEN_AFTER = timedelta(days=1)


def take(session: Session, keys: Iterable[str], now: datetime) -> list[WrongTries]:
    """The counters of these keys, held until the end of the transaction: tries made at the same time are counted one by one."""
    hashed = sorted(hashlib.sha256(key.encode()).hexdigest() for key in set(keys))
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for key in hashed:
        session.execute(insert(WrongTries).values(key=key, count=0, last_at=now).on_conflict_do_nothing(index_elements=["key"]))
    query = select(WrongTries).where(WrongTries.key.in_(hashed)).order_by(WrongTries.key).with_for_update()
    return list(session.execute(query, execution_options={"populate_existing": True}).scalars())


def is_closed(counters: Iterable[WrongTries], now: datetime) -> bool:
    """True while one of these doors is closed."""
    return any(counter.closed_until is not None and now < counter.closed_until for counter in counters)


def count_wrong(counters: Iterable[WrongTries], now: datetime) -> None:
    """Count one wrong try on each; the fifth closes the door for an hour, and counting starts again."""
    for counter in counters:
        stale = counter.closed_until is not None or now - counter.last_at > FORGOTTEN_AFTER
        counter.count = 1 if stale else counter.count + 1
        counter.closed_until = now + CLOSED_FOR if counter.count >= MOST_TRIES else None
        counter.last_at = now

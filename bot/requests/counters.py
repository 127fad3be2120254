"""Counts for the yearly review: what happened how often, with nobody in it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.clock import PARIS
from bot.database.models import Counter

HELPED = ("aide_utile_oui", "aide_utile_non")  # « Cela vous a-t-il aidé ? »


def add(session: Session, day: date, name: str, *, caf: str | None = None, audience: str | None = None, count: int = 1) -> None:
    """Add `count` to the counter `name` of that day (Europe/Paris), for a Caf and an audience when known."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"day": day, "name": name, "caf": caf or "", "audience": audience or "", "count": count}
    statement = insert(Counter).values(**values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["day", "name", "caf", "audience"], set_={"count": Counter.__table__.c.count + statement.excluded.count}
        )
    )


def count_help(session: Session, caf: str | None, helped: bool, now: datetime) -> None:
    """Count one answer to « Cela vous a-t-il aidé ? », for a Caf when known. Who answered, and in which conversation, is kept nowhere."""
    add(session, now.astimezone(PARIS).date(), HELPED[0] if helped else HELPED[1], caf=caf)

"""What the background process does, and how often."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from bot.clock import PARIS
from bot.database import session_scope
from bot.database.models import Counter, Draft
from bot.jobs.loop import Job
from bot.notifications import outbox, reminders
from bot.requests import counters, drafts, retention


def jobs() -> list[Job]:
    """The jobs of one process; several processes may run them at once."""
    return [
        Job("outbox", timedelta(seconds=2), outbox.run_once),
        Job("drafts", timedelta(minutes=1), forget_drafts),
        Job("reminders", timedelta(minutes=5), remind),
        Job("purge", timedelta(minutes=30), purge_daily),
    ]


def forget_drafts(now: datetime) -> int:
    """Delete the drafts left silent for longer than REPERE_DRAFT_MINUTES."""
    with session_scope() as session:
        return session.execute(delete(Draft).where(Draft.updated_at < drafts.expired_before(now))).rowcount


def remind(now: datetime) -> int:
    """Queue the reminders that are due."""
    with session_scope() as session:
        return reminders.remind(session, now)


def purge_daily(now: datetime) -> int:
    """Remove what is past its time, once a day (Europe/Paris). A day missed is made up for at the next start."""
    today = now.astimezone(PARIS).date()
    with session_scope() as session:
        if session.get(Counter, (today, "purge", "", "")) is not None:
            return 0
        counts = retention.purge(session, now, apply=True)
        counters.add(session, today, "purge")
        return sum(counts.values())

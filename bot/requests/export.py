"""Requests as JSON: one line of the list, or everything that is held about one person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import PARIS
from bot.database.models import ContactRequest, Note, OutboxEvent, RequestChange, RequestReference
from bot.requests.life_cycle import history_of, is_overdue

# Nothing here tells who the person is: what a list may show to anyone entitled to the Caf.
LISTED = (
    "reference",
    "status",
    "caf",
    "territoire",
    "offre",
    "audience",
    "violence",
    "voie_a_confirmer",
    "created_at",
    "due_at",
    "rdv_at",
)
_HIDDEN = frozenset({"id", "version", "search_name", "assigned_to", "created_by"})


def summary(request: ContactRequest, now: datetime) -> dict[str, Any]:
    """One line of the list, without anything that names the person."""
    line = {name: plain(getattr(request, name)) for name in LISTED}
    return {**line, "overdue": is_overdue(request, now)}


def everything(session: Session, request: ContactRequest) -> dict[str, Any]:
    """All that is held about a request and its person: the answer to a right of access."""
    columns = [column.key for column in ContactRequest.__table__.columns if column.key not in _HIDDEN]
    return {
        **{name: plain(getattr(request, name)) for name in columns},
        "references": _rows(session, RequestReference, request, ("reference", "created_at")),
        "history": [
            _row(line, ("at", "actor", "event", "from_status", "to_status", "reason", "comment")) for line in history_of(session, request)
        ],
        "changes": _rows(session, RequestChange, request, ("state", "created_at", "details", "decided_at")),
        "notes": _rows(session, Note, request, ("at", "text")),
        "messages": _rows(session, OutboxEvent, request, ("kind", "recipient", "state", "created_at", "sent_at")),
    }


def plain(value: Any) -> Any:
    """A value as JSON: instants in Europe/Paris."""
    if isinstance(value, datetime):
        return value.astimezone(PARIS).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _rows(session: Session, model: Any, request: ContactRequest, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a table about a request."""
    return [_row(row, names) for row in session.execute(select(model).where(model.request_id == request.id)).scalars()]


def _row(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Some columns of a row."""
    return {name: plain(getattr(row, name)) for name in names}

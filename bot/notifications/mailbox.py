"""The folder of .eml files, where mails go when no mail server is set."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import settings
from bot.database.models import OutboxEvent


def folder() -> Path:
    """Where the .eml files are; not created here."""
    return settings.var_dir() / "mails"


def path_of(event_id: int) -> Path:
    """The file of an event: its name says nothing, and writing it twice makes one file."""
    return folder() / f"{event_id:08d}.eml"


def files_of(event_id: int) -> list[Path]:
    """The files written for an event: none, or one."""
    path = path_of(event_id)
    return [path] if path.exists() else []


def files_of_request(session: Session, request_id: int) -> list[Path]:
    """The files written for all the events of a request."""
    ids = session.execute(select(OutboxEvent.id).where(OutboxEvent.request_id == request_id)).scalars()
    return [path for event_id in ids for path in files_of(event_id)]

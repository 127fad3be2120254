"""Counts for the yearly review. A count that cannot be written must never cost the person an answer."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy.orm import Session

from bot.database import session_scope
from bot.errors import PartDown

log = structlog.get_logger()


def count(write: Callable[[Session], None]) -> None:
    """Write a count in a transaction of its own; a database that fails is logged, and the turn goes on."""
    try:
        with session_scope() as session:
            write(session)
    except PartDown:
        log.warning("count_lost")

"""GET /metrics: the figures of this door, and those of the database. Not for the public."""

from __future__ import annotations

import time
from datetime import datetime

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import clock, metrics
from bot.database import read_scope
from bot.database.models import ContactRequest, OutboxEvent
from bot.door.refusals import Refusal
from bot.errors import PartDown

WAITING = ("a_envoyer", "en_cours")
READ_EVERY = 10.0  # seconds: several readers of the page must not weigh on the database


async def page(request: Request) -> Response:
    """The page, for who may read it; for anybody else it does not exist."""
    if not metrics.may_read(request.client.host if request.client else None, request.headers):
        raise Refusal("introuvable")
    now = time.monotonic()
    if now >= getattr(request.app.state, "figures_at", 0.0):
        request.app.state.figures_at = now + READ_EVERY
        await run_in_threadpool(_read_database, clock.now())
    return Response(metrics.page(), media_type=metrics.CONTENT_TYPE)


def _read_database(now: datetime) -> None:
    """Bring the figures of the requests and of the outbox up to date; they stay as they were when the database is down."""
    try:
        with read_scope() as session:
            requests = session.execute(select(ContactRequest.status, func.count()).group_by(ContactRequest.status)).all()
            states = session.execute(select(OutboxEvent.state, func.count()).group_by(OutboxEvent.state)).all()
            oldest = session.scalar(select(func.min(OutboxEvent.created_at)).where(OutboxEvent.state.in_(WAITING)))
    except PartDown:
        metrics.ERRORS.labels("door", "database").inc()
        return
    metrics.REQUESTS.clear()
    metrics.OUTBOX.clear()
    for status, count in requests:
        metrics.REQUESTS.labels(status).set(count)
    for state, count in states:
        metrics.OUTBOX.labels(state).set(count)
    metrics.OUTBOX_AGE.set((now - oldest).total_seconds() if oldest is not None else 0)


routes = [Route("/metrics", page)]

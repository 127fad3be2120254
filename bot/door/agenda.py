"""GET /api/requests: the requests of one Caf, for its own agenda. Read only, with a key; every reading is audited."""

from __future__ import annotations

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot import clock
from bot.clock import PARIS
from bot.database import session_scope
from bot.door.refusals import Refusal
from bot.errors import BadInput
from bot.requests import agenda
from bot.workspace import audit

USUAL = 100
ACTION = "agenda"


async def read(request: Request) -> JSONResponse:
    """The requests changed `since` an instant, at most `limit`, after the mark `after` of an earlier page."""
    await request.app.state.openings.spend(f"agenda:{request.app.state.client_address(request)}")
    caf = _caf(request)
    since, limit, after = _since(request.query_params), _limit(request.query_params), request.query_params.get("after")
    try:
        page = await run_in_threadpool(_read, caf, since, after, limit)
    except BadInput:
        raise Refusal("mal_forme") from None
    return JSONResponse({"requests": page.requests, "next": page.next})


def _caf(request: Request) -> str:
    """The Caf whose key the request shows. Raises Refusal, logged, when it shows none or a wrong one."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    caf = agenda.caf_of(key.strip()) if scheme.lower() == "bearer" else None
    if caf is None:
        audit.warn(ACTION, "cle_inconnue")
        raise Refusal("cle_invalide")
    return caf


def _read(caf: str, since: datetime | None, after: str | None, limit: int) -> agenda.Page:
    """One page, and its line in the audit."""
    with session_scope() as session:
        page = agenda.read(session, caf, since, after, limit)
        audit.note(session, None, ACTION, clock.now(), detail=f"{caf}, {len(page.requests)} lignes")
        return page


def _since(params: QueryParams) -> datetime | None:
    """`since` as an instant; a day, or an hour without its zone, is read in Paris. Raises Refusal when it is neither."""
    given = params.get("since", "").strip()
    if not given:
        return None
    try:
        instant = datetime.fromisoformat(given.replace("Z", "+00:00").replace(" ", "+"))
    except ValueError:
        raise Refusal("mal_forme") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=PARIS)


def _limit(params: QueryParams) -> int:
    """`limit`, from 1 to MOST. Raises Refusal when it is not."""
    given = params.get("limit", str(USUAL))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= agenda.MOST):
        raise Refusal("mal_forme")
    return int(given)


routes = [Route("/api/requests", read, methods=["GET"])]

"""Who looked at which request, and when: the audit, read by responsables (requests of their own) and administrateurs (everything)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.datastructures import QueryParams
from starlette.responses import Response

from bot.database.models import AccessAudit, Agent, ContactRequest, RequestReference
from bot.requests.references import read_reference
from bot.workspace import audit
from bot.workspace.pages import Visit

PAGE = 100


def show(visit: Visit) -> Response:
    """GET /agent/acces?reference=&agent=&refus=1&avant=: newest first, a page at a time."""
    params = visit.request.query_params
    rows = visit.session.execute(_query(visit, params)).all()
    visit.note("acces", detail=f"{len(rows[:PAGE])} lignes")
    return visit.render(
        "acces.html",
        lignes=rows[:PAGE],
        suite=_next(params, rows),
        agents=_agents(visit),
        filtres={name: params.get(name, "") for name in ("reference", "agent", "refus")},
    )


def _query(visit: Visit, params: QueryParams) -> Any:
    """The lines to show, one more than a page to know whether there is another."""
    query = select(AccessAudit, Agent.name).outerjoin(Agent, Agent.id == AccessAudit.agent_id)
    scope = visit.scope.condition()
    if scope is not None:
        query = query.join(RequestReference, RequestReference.reference == AccessAudit.reference)
        query = query.join(ContactRequest, ContactRequest.id == RequestReference.request_id).where(scope)
    if params.get("reference", "").strip():
        query = query.where(AccessAudit.reference == (read_reference(params["reference"]) or params["reference"].strip()[:24]))
    if _number(params.get("agent")):
        query = query.where(AccessAudit.agent_id == _number(params.get("agent")))
    if params.get("refus") == "1":
        query = query.where(AccessAudit.outcome == audit.REFUSED)
    if _number(params.get("avant")):
        query = query.where(AccessAudit.id < _number(params.get("avant")))
    return query.order_by(AccessAudit.id.desc()).limit(PAGE + 1)


def _next(params: QueryParams, rows: list[Any]) -> str | None:
    """Address of the next page; None on the last one."""
    if len(rows) <= PAGE:
        return None
    return "?" + urlencode({**{name: value for name, value in params.items() if value}, "avant": rows[PAGE - 1][0].id})


def _agents(visit: Visit) -> list[Agent]:
    """The agents to choose from: everybody, since an access from outside the Caf is what one looks for."""
    return list(visit.session.execute(select(Agent).order_by(Agent.name)).scalars())


def _number(text: str | None) -> int | None:
    """A row number of an address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None

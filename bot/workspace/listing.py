"""The list of requests: filters, search, sort, pages, counts, and its CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import case, func, select
from sqlalchemy.orm import load_only
from starlette.datastructures import QueryParams
from starlette.responses import Response

from bot.catalog import load_catalogue
from bot.clock import PARIS
from bot.database.models import ContactRequest
from bot.requests import search
from bot.requests.export import LISTED, summary
from bot.requests.life_cycle import is_overdue
from bot.requests.status import OPEN, Status
from bot.workspace.labels import choices
from bot.workspace.pages import Visit

PAGE = 25
# Counting further is slow and tells nobody anything.
MOST_COUNTED = 2_000
MOST_EXPORTED = 50_000
_ORDERS: dict[str, tuple[Any, ...]] = {
    "-created_at": (ContactRequest.created_at.desc(), ContactRequest.id.desc()),
    "created_at": (ContactRequest.created_at, ContactRequest.id),
    "due_at": (ContactRequest.due_at, ContactRequest.id),
    "nom": (ContactRequest.search_name, ContactRequest.id),
}


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    filters: search.Filters
    sort: str
    number: int
    total: int
    rows: list[tuple[ContactRequest, bool]]  # with: overdue

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-min(self.total, MOST_COUNTED) // PAGE))

    @property
    def capped(self) -> bool:
        """True when there are more than were counted."""
        return self.total > MOST_COUNTED

    @property
    def most(self) -> int:
        """How far requests are counted."""
        return MOST_COUNTED

    def link(self, **changes: Any) -> str:
        """Address of the list with some parameters changed."""
        filters = {name: value for name, value in vars(self.filters).items() if value}
        query = {**filters, "sort": self.sort, "page": self.number} | changes
        if query.get("overdue") is True:
            query["overdue"] = "1"
        return "?" + urlencode({name: value for name, value in query.items() if value not in ("", None)})


def read_filters(params: QueryParams) -> search.Filters:
    """The filters of an address; what is not understood narrows nothing."""
    status = params.get("status", "ouvertes" if not params.get("search") else "")
    known = {"ouvertes", "toutes", *(item.value for item in Status)}
    return search.Filters(
        status=status if status in known else "ouvertes",
        caf=params.get("caf", "")[:24],
        territoire=params.get("territoire", "")[:80],
        offre=params.get("offre", "")[:64],
        overdue=params.get("overdue") == "1",
        search=params.get("search", "").strip()[:80],
    )


def show(visit: Visit) -> Response:
    """GET /agent/: the list."""
    listing = load(visit)
    visit.note("liste", detail=f"{len(listing.rows)} lignes")
    return visit.render(
        "liste.html",
        listing=listing,
        counts=counts(visit),
        cafs=cafs_of(visit),
        territories=territories_of(visit),
        offers=offers_of(visit),
        tris=choices("tri"),
    )


def load(visit: Visit) -> Listing:
    """The page of the list that the address asks for."""
    params = visit.request.query_params
    filters, sort = read_filters(params), params.get("sort", "-created_at")
    sort = sort if sort in _ORDERS else "-created_at"
    base = search.narrow(select(ContactRequest), visit.scope, _effective(filters), visit.now)
    counted = base.with_only_columns(ContactRequest.id).limit(MOST_COUNTED + 1).subquery()
    total = visit.session.execute(select(func.count()).select_from(counted)).scalar_one()
    number = params.get("page", "1")
    last = max(1, -(-min(total, MOST_COUNTED) // PAGE))
    page = min(int(number), last) if number.isascii() and number.isdigit() and int(number) > 0 else 1
    query = base.order_by(*_ORDERS[sort]).limit(PAGE).offset((page - 1) * PAGE)
    rows = [(request, is_overdue(request, visit.now)) for request in visit.session.execute(query).scalars()]
    return Listing(filters, sort, page, total, rows)


def _effective(filters: search.Filters) -> search.Filters:
    """« toutes » narrows nothing."""
    return search.Filters(**{**vars(filters), "status": "" if filters.status == "toutes" else filters.status})


def counts(visit: Visit) -> dict[str, int]:
    """Open requests by status, those overdue, and those without territory, in what the agent may see: one read of one small index."""
    late = func.sum(case((ContactRequest.due_at < visit.now, 1), else_=0))
    lost = func.sum(case((ContactRequest.territoire.is_(None), 1), else_=0))
    query = search.narrow(
        select(ContactRequest.status, func.count(), late, lost), visit.scope, search.Filters(status="ouvertes"), visit.now
    )
    rows = visit.session.execute(query.group_by(ContactRequest.status)).all()
    numbers = {status.value: 0 for status in OPEN} | {status: count for status, count, _, _ in rows}
    return numbers | {"overdue": sum(row[2] for row in rows), "sans_territoire": sum(row[3] for row in rows)}


def cafs_of(visit: Visit) -> list[str]:
    """The Cafs that receive requests and that the agent may see."""
    return [
        caf.id for caf in load_catalogue().cafs.values() if caf.receives_requests and (visit.scope.everything or caf.id in visit.scope.cafs)
    ]


def territories_of(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """Per Caf that the agent may see, its territories as (id, label)."""
    cafs = load_catalogue().cafs
    return {caf: [(place.id, place.label) for place in cafs[caf].territories] for caf in cafs_of(visit)}


def offers_of(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """Per Caf that the agent may see, its offers as (id, title)."""
    cafs = load_catalogue().cafs
    return {caf: [(offer.id, offer.title) for offer in cafs[caf].offers.values()] for caf in cafs_of(visit)}


def export(visit: Visit) -> Response:
    """GET /agent/export.csv: the list with its filters, without anything that names a person."""
    filters = _effective(read_filters(visit.request.query_params))
    query = search.narrow(select(ContactRequest), visit.scope, filters, visit.now).order_by(ContactRequest.id).limit(MOST_EXPORTED)
    few = query.options(load_only(*(getattr(ContactRequest, name) for name in LISTED))).execution_options(yield_per=1000)
    output, count = io.StringIO(), 0
    writer = csv.writer(output, delimiter=";")
    for count, request in enumerate(visit.session.execute(few).scalars(), 1):  # some at a time: the door has little memory
        line = summary(request, visit.now)
        if count == 1:
            writer.writerow(line)
        writer.writerow([_safe_cell(value) for value in line.values()])
    if not count:
        writer.writerow(["reference"])
    visit.note("export", detail=f"{count} lignes")
    name = f"demandes-{visit.now.astimezone(PARIS):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response("\ufeff" + output.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _safe_cell(value: Any) -> Any:
    """A spreadsheet must not run a cell as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value

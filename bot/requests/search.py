"""Finding requests: by reference, or the list with its filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.database.models import ContactRequest, RequestReference
from bot.errors import UnknownReference
from bot.requests.names import search_form
from bot.requests.references import read_reference
from bot.requests.status import OPEN

NO_TERRITORY = "sans_territoire"
GENERAL = "generale"


@dataclass(frozen=True)
class Scope:
    """What somebody may see: all, or some Cafs, each with all its territories (None) or some (and the queue without territory)."""

    everything: bool = False
    cafs: dict[str, frozenset[str] | None] = field(default_factory=dict)

    def allows(self, request: ContactRequest) -> bool:
        """True when this request may be seen."""
        if self.everything:
            return True
        if request.caf not in self.cafs:
            return False
        territories = self.cafs[request.caf]
        return territories is None or request.territoire is None or request.territoire in territories

    def condition(self) -> Any:
        """The same as a condition of a query; None when everything may be seen."""
        if self.everything:
            return None
        parts = [self._caf_condition(caf, territories) for caf, territories in sorted(self.cafs.items())]
        return or_(*parts) if parts else false()

    @staticmethod
    def _caf_condition(caf: str, territories: frozenset[str] | None) -> Any:
        if territories is None:
            return ContactRequest.caf == caf
        within = or_(ContactRequest.territoire.is_(None), ContactRequest.territoire.in_(sorted(territories)))
        return and_(ContactRequest.caf == caf, within)


ALL = Scope(everything=True)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty values narrow nothing."""

    status: str = ""  # a status, or "ouvertes"
    caf: str = ""
    territoire: str = ""  # a territory, or NO_TERRITORY
    offre: str = ""  # an offer, or GENERAL
    overdue: bool = False
    search: str = ""  # a reference or the beginning of a family name


def find(session: Session, reference: str, *, lock: bool = False) -> ContactRequest:
    """The request under any of its references. Raises UnknownReference."""
    canonical = read_reference(reference)
    row = session.get(RequestReference, canonical) if canonical else None
    if row is None:
        raise UnknownReference
    query = select(ContactRequest).where(ContactRequest.id == row.request_id)
    return session.execute(query.with_for_update() if lock else query).scalar_one()


def narrow(query: Select, scope: Scope, filters: Filters, now: datetime) -> Select:
    """`query` with what the scope allows and the filters keep."""
    conditions = [scope.condition(), *_filter_conditions(filters, now)]
    kept = [condition for condition in conditions if condition is not None]
    return query.where(*kept) if kept else query


def _filter_conditions(filters: Filters, now: datetime) -> list[Any]:
    """One condition a filter used."""
    request = ContactRequest
    conditions: list[Any] = []
    if filters.status == "ouvertes":
        conditions.append(request.closed_at.is_(None))  # the same as the open statuses (a constraint says so), and indexed
    elif filters.status:
        conditions.append(request.status == filters.status)
        is_open = filters.status in {status.value for status in OPEN}  # said again for the partial indexes
        conditions.append(request.closed_at.is_(None) if is_open else request.closed_at.is_not(None))
    if filters.caf:
        conditions.append(request.caf == filters.caf)
    if filters.territoire:
        conditions.append(request.territoire.is_(None) if filters.territoire == NO_TERRITORY else request.territoire == filters.territoire)
    if filters.offre:
        conditions.append(request.offre.is_(None) if filters.offre == GENERAL else request.offre == filters.offre)
    if filters.overdue:
        conditions += [request.closed_at.is_(None), request.due_at < now]
    if filters.search:
        conditions.append(_search_condition(filters.search))
    return conditions


def _search_condition(text: str) -> Any:
    """A reference if it looks like one, else the beginning of a family name; both when it could be either (Anne-Lise)."""
    canonical, name = read_reference(text), search_form(text)
    conditions = []
    if canonical is not None:
        owner = select(RequestReference.request_id).where(RequestReference.reference == canonical).scalar_subquery()
        conditions.append(ContactRequest.id == owner)
    if name and not any(sign.isdigit() for sign in name):
        conditions.append(and_(ContactRequest.search_name >= name, ContactRequest.search_name < name + "\U0010ffff"))
    return or_(*conditions) if conditions else false()

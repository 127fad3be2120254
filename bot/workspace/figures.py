"""Figures for the yearly review: numbers only, of what the agent may see."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from sqlalchemy import and_, extract, func, select
from starlette.responses import Response

from bot.clock import PARIS
from bot.database.models import ContactRequest, Counter
from bot.requests import counters, search
from bot.workspace import labels
from bot.workspace.pages import Visit

# Delays to first contact are read on that many requests at most, the latest ones.
MOST_DELAYS = 20_000
DELAY_STEPS = (1, 3, 5, 10)  # days
MISSED = "message_non_compris"


@dataclass(frozen=True)
class Chart:
    """A bar chart and its table: one number a label."""

    id: str
    rows: Sequence[tuple[str, int]]

    @property
    def top(self) -> int:
        """The highest number, at least 1."""
        return max([count for _, count in self.rows] or [1]) or 1

    @property
    def total(self) -> int:
        """Sum of the numbers."""
        return sum(count for _, count in self.rows)


def show(visit: Visit) -> Response:
    """GET /agent/chiffres?annee=2026."""
    given = visit.request.query_params.get("annee", "")
    this_year = visit.now.astimezone(PARIS).year
    year = int(given) if given.isascii() and given.isdigit() and 2000 <= int(given) <= this_year else this_year
    visit.note("chiffres", detail=str(year))
    return visit.render("chiffres.html", annee=year, annees=range(this_year, this_year - 4, -1), **figures(visit, year))


def figures(visit: Visit, year: int) -> dict[str, Any]:
    """Every chart of a year."""
    delays = _delays(visit, year)
    return {
        "par_mois": Chart("mois", _by_month(visit, year)),
        "par_offre": Chart("offre", _named("offre", _by(visit, year, ContactRequest.offre))),
        "par_territoire": Chart("territoire", _by_territory(visit, year)),
        "par_issue": Chart("issue", _named("statut", _by(visit, year, ContactRequest.status))),
        "delais": Chart("delai", _delay_rows(delays)),
        "delai_median": round(median(delays), 1) if delays else None,
        "utilite": Chart("utilite", _counted(visit, year, counters.HELPED)),
        "utilite_par_mois": _help_by_month(visit, year),
        "non_compris": Chart("non_compris", _counted(visit, year, (MISSED,))),
    }


def _within(year: int) -> Any:
    """Requests created in that year, in Paris."""
    start, end = (datetime(y, 1, 1, tzinfo=PARIS) for y in (year, year + 1))
    return and_(ContactRequest.created_at >= start, ContactRequest.created_at < end)


def _narrowed(visit: Visit, year: int, *columns: Any) -> Any:
    """A query on the year's requests that the agent may see."""
    return search.narrow(select(*columns), visit.scope, search.Filters(), visit.now).where(_within(year))


def _by(visit: Visit, year: int, column: Any) -> list[tuple[str | None, int]]:
    """Requests by value of a column, most frequent first."""
    query = _narrowed(visit, year, column, func.count()).group_by(column).order_by(func.count().desc())
    return [tuple(row) for row in visit.session.execute(query)]


def _by_month(visit: Visit, year: int) -> list[tuple[str, int]]:
    """Requests by month (of UTC: a night's difference does not matter for a year's figures)."""
    month = extract("month", ContactRequest.created_at)
    found = {int(number): count for number, count in visit.session.execute(_narrowed(visit, year, month, func.count()).group_by(month))}
    return [(date(year, number, 1).strftime("%m/%Y"), found.get(number, 0)) for number in range(1, 13)]


def _by_territory(visit: Visit, year: int) -> list[tuple[str, int]]:
    """Requests by Caf and territory."""
    columns = (ContactRequest.caf, ContactRequest.territoire)
    query = _narrowed(visit, year, *columns, func.count()).group_by(*columns).order_by(func.count().desc())
    rows = []
    for caf, territory, count in visit.session.execute(query):
        place = labels.label("territoire", f"{caf}:{territory}") if territory else labels.label("chiffre", search.NO_TERRITORY)
        rows.append((f"{labels.label('caf', caf)} – {place}", count))
    return rows


def _named(kind: str, rows: list[tuple[str | None, int]]) -> list[tuple[str, int]]:
    """The same numbers with French labels; an empty offer is a general request."""
    return [(labels.label(kind, value) if value else labels.label("chiffre", search.GENERAL), count) for value, count in rows]


def _delays(visit: Visit, year: int) -> list[float]:
    """Days from creation to first contact."""
    query = _narrowed(visit, year, ContactRequest.created_at, ContactRequest.taken_at).where(ContactRequest.taken_at.is_not(None))
    rows = visit.session.execute(query.order_by(ContactRequest.created_at.desc()).limit(MOST_DELAYS))
    return [(taken - created).total_seconds() / 86_400 for created, taken in rows]


def _delay_rows(delays: list[float]) -> list[tuple[str, int]]:
    """How many first contacts in less than one day, three days…"""
    bounds = (0, *DELAY_STEPS, float("inf"))
    names = [
        f"moins_{DELAY_STEPS[0]}",
        *(f"de_{a}_a_{b}" for a, b in itertools.pairwise(DELAY_STEPS)),
        f"plus_{DELAY_STEPS[-1]}",
    ]
    pairs = zip(names, itertools.pairwise(bounds), strict=True)
    return [(labels.label("delai", name), sum(low <= delay < high for delay in delays)) for name, (low, high) in pairs]


def _counted(visit: Visit, year: int, names: tuple[str, ...]) -> list[tuple[str, int]]:
    """Counters of the year, for the Cafs that the agent may see (and those not known)."""
    query = _counters(visit, year, names, Counter.name).group_by(Counter.name)
    found = dict(visit.session.execute(query).all())
    return [(labels.label("chiffre", name), int(found.get(name, 0))) for name in names]


def _counters(visit: Visit, year: int, names: tuple[str, ...], *columns: Any) -> Any:
    """A query that sums the counters of a year by these columns."""
    within = (Counter.name.in_(names), Counter.day >= date(year, 1, 1), Counter.day <= date(year, 12, 31))
    query = select(*columns, func.sum(Counter.count)).where(*within)
    return query if visit.scope.everything else query.where(Counter.caf.in_(["", *visit.scope.cafs]))


def _help_by_month(visit: Visit, year: int) -> list[tuple[str, str, int, int]]:
    """Answers to « Cela vous a-t-il aidé ? » as (Caf, month, yes, no), where there are any."""
    month = extract("month", Counter.day)
    query = _counters(visit, year, counters.HELPED, Counter.caf, month, Counter.name).group_by(Counter.caf, month, Counter.name)
    found: dict[tuple[str, int], dict[str, int]] = {}
    for caf, number, name, count in visit.session.execute(query):
        found.setdefault((caf, int(number)), {})[name] = int(count)
    yes, no = counters.HELPED
    return [
        (labels.label("caf", caf), f"{number:02d}/{year}", answers.get(yes, 0), answers.get(no, 0))
        for (caf, number), answers in sorted(found.items())
    ]

"""Following a request with its reference and the phone or mail given in it (contract §5)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import PARIS
from bot.database.models import ContactRequest, RequestChange, RequestReference
from bot.errors import DetailError, LookUpClosed, RequestRefused
from bot.requests import events, history, life_cycle, throttle
from bot.requests.context import RequestView
from bot.requests.details import normalise, normalise_contact
from bot.requests.references import read_reference
from bot.requests.status import OPEN, Status
from bot.requests.submission import shown_status, update

# What a person may change alone; the name is the identity of the request, and the rest is its case.
CHANGEABLE = ("telephone", "email", "numero_allocataire", "canal", "disponibilites", "message_vocal", "accord_mail")


@dataclass(frozen=True)
class _Found:
    """A reference whose element was right."""

    reference: RequestReference
    request: ContactRequest
    change: RequestChange | None  # set while the reference leads to a change that no agent has accepted


def look_up(session: Session, reference: str, element: str | None, now: datetime, client: str) -> RequestView | None:
    """What the person may see, or None: unknown reference and wrong element are one answer. Raises LookUpClosed after five wrong tries.

    `element` None: the caller is the conversation that made the request. `client` is whoever tries (conversation or network address); the
    count is kept for it and for the reference.
    """
    found = _find(session, reference, element, now, client)
    return _view(session, found) if found else None


def cancel(session: Session, reference: str, element: str | None, now: datetime, client: str) -> RequestView | None:
    """Cancel the request, and show it. `element` None: the caller keeps the proof that look_up accepted it.

    None and LookUpClosed as in `look_up`; RequestRefused demande_close when it is closed.
    """
    found = _find(session, reference, element, now, client)
    if found is None:
        return None
    _refuse_closed(session, found)
    if found.change is not None:
        _withdraw(session, found, found.change, now)
    else:
        life_cycle.move(session, found.request, Status.CANCELLED, history.actor_of(found.request.audience, None), now)
    session.flush()
    return _view(session, found)


def _withdraw(session: Session, found: _Found, change: RequestChange, now: datetime) -> None:
    """Withdraw a change that no agent has accepted: the request it leads to stays, and its agents see what happened."""
    change.state, change.decided_at = "retiree", now
    found.request.updated_at = now
    history.log(session, found.request, "changement_retire", history.actor_of((change.context or {})["audience"], None), now)
    events.announce_withdrawal(session, found.request, found.reference.reference, change, now)


def change(
    session: Session, reference: str, element: str | None, fields: Mapping[str, str], now: datetime, client: str
) -> RequestView | None:
    """Change some details of the request, and show it. None, LookUpClosed, RequestRefused as in `cancel`; DetailError on a bad value."""
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise DetailError("champ_non_modifiable", f"cannot be changed alone: {', '.join(sorted(unknown))}")
    values = {name: normalise(name, text) for name, text in fields.items()}
    found = _find(session, reference, element, now, client)
    if found is None:
        return None
    _refuse_closed(session, found)
    update(session, found.request, found.reference, values, history.actor_of(found.request.audience, None), now)
    session.flush()
    return _view(session, found)


def _refuse_closed(session: Session, found: _Found) -> None:
    """Raise when nothing can be changed any more."""
    if shown_status(session, found.request, found.reference) not in OPEN:
        raise RequestRefused("demande_close", "this request is closed")


def _find(session: Session, reference: str, element: str | None, now: datetime, client: str) -> _Found | None:
    """The request, when the element is right; counts the try otherwise. None as element: already proven, nothing is tried."""
    canonical = read_reference(reference)
    if element is None:
        row = session.get(RequestReference, canonical) if canonical else None
        return _load(session, row) if row else None
    counters = throttle.take(session, (f"suivi:client:{client}", f"suivi:reference:{canonical or reference.strip().upper()}"), now)
    if throttle.is_closed(counters, now):
        raise LookUpClosed
    row = session.get(RequestReference, canonical) if canonical else None
    found = _load(session, row) if row else None
    if found is None or not _element_is_right(found, element):
        throttle.count_wrong(counters, now)
        return None
    return found


def _load(session: Session, row: RequestReference) -> _Found:
    """The request behind a reference, held until the end of the transaction."""
    query = select(ContactRequest).where(ContactRequest.id == row.request_id).with_for_update()
    request = session.execute(query, execution_options={"populate_existing": True}).scalar_one()
    proposed = session.get(RequestChange, row.change_id) if row.change_id else None
    return _Found(row, request, proposed if proposed is not None and proposed.state != "acceptee" else None)


def _element_is_right(found: _Found, element: str) -> bool:
    """True when `element` is the phone or the mail given under that reference (a partner's: their own too)."""
    try:
        given = normalise_contact(element)
    except DetailError:
        return False
    names = ("telephone", "email", "partenaire_contact")
    if found.change is not None:
        known = [(found.change.details or {}).get(name) for name in names]
    else:
        known = [getattr(found.request, name) for name in names]
    return any(hmac.compare_digest(given, value) for value in known if value)


def _view(session: Session, found: _Found) -> RequestView:
    """What the holder of the reference may see; through a change not accepted, only what they gave themselves."""
    request, status = found.request, shown_status(session, found.request, found.reference)
    details = (found.change.details or {}) if found.change else {"canal": request.canal, "disponibilites": request.disponibilites}
    booked = status is Status.BOOKED and request.rdv_at is not None
    return RequestView(
        reference=found.reference.reference,
        status=status,
        caf=request.caf,
        offre=request.offre,
        territoire=request.territoire,
        sent_on=found.reference.created_at.astimezone(PARIS).date(),
        rdv_at=request.rdv_at.astimezone(PARIS).isoformat(timespec="minutes") if booked else None,
        rdv_mode=request.rdv_mode if booked else None,
        open=status in OPEN,
        canal=details.get("canal"),
        disponibilites=details.get("disponibilites"),
    )

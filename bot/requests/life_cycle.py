"""The life of a request: every move is checked, logged, and announced in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.database.models import ContactRequest, OpenKey, RequestChange, Transition
from bot.errors import TransitionError
from bot.requests import events, history
from bot.requests.delays import first_contact_due, follow_up_due, outcome_due
from bot.requests.identity import keys_of
from bot.requests.status import CLOSED, MOVES, OPEN, RDV_MODES, REOPEN_WITHIN, Status, reason_codes


def move(
    session: Session,
    request: ContactRequest,
    target: Status,
    actor: str,
    now: datetime,
    *,
    reason: str | None = None,
    comment: str | None = None,
    rdv_at: datetime | None = None,
    rdv_mode: str | None = None,
) -> None:
    """Move a request to `target` (not a reopening: see `reopen`).

    Raises TransitionError: transition_interdite, motif_requis, rdv_requis, rdv_mode_inconnu.
    """
    current, booked_at = Status(request.status), request.rdv_at
    _check(current, target, reason, rdv_at, rdv_mode, now)
    request.status = target.value
    request.updated_at = now
    if target is Status.BOOKED:
        request.rdv_at, request.rdv_mode = rdv_at, rdv_mode or "telephone"
    elif current is Status.BOOKED and target is Status.TAKEN:
        request.rdv_at = request.rdv_mode = None
    if target is not Status.NEW and request.taken_at is None and target in (Status.TAKEN, Status.BOOKED, Status.DONE):
        request.taken_at = now
    _set_clocks(request, target, now)
    history.log(session, request, _event_of(current, target), actor, now, before=current.value, reason=reason, comment=comment)
    session.flush()
    if target in CLOSED:
        session.execute(delete(OpenKey).where(OpenKey.request_id == request.id))
    events.cancel_pending(session, request)
    _announce(session, request, target, now, booked_at if current is Status.BOOKED else None)


def _check(current: Status, target: Status, reason: str | None, rdv_at: datetime | None, rdv_mode: str | None, now: datetime) -> None:
    """Raise TransitionError when this move is not allowed or lacks something."""
    if target not in MOVES.get(current, frozenset()):
        raise TransitionError("transition_interdite", f"a request cannot go from {current.value} to {target.value}")
    wanted = reason_codes(current, target)
    if wanted and reason not in wanted:
        raise TransitionError("motif_requis", f"a reason is needed among {', '.join(wanted)}")
    if target is Status.BOOKED and (rdv_at is None or rdv_at <= now):
        raise TransitionError("rdv_requis", "an appointment needs a date to come")
    if rdv_mode is not None and rdv_mode not in RDV_MODES:
        raise TransitionError("rdv_mode_inconnu", f"an appointment is one of {', '.join(RDV_MODES)}")


def _set_clocks(request: ContactRequest, target: Status, now: datetime) -> None:
    """Closing day and next due date after a move."""
    request.closed_at = now if target in CLOSED else None
    request.reminded_at = None
    if target in CLOSED:
        request.due_at = None
    elif target is Status.BOOKED and request.rdv_at is not None:
        request.due_at = outcome_due(request.rdv_at)
    elif target is Status.TAKEN:
        request.due_at = follow_up_due(now)
    else:
        request.due_at = first_contact_due(now, violence=request.violence)


def _event_of(current: Status, target: Status) -> str:
    """Name of the line in the history."""
    return "rdv_modifie" if current is target is Status.BOOKED else target.value


def _announce(session: Session, request: ContactRequest, target: Status, now: datetime, booked_at: datetime | None) -> None:
    """Queue the mails of a move, and the webhook. `booked_at`: the appointment that there was, which a mail must take out of agendas."""
    mark, was = now.isoformat(), {"rdv_at": booked_at.isoformat()} if booked_at else {}
    events.announce(session, request, "statut", now, mark=mark, status=target.value)
    if target is Status.BOOKED:
        kind = "rdv_modifie" if booked_at else "rdv_fixe"
        events.announce(session, request, kind, now, mark=mark, rdv_at=request.rdv_at.isoformat(), rdv_mode=request.rdv_mode)
    elif target is Status.CANCELLED:
        events.announce(session, request, "demande_annulee", now, mark=mark, **was)
    elif booked_at and target is not Status.DONE:
        events.announce(session, request, "rdv_annule", now, mark=mark, **was)


def reopen(session: Session, request: ContactRequest, actor: str, now: datetime, *, role: str, comment: str) -> None:
    """Reopen a request closed less than 30 days ago.

    Raises TransitionError: role_insuffisant, transition_interdite, reouverture_trop_tard, motif_requis, autre_demande_ouverte.
    """
    if role not in ("responsable", "administrateur"):
        raise TransitionError("role_insuffisant", "only a responsable may reopen a request")
    if request.closed_at is None or request.anonymised_at is not None:
        raise TransitionError("transition_interdite", "this request is not closed")
    if now - request.closed_at > REOPEN_WITHIN:
        raise TransitionError("reouverture_trop_tard", f"closed more than {REOPEN_WITHIN.days} days ago")
    if not comment.strip():
        raise TransitionError("motif_requis", "why is it reopened?")
    _take_keys(session, request)
    before, target = request.status, Status.TAKEN if request.taken_at else Status.NEW
    request.status, request.updated_at = target.value, now
    request.rdv_at = request.rdv_mode = None
    _set_clocks(request, target, now)
    history.log(session, request, "reouverture", actor, now, before=before, comment=comment)
    session.flush()
    events.announce(session, request, "reouverte", now, mark=now.isoformat())


def _take_keys(session: Session, request: ContactRequest) -> None:
    """Take the identity keys again; another open request of the same person forbids it."""
    keys = keys_of(request)
    taken = session.execute(select(OpenKey.request_id).where(OpenKey.key.in_(keys))).first()
    if taken is not None:
        raise TransitionError("autre_demande_ouverte", "this person has another open request for the same offer")
    for key in keys:
        session.add(OpenKey(key=key, request_id=request.id))


def allowed_moves(request: ContactRequest) -> list[Status]:
    """Where an agent may move this request, in the order of the life cycle."""
    moves = MOVES.get(Status(request.status), frozenset())
    return [status for status in Status if status in moves]


def pending_changes(session: Session, request: ContactRequest) -> list[RequestChange]:
    """Changes sent from elsewhere that wait for an agent, oldest first."""
    query = select(RequestChange).where(RequestChange.request_id == request.id, RequestChange.state == "proposee")
    return list(session.execute(query.order_by(RequestChange.id)).scalars())


def history_of(session: Session, request: ContactRequest) -> list[Transition]:
    """Everything that happened to a request, oldest first."""
    query = select(Transition).where(Transition.request_id == request.id).order_by(Transition.id)
    return list(session.execute(query).scalars())


def is_overdue(request: ContactRequest, now: datetime) -> bool:
    """True when an open request has passed its due date."""
    return request.status in {status.value for status in OPEN} and request.due_at is not None and request.due_at < now

"""Writes what must be told, in the transaction that makes it true; `bot.notifications` sends it later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot import settings
from bot.database.models import ContactRequest, OutboxEvent, RequestChange
from bot.requests.status import Status

# Who may be told of which event; the Caf is not mailed about what its own agents do.
_FOR_CAF = frozenset({"demande_recue", "demande_modifiee", "demande_annulee", "rappel", "retard", "reouverte"})
_FOR_PERSON = frozenset({"rdv_fixe", "rdv_modifie", "rdv_annule", "demande_annulee"})
_FOR_WEBHOOK = frozenset({"demande_recue", "demande_modifiee", "statut", "reouverte"})

CAF, PERSON, PARTNER, WEBHOOK = "caf", "personne", "partenaire", "webhook"


def announce(session: Session, request: ContactRequest, event: str, now: datetime, *, mark: str = "", **payload: Any) -> None:
    """Queue the mails of `event` for everyone concerned. `mark` tells apart two events of the same name (a second appointment)."""
    for recipient in _recipients(request, event):
        _queue(session, request, event, recipient, now, mark, payload)


def announce_alias(session: Session, request: ContactRequest, reference: str, change: RequestChange, now: datetime) -> None:
    """Queue for a reference from elsewhere what a new request would queue: nobody can tell the difference from outside."""
    details, case = change.details, change.context
    payload = {"reference": reference, "change": change.id}
    _queue(session, request, "changement_propose", CAF, now, reference, {"change": change.id})
    guarded = case["violence"] or case["minor"]
    if _person_agrees(details.get("email"), details.get("canal"), details.get("accord_mail") == "oui", guarded):
        _queue(session, request, "demande_recue", PERSON, now, reference, payload)
    if case["audience"] == "partenaire" and "@" in details.get("partenaire_contact", ""):
        _queue(session, request, "demande_recue", PARTNER, now, reference, payload)


def announce_withdrawal(session: Session, request: ContactRequest, reference: str, change: RequestChange, now: datetime) -> None:
    """Queue for a change withdrawn what cancelling a new request would queue for the person, and tell the Caf which request it is about."""
    details, case = change.details or {}, change.context or {}
    payload = {"reference": reference, "change": change.id}
    _queue(session, request, "changement_retire", CAF, now, reference, {"change": change.id})
    if not (case["violence"] or case["minor"]) and _person_agrees(
        details.get("email"), details.get("canal"), details.get("accord_mail") == "oui", False
    ):
        _queue(session, request, "demande_annulee", PERSON, now, reference, payload)


def _queue(
    session: Session, request: ContactRequest, event: str, recipient: str, now: datetime, mark: str, payload: dict[str, Any]
) -> None:
    """One outbox row; the same event to the same recipient is queued once, whoever tries."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {
        "event_key": f"{request.id}:{event}:{recipient}:{mark}"[:96],
        "request_id": request.id,
        "kind": event,
        "recipient": recipient,
        "payload": {"reference": request.reference, **payload},
        "state": "a_envoyer",
        "attempts": 0,
        "next_at": now,
        "created_at": now,
    }
    session.execute(insert(OutboxEvent).values(**values).on_conflict_do_nothing(index_elements=["event_key"]))


def _recipients(request: ContactRequest, event: str) -> list[str]:
    """Who is told of `event`. Violence and minors: the person at most once, neutrally, if a mail was named as the safe channel."""
    told = [CAF] if event in _FOR_CAF else []
    guarded = request.violence or request.minor
    if event == "demande_recue" or (event in _FOR_PERSON and not guarded):
        told += [PERSON] if person_may_be_mailed(request) else []
    if request.audience == "partenaire" and "@" in (request.partenaire_contact or ""):
        wanted = event == "demande_recue" or (event in ("rdv_fixe", "rdv_annule") and request.partenaire_suivi)
        told += [PARTNER] if wanted else []
    if settings.get("REPERE_WEBHOOK_URL") and event in _FOR_WEBHOOK:
        told.append(WEBHOOK)
    return told


def person_may_be_mailed(request: ContactRequest) -> bool:
    """True when the person agreed to mails and none can put them in danger."""
    return _person_agrees(request.email, request.canal, request.accord_mail, request.violence or request.minor)


def _person_agrees(email: str | None, canal: str | None, agreed: bool, guarded: bool) -> bool:
    """A mail is agreed to when it is the channel chosen, or said so; for violence and minors, only when it is the channel."""
    return bool(email) and (canal == "email" or (agreed and not guarded))


def cancel_pending(session: Session, request: ContactRequest) -> None:
    """Mails that no longer make sense are not sent: of an appointment that is off, and reminders of a request that is closed."""
    kinds = [] if request.status == Status.BOOKED else ["rdv_fixe", "rdv_modifie"]
    kinds += [] if request.closed_at is None else ["rappel", "retard"]
    waiting = select(OutboxEvent).where(OutboxEvent.request_id == request.id, OutboxEvent.state == "a_envoyer", OutboxEvent.kind.in_(kinds))
    for event in session.execute(waiting).scalars():
        event.state = "annule"

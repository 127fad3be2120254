"""Writes the mail of an outbox event: its template, its recipient, its calendar file. No name and no story ever enters a mail."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from bot import settings
from bot.catalog import load_catalogue
from bot.clock import PARIS
from bot.database.models import ContactRequest, OutboxEvent, RequestChange
from bot.notifications import ics
from bot.notifications.routing import mailbox_of
from bot.requests.events import CAF, PARTNER, PERSON

TEMPLATES = Path(__file__).parent / "templates"
NOBODY = "nobody@repere.invalid"
_WITH_CALENDAR = frozenset({"rdv_fixe", "rdv_modifie", "rdv_annule", "demande_annulee"})  # where the event holds an appointment
_ENDS_APPOINTMENT = frozenset({"rdv_annule", "demande_annulee"})


@dataclass(frozen=True)
class _Case:
    """What a mail may depend on, of the request or of the change that the event is about."""

    email: str | None
    partner_contact: str | None
    guarded: bool  # violence or minor: neutral words


def compose(session: Session, event: OutboxEvent, request: ContactRequest) -> EmailMessage | None:
    """The mail of this event; None when it has no recipient (shown to the agents, never lost)."""
    case = _case_of(session, event, request)
    address = _address(event, request, case)
    if address is None:
        return None
    message = EmailMessage(policy=SMTP)
    subject, body = render(template_name(event.kind, event.recipient, case.guarded), _variables(event, request))
    message["Subject"] = subject
    message["From"] = settings.get("REPERE_MAIL_FROM")
    message["To"] = overridden(address)
    message["Date"] = event.created_at
    message["Message-ID"] = message_id(event)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    if event.kind in _WITH_CALENDAR and event.payload.get("rdv_at") and event.recipient == PERSON and not case.guarded:
        _attach_calendar(message, event, request, subject)
    return message


def message_id(event: OutboxEvent) -> str:
    """The same for every try of one event: a mail sent twice around a crash is recognised as one."""
    digest = hashlib.sha256(event.event_key.encode()).hexdigest()[:32]
    return f"<{digest}.{event.id}@{settings.get('REPERE_MAIL_FROM').rpartition('@')[2]}>"


def overridden(address: str) -> str:
    """The address that the mail really goes to: outside production, never a real one."""
    elsewhere = settings.get("REPERE_MAIL_TO")
    return elsewhere or (address if settings.production() else NOBODY)


def template_name(kind: str, recipient: str, guarded: bool) -> str:
    """Name of a template. What goes to a person in danger or under age, or to a partner about them, has neutral words of its own."""
    neutral = guarded and recipient != CAF and (TEMPLATES / f"{kind}.{recipient}.neutre.txt").exists()
    return f"{kind}.{recipient}.neutre.txt" if neutral else f"{kind}.{recipient}.txt"


def render(name: str, variables: dict[str, Any]) -> tuple[str, str]:
    """Subject (the first line, after « Objet : ») and body of a template."""
    text = _environment().get_template(name).render(**variables)
    subject, _, body = text.partition("\n")
    return subject.removeprefix("Objet :").strip(), body.strip() + "\n"


@functools.lru_cache(maxsize=1)
def _environment() -> Environment:
    """Templates are plain text: nothing to escape; an unknown variable is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )


def _case_of(session: Session, event: OutboxEvent, request: ContactRequest) -> _Case:
    """The details that the event is about: those of a change not accepted are the change's own."""
    change = session.get(RequestChange, event.payload["change"]) if "change" in event.payload else None
    if change is None:
        return _Case(request.email, request.partenaire_contact, request.violence or request.minor)
    details, case = change.details or {}, change.context or {}
    guarded = bool(case.get("violence") or case.get("minor"))
    return _Case(details.get("email"), details.get("partenaire_contact"), guarded)


def _address(event: OutboxEvent, request: ContactRequest, case: _Case) -> str | None:
    """Who the mail is for; None when nobody is known."""
    if event.recipient == CAF:
        return mailbox_of(request.caf, request.territoire)
    return case.partner_contact if event.recipient == PARTNER else case.email


def _variables(event: OutboxEvent, request: ContactRequest) -> dict[str, Any]:
    """What templates may show: a reference, dates, the Caf's name, links."""
    caf = load_catalogue().cafs.get(request.caf)
    base = settings.public_url()
    rdv_at = event.payload.get("rdv_at")
    return {
        "reference": event.payload["reference"],
        "caf": caf.name if caf else request.caf,
        "lien_agent": f"{base}/agent/demandes/{request.reference}",
        "lien_public": f"{base}/",
        "echeance": french_moment(request.due_at) if request.due_at else "",
        "rdv": french_moment(datetime.fromisoformat(rdv_at)) if rdv_at else "",
        "rdv_mode": event.payload.get("rdv_mode", ""),
        "jour": french_day(event.created_at),
    }


_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


def french_day(instant: datetime) -> str:
    """« lundi 23 novembre 2026 », in Paris."""
    day = instant.astimezone(PARIS)
    return f"{_DAYS[day.weekday()]} {'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def french_moment(instant: datetime) -> str:
    """« lundi 23 novembre 2026 à 10 h 05 », in Paris."""
    moment = instant.astimezone(PARIS)
    return f"{french_day(instant)} à {moment.hour} h {moment.minute:02d}"


def _attach_calendar(message: EmailMessage, event: OutboxEvent, request: ContactRequest, title: str) -> None:
    """Join the appointment, or its end, as a calendar file; each has a higher sequence than the one before."""
    starts_at, cancelled = datetime.fromisoformat(event.payload["rdv_at"]), event.kind in _ENDS_APPOINTMENT
    content = ics.appointment(request.reference, title, starts_at, event.id, event.created_at, cancelled=cancelled)
    kind = {"method": ics.method(cancelled=cancelled), "charset": "utf-8"}
    message.add_attachment(content, maintype="text", subtype="calendar", filename="rendez-vous.ics", params=kind)

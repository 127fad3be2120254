"""Sending a request: stored once, whatever is clicked twice, retried, run by two servers or killed half-way.

Three unique keys hold this, in the database and not in this code: the draft's key (one answer a draft), the identity keys of the open
requests (one open request a person, offer and Caf), and the outbox's event key (one mail an event). All is one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot import faults
from bot.database.models import ContactRequest, Draft, OpenKey, RequestChange, RequestReference, Submission
from bot.errors import RequestRefused
from bot.requests import drafts, events, history, rules
from bot.requests.context import RequestContext, Submitted
from bot.requests.delays import first_contact_due
from bot.requests.identity import keys_for, keys_of
from bot.requests.record import as_json, case_of, columns
from bot.requests.references import new_reference
from bot.requests.status import Status

# Each failure means that another transaction has just won; the second try finds what it stored.
_TRIES = 4


def submit(session: Session, conversation_id: str, context: RequestContext, now: datetime) -> Submitted:
    """Store the conversation's draft as a request and queue its mails. The same draft sent again gives the same answer.

    Raises RequestRefused: brouillon_absent, caf_sans_demande, moins_de_15_ans, demande_incomplete (`fields` names what is missing).
    """
    draft = drafts.lock(session, conversation_id, now)
    if draft is None:
        return _already_sent(session, conversation_id, now)
    rules.check(context, draft.fields)
    faults.point("submit:checked")
    for _ in range(_TRIES):
        try:
            with session.begin_nested():
                submitted = _store(session, draft, context, now)
                session.delete(draft)
            faults.point("submit:stored")
            return submitted
        except IntegrityError:
            session.expire_all()
            sent = session.get(Submission, draft.key)
            if sent is not None:
                return _answer(sent)
    raise RequestRefused("reessayer", "the request could not be stored: other requests of the same person keep arriving")


def _already_sent(session: Session, conversation_id: str, now: datetime) -> Submitted:
    """The answer given to the draft that this conversation has just sent. Raises RequestRefused brouillon_absent if there is none."""
    query = select(Submission).where(Submission.conversation_id == conversation_id, Submission.created_at >= drafts.expired_before(now))
    sent = session.execute(query.order_by(Submission.created_at.desc()).limit(1)).scalar_one_or_none()
    if sent is None:
        raise RequestRefused("brouillon_absent", "nothing to send: no draft, or it has expired")
    return _answer(sent)


def _answer(sent: Submission) -> Submitted:
    """The same answer as the first time."""
    return Submitted(sent.reference, sent.status, sent.change)


def _store(session: Session, draft: Draft, context: RequestContext, now: datetime) -> Submitted:
    """Find whether the person has an open request for this, and do the one of three things that contract §5 asks for."""
    known = find_open(session, context, draft.fields)
    if known is None:
        return _record(session, draft, _create(session, draft, context, now), now)
    own = _own_reference(session, known, draft.conversation_id, context)
    if own is None:
        return _record(session, draft, _alias(session, known, draft, context, now), now)
    update(session, known, own, dict(draft.fields), history.actor_of(context.audience, context.agent_id), now)
    return _record(session, draft, own.reference, now, change=True, status=shown_status(session, known, own))


def _record(
    session: Session, draft: Draft, reference: str, now: datetime, *, change: bool = False, status: Status = Status.NEW
) -> Submitted:
    """Mark the draft as sent; the key's uniqueness makes any other try wait, then fail."""
    sent = Submission(
        key=draft.key,
        conversation_id=draft.conversation_id,
        reference=reference,
        status=status.value,
        change=change,
        created_at=now,
    )
    session.add(sent)
    session.flush()
    return _answer(sent)


def find_open(session: Session, context: RequestContext, details: Mapping[str, str]) -> ContactRequest | None:
    """The open request of the same person for the same offer and Caf, held until the end of the transaction; None if there is none."""
    keys = keys_for(context, details)
    query = select(OpenKey.request_id).where(OpenKey.key.in_(keys)).order_by(OpenKey.request_id).limit(1)
    found = session.execute(query).scalar_one_or_none()
    if found is None:
        return None
    locked = select(ContactRequest).where(ContactRequest.id == found).with_for_update()
    request = session.execute(locked, execution_options={"populate_existing": True}).scalar_one_or_none()
    return request if request is not None and request.closed_at is None else None


def would_change(session: Session, conversation_id: str, context: RequestContext, details: Mapping[str, str]) -> str | None:
    """The reference that sending now would change, for a conversation entitled to it (contract §5); None when sending makes a new one."""
    known = find_open(session, context, details)
    own = _own_reference(session, known, conversation_id, context) if known is not None else None
    return own.reference if own is not None else None


def _own_reference(session: Session, request: ContactRequest, conversation_id: str, context: RequestContext) -> RequestReference | None:
    """The reference by which this conversation is entitled to the request (it made it, or has proved it), the request's own first.

    One that leads to a change refused or withdrawn entitles to nothing any more: what is sent then is a new change.
    """
    query = select(RequestReference).where(RequestReference.request_id == request.id).order_by(RequestReference.created_at)
    held = [
        reference
        for reference in session.execute(query).scalars()
        if reference.conversation_id == conversation_id or reference.reference == context.proven_reference
    ]
    changes = {reference.reference: _change_of(session, reference) for reference in held}
    alive = [item for item in held if (change := changes[item.reference]) is None or change.state in ("proposee", "acceptee")]
    return min(alive, key=lambda item: _is_pending(changes[item.reference]), default=None)


def _change_of(session: Session, reference: RequestReference) -> RequestChange | None:
    """The change that a reference from elsewhere leads to; None for the request's own reference."""
    return session.get(RequestChange, reference.change_id) if reference.change_id else None


def _is_pending(change: RequestChange | None) -> bool:
    """True for a change that no agent has accepted."""
    return change is not None and change.state != "acceptee"


def shown_status(session: Session, request: ContactRequest, reference: RequestReference) -> Status:
    """What the holder of this reference may know: a change still to accept looks like a new request, nothing more."""
    change = _change_of(session, reference)
    if change is None or change.state == "acceptee":
        return Status(request.status)
    return {"proposee": Status.NEW, "refusee": Status.DROPPED, "retiree": Status.CANCELLED}[change.state]


def _create(session: Session, draft: Draft, context: RequestContext, now: datetime) -> str:
    """A new request with its reference, its identity keys, its history and its mails. Returns the reference."""
    reference = new_reference()
    request = ContactRequest(
        reference=reference,
        status=Status.NEW.value,
        created_at=now,
        updated_at=now,
        due_at=first_contact_due(now, violence=context.violence),
        consent_version=draft.fields.get("consentement"),
        consent_at=draft.consent_at,
        **case_of(context),
        **columns(draft.fields),
    )
    session.add(request)
    session.flush()
    faults.point("submit:request")
    for key in keys_of(request):
        session.add(OpenKey(key=key, request_id=request.id))
    session.add(RequestReference(reference=reference, request_id=request.id, conversation_id=draft.conversation_id, created_at=now))
    history.log(session, request, "creation", history.actor_of(context.audience, context.agent_id), now)
    session.flush()
    faults.point("submit:keys")
    events.announce(session, request, "demande_recue", now)
    faults.point("submit:outbox")
    return reference


def _alias(session: Session, request: ContactRequest, draft: Draft, context: RequestContext, now: datetime) -> str:
    """A fresh reference leading to an existing request, with the new details for an agent to accept. Returns the reference."""
    change = RequestChange(request_id=request.id, state="proposee", details=dict(draft.fields), context=as_json(context), created_at=now)
    session.add(change)
    session.flush()
    faults.point("submit:change")
    reference = new_reference()
    session.add(
        RequestReference(
            reference=reference,
            request_id=request.id,
            change_id=change.id,
            conversation_id=draft.conversation_id,
            created_at=now,
        )
    )
    history.log(session, request, "changement_propose", history.actor_of(context.audience, context.agent_id), now)
    events.announce_alias(session, request, reference, change, now)
    faults.point("submit:alias")
    return reference


def update(
    session: Session, request: ContactRequest, reference: RequestReference, details: dict[str, str], actor: str, now: datetime
) -> None:
    """Apply new details given by someone entitled to them; on a change still to accept, only that change is updated."""
    change = _change_of(session, reference)
    if change is not None and change.state != "acceptee":
        change.details = {**(change.details or {}), **details}
        return
    apply_details(session, request, details, now)
    history.log(session, request, "modification", actor, now)
    events.announce(session, request, "demande_modifiee", now, mark=secrets.token_hex(4))


def apply_details(session: Session, request: ContactRequest, details: Mapping[str, str], now: datetime) -> None:
    """Write new details into a request and renew its identity keys (those that another open request does not hold)."""
    for column, value in columns(details, partial=True).items():
        setattr(request, column, value)
    if "consentement" in details:
        request.consent_version, request.consent_at = details["consentement"], now
    request.updated_at = now
    session.flush()
    renew_keys(session, request)


def renew_keys(session: Session, request: ContactRequest) -> None:
    """Make the identity keys of an open request those of its present details."""
    wanted = set(keys_of(request))
    held = {key.key: key for key in session.execute(select(OpenKey).where(OpenKey.request_id == request.id)).scalars()}
    for key in held.keys() - wanted:
        session.delete(held[key])
    session.flush()
    for key in sorted(wanted - held.keys()):
        if session.get(OpenKey, key) is None:
            session.add(OpenKey(key=key, request_id=request.id))
    session.flush()

"""What a Caf's own agenda may read of its requests: no name, no contact, no offer; a key for each Caf, of which only the hash is kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from bot import settings
from bot.clock import PARIS
from bot.database.models import ContactRequest
from bot.errors import BadInput

MOST = 500
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Page:
    """Some requests, oldest change first, and where the next page begins (None on the last one)."""

    requests: list[dict[str, Any]]
    next: str | None


def new_key() -> tuple[str, str]:
    """A fresh key (256 bits), to be shown once, and its hash for REPERE_AGENDA_KEYS."""
    key = secrets.token_urlsafe(32)
    return key, _hash(key)


def configured() -> list[tuple[str, str]]:
    """REPERE_AGENDA_KEYS as (Caf, hash); a Caf may have two while its key changes. Raises BadInput when malformed."""
    entries = [entry.strip() for entry in settings.get("REPERE_AGENDA_KEYS").split(",") if entry.strip()]
    pairs = [(caf.strip(), digest.strip()) for caf, _, digest in (entry.partition("=") for entry in entries)]
    if any(not caf or not _HASH.fullmatch(digest) for caf, digest in pairs):
        raise BadInput("REPERE_AGENDA_KEYS must read: caf=hash, caf=hash (made by `repere requests agenda-key CAF`)")
    return pairs


def caf_of(key: str) -> str | None:
    """The Caf that this key opens; None when it opens nothing."""
    given = _hash(key)
    return next((caf for caf, digest in configured() if hmac.compare_digest(digest, given)), None)


def read(session: Session, caf: str, since: datetime | None, after: str | None, limit: int) -> Page:
    """Requests of this Caf changed since that instant, in the order of their last change. Raises BadInput on a bad `after`.

    Requests made anonymous or erased are not there: nothing can be done about them.
    """
    row = ContactRequest
    query = select(row).where(row.caf == caf, row.anonymised_at.is_(None))
    if since is not None:
        query = query.where(row.updated_at >= since)
    if after:
        at, number = _read_mark(after)
        query = query.where(row.updated_at >= at, or_(row.updated_at > at, and_(row.updated_at == at, row.id > number)))
    found = list(session.execute(query.order_by(row.updated_at, row.id).limit(limit + 1)).scalars())
    kept = found[:limit]
    return Page([_line(request) for request in kept], _mark(kept[-1]) if len(found) > limit else None)


def _line(request: ContactRequest) -> dict[str, Any]:
    """What an agenda needs: which request, where it stands, until when, and its appointment; the rest is read in the workspace."""
    moments = {name: _paris(getattr(request, name)) for name in ("created_at", "updated_at", "due_at", "rdv_at")}
    plain = {name: getattr(request, name) for name in ("reference", "status", "territoire", "rdv_mode")}
    return {**plain, **moments, "link": f"{settings.public_url()}/agent/demandes/{request.reference}"}


def _paris(instant: datetime | None) -> str | None:
    """An instant as ISO text in Paris, to the second."""
    return instant.astimezone(PARIS).isoformat(timespec="seconds") if instant is not None else None


def _mark(request: ContactRequest) -> str:
    """Where a page ends, as one opaque word."""
    return base64.urlsafe_b64encode(f"{request.updated_at.isoformat()}|{request.id}".encode()).decode().rstrip("=")


def _read_mark(text: str) -> tuple[datetime, int]:
    """Instant and row number of a mark. Raises BadInput when it is not one of ours."""
    try:
        instant, _, number = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition("|")
        at, row = datetime.fromisoformat(instant), int(number)
    except (ValueError, binascii.Error):
        raise BadInput("`after` is not a mark given by an earlier page") from None
    if at.tzinfo is None or not 0 <= row < 2**62:
        raise BadInput("`after` is not a mark given by an earlier page")
    return at, row


def _hash(key: str) -> str:
    """A key has 256 random bits: a plain hash is enough to keep it unreadable."""
    return hashlib.sha256(key.encode()).hexdigest()

"""Who is the same person (contract §5): same Caf, same offer, same phone or mail, same family name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.database.models import ContactRequest
from bot.requests.context import RequestContext
from bot.requests.names import search_form
from bot.requests.rules import offer_of


def identity_keys(caf: str, matter: str, details: Mapping[str, str | None]) -> list[str]:
    """One key a means of contact, in a fixed order (two transactions must take them in the same one). Values are normalised already."""
    name = search_form(details.get("nom") or "")
    means = [details.get("telephone"), details.get("email")]
    return sorted(_digest(caf, matter, name, contact) for contact in means if contact)


def keys_of(request: ContactRequest) -> list[str]:
    """Identity keys of a stored request."""
    details = {"nom": request.nom, "telephone": request.telephone, "email": request.email}
    return identity_keys(request.caf, _matter(request.offre, request.offre_visee), details)


def keys_for(context: RequestContext, details: Mapping[str, str]) -> list[str]:
    """Identity keys of a request about to be stored."""
    return identity_keys(context.caf, _matter(offer_of(context), context.offre), details)


def _matter(offer: str | None, looked_at: str | None) -> str:
    """What the request is about. Two general requests about different offers are two matters: one must not hide the other."""
    return offer or f"generale:{looked_at or ''}"


def _digest(*parts: str) -> str:
    """A fixed-length key; the separator cannot occur in a part."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

"""Who is the same person (contract §5): same Caf, same offer, same phone or mail, same family name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.database.models import ContactRequest
from bot.requests.names import search_form


def identity_keys(caf: str, offre: str | None, details: Mapping[str, str | None]) -> list[str]:
    """One key a means of contact, in a fixed order (two transactions must take them in the same one). Values are normalised already."""
    name = search_form(details.get("nom") or "")
    means = [details.get("telephone"), details.get("email")]
    return sorted(_digest(caf, offre or "", name, contact) for contact in means if contact)


def keys_of(request: ContactRequest) -> list[str]:
    """Identity keys of a stored request."""
    return identity_keys(request.caf, request.offre, {"nom": request.nom, "telephone": request.telephone, "email": request.email})


def _digest(*parts: str) -> str:
    """A fixed-length key; the separator cannot occur in a part."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

"""The mailbox that hears of a request: the settings' if they name one, else the catalogue's, else none (a queue of its own)."""

from __future__ import annotations

from bot import settings
from bot.catalog import load_catalogue
from bot.errors import BadInput


def mailbox_of(caf_id: str, territory: str | None) -> str | None:
    """Address for a Caf and a territory; None when nothing names one."""
    own = configured()
    return own.get(f"{caf_id}:{territory}") or own.get(caf_id) or _from_catalogue(caf_id, territory)


def configured() -> dict[str, str]:
    """REPERE_MAILBOXES as « caf » or « caf:territoire » → address. Raises BadInput when malformed."""
    entries = [entry.strip() for entry in settings.get("REPERE_MAILBOXES").split(",") if entry.strip()]
    pairs = [entry.partition("=") for entry in entries]
    if any(not key.strip() or "@" not in address for key, _, address in pairs):
        raise BadInput("REPERE_MAILBOXES must read: caf=address, caf:territoire=address")
    return {key.strip(): address.strip() for key, _, address in pairs}


def _from_catalogue(caf_id: str, territory: str | None) -> str | None:
    """The mail contact that the Caf's file gives to this territory."""
    caf = load_catalogue().cafs.get(caf_id)
    if caf is None:
        return None
    for place in caf.territories:
        contact = caf.contacts.get(place.contact)
        if place.id == territory and contact is not None and contact.kind == "mail":
            return contact.value
    return None

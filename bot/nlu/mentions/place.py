"""`commune`, `code_postal` and `departement`, read by the territory package."""

from __future__ import annotations

from bot.territory import extract_place


def extract_place_mentions(text: str) -> dict[str, str]:
    """The place named in the message as typed; empty without one."""
    place = extract_place(text)
    if place is None:
        return {}
    found = {"commune": place.commune, "code_postal": place.code_postal, "departement": place.departement}
    return {name: value for name, value in found.items() if value}

"""References RDV-XXXX-XXXX: Crockford base 32, random, forgiving to read back (contract §5)."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing to mistake on the phone
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BODY = re.compile(rf"([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")
_IN_TEXT = re.compile(r"\bRDV[\s\-_.:]*([0-9A-Z]{4})[\s\-_.]*([0-9A-Z]{4})\b", re.IGNORECASE)


def new_reference() -> str:
    """A fresh reference: 40 random bits. Its uniqueness is the database's business."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"RDV-{drawn[:4]}-{drawn[4:]}"


def read_reference(text: str) -> str | None:
    """The reference that `text` is, or holds after the letters RDV, in its canonical form; None if there is none.

    Without the letters RDV, a figure or a dash is needed: « demander » and « Bertrand » are words.
    """
    found = _IN_TEXT.search(text)
    if found is None and not re.search(r"[0-9-]", text):
        return None
    body = found[1] + found[2] if found else re.sub(r"[\s\-_.]", "", text)
    shape = _BODY.fullmatch(body.upper().translate(_LOOKALIKES))
    return f"RDV-{shape[1]}-{shape[2]}" if shape else None

"""Reads and checks the bodies that people send."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot import settings
from bot.door.refusals import Refusal

MAX_BODY = 65_536  # bytes; a message of 2,000 characters never needs more
MAX_KEY = 128
AUDIENCES = ("allocataire", "partenaire", "agent")


@dataclass(frozen=True)
class Sent:
    """A message as sent: a text or a choice, and the key that makes its repetition harmless."""

    text: str | None
    choice: str | None
    key: str | None


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of the body, {} when the body is empty. Raises Refusal when it is too long or is no JSON object."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refusal("trop_long")
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal("mal_forme") from None
    if not isinstance(value, dict):
        raise Refusal("mal_forme")
    return value


async def read_audience(request: Request) -> str:
    """The audience asked for, `allocataire` when none is. Raises Refusal (422) when there is no such audience."""
    audience = (await read_json(request)).get("audience")
    if audience is None:
        return AUDIENCES[0]
    if audience not in AUDIENCES:
        raise Refusal("mal_forme")
    return str(audience)


async def read_message(request: Request) -> Sent:
    """The message sent: exactly one of text and choice. Raises Refusal (422, 413) when it is not."""
    body = await read_json(request)
    text, choice, key = body.get("text"), body.get("choice"), body.get("key")
    if any(value is not None and not isinstance(value, str) for value in (text, choice, key)) or (text is None) == (choice is None):
        raise Refusal("mal_forme")
    if key is not None and not 0 < len(key) <= MAX_KEY:
        raise Refusal("mal_forme")
    if text is not None:
        if len(text) > settings.get_int("REPERE_MAX_TEXT"):
            raise Refusal("trop_long")
        text = clean(text)
        if not text:
            raise Refusal("vide")
    return Sent(text, choice, key)


def clean(text: str) -> str:
    """The text without control or direction characters and without stacked accents, on one line of thought; "" when nothing is left."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if category in {"Cc", "Cf", "Cs", "Co"}:
            kept.append(" " if char in "\n\r\t" else "")
        elif marks <= 2:
            kept.append(char)
    return "".join(kept).strip()


def as_typed(text: str) -> str:
    """The text as Rasa may read it: a leading slash would be taken for a command, so it goes."""
    return text.lstrip("/ ") or "…"


def as_choice(choice: str) -> str:
    """The command that a button stands for."""
    return "/choix" + json.dumps({"choix": choice})

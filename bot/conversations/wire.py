"""From the messages of Rasa to the messages of the door (contract §4)."""

from __future__ import annotations

from typing import Any


def messages(raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages of a turn, each with its five keys; only the last one carries choices and a question."""
    shown = [_message(item) for item in raw if item.get("text")]
    for message in shown[:-1]:
        message.update(choices=[], ask=None)
    return shown


def _message(item: dict[str, Any]) -> dict[str, Any]:
    custom = item.get("custom") or {}
    return {
        "text": item["text"].strip(),
        "choices": [{"id": button["payload"], "label": button["title"]} for button in item.get("buttons") or ()],
        "ask": custom.get("ask"),
        "offers": custom.get("offers") or [],
        "request": custom.get("request"),
    }

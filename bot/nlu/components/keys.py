"""Keys under which the components leave what they read on a Rasa message."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

ALARM = "alarme"  # danger, detresse or None: only between components
SITUATIONS = "situations"
MENTIONS = "mentions"
HEARD = "heard"
LANGUAGE = "langue"


def text_to_read(message: Message) -> str | None:
    """The text of the message, or None when it is a command (« /… ») or empty: such messages are left alone."""
    text = message.get(TEXT)
    return text if text and not text.startswith("/") else None


def metadata_of(message: Message) -> dict[str, Any]:
    """Metadata sent with the message (`audience`, `today`), never None."""
    return message.get("metadata") or {}

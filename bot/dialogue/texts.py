"""The choices of the questions whose text is in domain.yml: the engine must know their labels to read a typed answer."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml

from bot import settings


@functools.lru_cache(maxsize=1)
def _responses() -> dict[str, Any]:
    with (settings.ROOT / "domain.yml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)["responses"]


def has(response: str) -> bool:
    """True when domain.yml has this response."""
    return response in _responses()


def choices(response: str) -> list[dict[str, str]]:
    """Choices shown with a response: [{id, label}]; [] when it has none."""
    variations = _responses().get(response, [])
    buttons: list[dict[str, str]] = next((variation["buttons"] for variation in variations if variation.get("buttons")), [])
    return [{"id": button["payload"], "label": button["title"]} for button in buttons]


@functools.lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Short labels of choices and summaries, by name."""
    return yaml.safe_load((Path(__file__).parent / "labels.yml").read_text(encoding="utf-8"))

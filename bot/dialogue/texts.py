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


def variation(response: str, audience: str, caf: str | None = None) -> dict[str, Any]:
    """The variation of a response for that audience or Caf, as Rasa would choose it by its slots; {} when there is none."""
    variations: list[dict[str, Any]] = _responses().get(response, [])
    own = [item for item in variations if any(condition["value"] in {audience, caf} for condition in item.get("condition", ()))]
    return next(iter([*own, *(item for item in variations if "condition" not in item)]), {})


def text(response: str, audience: str, **variables: str) -> str:
    """The text of a response for that audience, with its variables."""
    return str(variation(response, audience)["text"]).format(**variables)


def choices(response: str, audience: str) -> list[dict[str, str]]:
    """Choices shown with a response: [{id, label}]; [] when it has none."""
    return [{"id": button["payload"], "label": button["title"]} for button in variation(response, audience).get("buttons", ())]


def own_choices(response: str) -> frozenset[str]:
    """Ids of the buttons that a response has in domain.yml, whatever the audience."""
    return frozenset(button["payload"] for item in _responses().get(response, []) for button in item.get("buttons", ()))


@functools.lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Short labels of choices and summaries, by name."""
    return yaml.safe_load((Path(__file__).parent / "labels.yml").read_text(encoding="utf-8"))

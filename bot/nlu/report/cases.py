"""The independent test set: messages with what must be understood in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from bot import settings

FOLDER = settings.ROOT / "tests" / "nlu"
TODAY = "2026-11-22"  # day of the messages that give none


@dataclass(frozen=True)
class Case:
    """A message and its gold reading; `act` None when nothing is to be understood."""

    text: str
    audience: str = "allocataire"
    act: str | None = None
    situations: tuple[str, ...] = ()
    mentions: dict[str, Any] = field(default_factory=dict)
    today: str = TODAY
    tags: tuple[str, ...] = ()
    act_only: bool = False  # a sentence of a must-alarm or must-not-alarm list: nothing but its act is labelled

    def reworded(self, text: str) -> Case:
        """The same case with its message typed otherwise."""
        return replace(self, text=text)


def _case(entry: dict[str, Any]) -> Case:
    """One entry of a YAML file."""
    return Case(
        text=str(entry["text"]),
        audience=entry.get("audience") or "allocataire",
        act=entry.get("act"),
        situations=tuple(entry.get("situations") or ()),
        mentions={key: _plain(value) for key, value in (entry.get("mentions") or {}).items()},
        today=str(entry.get("today") or TODAY),
        tags=tuple(entry.get("tags") or ()),
        act_only="situations" not in entry,
    )


def _plain(value: Any) -> Any:
    """A YAML date as the ISO text that the contract uses; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def load_cases(folder: Path = FOLDER) -> Sequence[Case]:
    """Every labelled message of the folder, in the order of file names."""
    found: list[Case] = []
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = content if isinstance(content, list) else []
        found.extend(_case(entry) for entry in entries if isinstance(entry, dict) and "text" in entry and "act" in entry)
    return found

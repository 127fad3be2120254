"""Danger and distress in a message, by patterns kept as data: read before anything else, in any state of the conversation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.tokens import plain

PATTERNS_FILE = Path(__file__).with_name("danger_patterns.yml")
DANGER, DISTRESS = "danger", "detresse"


TOPIC = "sujet"
GAP = r" (?:\S+ ){0,4}"  # what « ~ » stands for


@dataclass(frozen=True)
class Alarm:
    """What the patterns found: `danger` or `detresse`, and whether it is told (or only named, as in a question on a procedure)."""

    kind: str
    told: bool


@dataclass(frozen=True)
class Patterns:
    """Compiled patterns: what is cut out first, and what alarms by kind."""

    harmless: re.Pattern[str]
    alarming: dict[str, re.Pattern[str]]


def _expand(pattern: str, fragments: dict[str, str]) -> str:
    """The pattern with its <fragments> written out, as often as they nest."""
    while (found := re.search(r"<(\w+)>", pattern)) is not None:
        pattern = pattern.replace(found.group(0), fragments[found.group(1)])
    return pattern.replace(" ~ ", GAP)


def _union(patterns: list[str], fragments: dict[str, str]) -> re.Pattern[str]:
    """One expression matching any of the patterns, each made of whole words."""
    return re.compile("|".join(rf"(?<!\S)(?:{_expand(pattern, fragments)})(?!\S)" for pattern in patterns))


@lru_cache(maxsize=1)
def load_patterns() -> Patterns:
    """The patterns of `danger_patterns.yml`, compiled once. Raises KeyError naming an unknown fragment."""
    content: dict[str, Any] = yaml.safe_load(PATTERNS_FILE.read_text(encoding="utf-8"))
    fragments = content["fragments"]
    foreign = content["autres_langues"]
    alarming = {kind: _union([*content[kind], *foreign[kind]], fragments) for kind in (DANGER, DISTRESS)}
    alarming[TOPIC] = _union(content[TOPIC], fragments)
    return Patterns(_union(content["harmless"], fragments), alarming)


def detect(text: str) -> Alarm | None:
    """The alarm of a message, danger before distress, or None."""
    patterns = load_patterns()
    remaining = patterns.harmless.sub(" ", plain(text))
    for kind in (DANGER, DISTRESS):
        if patterns.alarming[kind].search(remaining):
            return Alarm(kind, told=True)
    return Alarm(DANGER, told=False) if patterns.alarming[TOPIC].search(remaining) else None

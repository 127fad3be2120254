"""Offers called by their name in a message: « Cap projets », « la mission interface », « le CT APA »."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml

from bot.nlu.normalise import normalise

COMPARE = "comparer"


@functools.lru_cache(maxsize=1)
def _names() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    loaded: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("offer_names.yml").read_text(encoding="utf-8"))
    return [(re.compile(pattern), tuple(offers)) for pattern, offers in loaded.items()]


@functools.lru_cache(maxsize=1)
def _cafs() -> dict[str, re.Pattern[str]]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("caf_names.yml").read_text(encoding="utf-8"))
    return {caf: re.compile(pattern) for caf, pattern in loaded.items()}


def cafs_compared(text: str) -> list[str]:
    """The Cafs that a message puts side by side: two of them, one beside the family's own, or the example of 2018; else none."""
    plain = normalise(text)
    found = [caf for caf, pattern in _cafs().items() if caf != COMPARE and pattern.search(plain)]
    return found if len(found) > 1 or "caf_2018" in found or compares(text) else []


def compares(text: str) -> bool:
    """True when the words ask for a comparison."""
    return _cafs()[COMPARE].search(normalise(text)) is not None


def offers_named(text: str, caf: str | None) -> list[str]:
    """Offers that the message names, in the person's Caf when it is known; without a Caf, only names that belong to one Caf."""
    plain = normalise(text)
    found = [offers for pattern, offers in _names() if pattern.search(plain)]
    if caf is None:
        return [offers[0] for offers in found if len(offers) == 1]
    folder = "socle" if caf == "autre" else caf
    return [offer for offers in found for offer in offers if offer.split("/")[0] == folder]

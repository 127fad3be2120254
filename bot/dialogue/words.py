"""Words that the conversation recognises by itself, beside what the model understands: patterns of words.yml."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml

from bot.nlu.normalise import normalise


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return {name: re.compile(re.sub(r"\n| {2,}", " ", pattern).replace(" |", "|")) for name, pattern in loaded.items()}


def said(name: str, text: str) -> bool:
    """True when the text holds the words of that name. Raises KeyError for a name that words.yml does not have."""
    return _patterns()[name].search(normalise(text)) is not None


@functools.lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    loaded: dict[str, int] = yaml.safe_load(Path(__file__).with_name("nombres.yml").read_text(encoding="utf-8"))
    return loaded


def small_number(word: str) -> int | None:
    """The number that a normalised word says; None when it says none."""
    return _numbers().get(word)

"""Word lists and patterns kept as data: a YAML file of named patterns that may quote one another.

Alternatives are written `one | other`, blanks around the bar. `{name}` in a pattern stands for an earlier pattern of the same
file or of `bot/nlu/words.yml`. Patterns read normalised text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

WORDS_FILE = Path(__file__).with_name("words.yml")

_BAR = re.compile(r"\s+\|\s+")
_QUOTE = re.compile(r"\{([a-z_]+)\}")


def expand(pattern: str, known: dict[str, str]) -> str:
    """The pattern as one regular expression, alternatives grouped, quoted names replaced. Raises KeyError for an unknown name."""
    whole = "(?:" + "|".join(_BAR.split(pattern.strip())) + ")" if _BAR.search(pattern) else pattern
    return _QUOTE.sub(lambda match: known[match.group(1)], whole)


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """The word lists shared by every pattern file."""
    return _expand_all(yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8")), {})


def _expand_all(entries: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """Each entry expanded in the order of the file, so that a later one may quote an earlier one."""
    for name, pattern in entries.items():
        known[name] = expand(pattern, known)
    return known


@lru_cache(maxsize=32)
def patterns(path: Path) -> dict[str, re.Pattern[str]]:
    """The patterns of a file, compiled, by name."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = _expand_all(entries, dict(words()))
    return {name: re.compile(known[name]) for name in entries}

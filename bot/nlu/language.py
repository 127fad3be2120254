"""Is this French? A cheap hint from letters and small words, and whether there are words at all."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.tokens import plain

SMALL_WORDS_FILE = Path(__file__).with_name("small_words.yml")
FRENCH, OTHER = "fr", "autre"
_LATIN = re.compile(r"[a-z]")
_LETTER = re.compile(r"[^\W\d_]")
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    """Frequent small words of each language, folded."""
    return {code: frozenset(words.split()) for code, words in yaml.safe_load(SMALL_WORDS_FILE.read_text(encoding="utf-8")).items()}


def language(text: str) -> str:
    """`fr`, the code of another language, or `autre` when the script is not Latin; `fr` when nothing tells."""
    words = plain(text).split()
    letters = [char for word in words for char in word if _LETTER.match(char)]
    if letters and sum(1 for char in letters if _LATIN.match(char)) < len(letters) / 2:
        return OTHER
    counts = {code: sum(word in small for word in words) for code, small in _small_words().items()}
    best = max(counts, key=lambda code: counts[code])
    return best if best != FRENCH and counts[best] >= 2 and counts[best] > counts[FRENCH] + 1 else FRENCH


def has_words(text: str) -> bool:
    """False for emoji only, punctuation only, or runs of letters that no one can pronounce."""
    words = [word for word in plain(text).split() if any(char.isalnum() for char in word)]
    return any(word.isdigit() or _VOWEL.search(word) or len(word) <= 4 or not _LATIN.match(word) for word in words)

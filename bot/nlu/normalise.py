"""Text as people type it turned into plain words, every character still linked to where it was typed.

Folded: lower case, no accents, straight spaces; apostrophes and hyphens between letters become spaces (« j'ai », « jai » and « g »
all read « j ai »), elongated letters are cut back, SMS and glued spellings are written out. Digits, mails and codes are not touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

SHORTHAND_FILE = Path(__file__).with_name("shorthand.yml")

_APOSTROPHES = "'’‘ʼ`´′"
_SPECIAL = {"œ": "oe", "æ": "ae", "ß": "ss", "…": "...", "«": '"', "»": '"', "“": '"', "”": '"'}
_JOINERS = re.compile(r"(?<=[a-z0-9])['\-‐‑–](?=[a-z])|(?<=[a-z])['\-‐‑–](?=[0-9])|'")
_BLANKS = re.compile(r"[^\S\n]+")
_VERBS_OF_C = frozenset(("est", "etait", "etaient", "ete", "sera", "serait"))
_WORD = re.compile(r"(?<![a-z0-9@._])[a-z]+(?![a-z0-9@_])")


@dataclass(frozen=True)
class Aligned:
    """A rewritten text; character i of `text` comes from `source[starts[i]:ends[i]]`."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters start:end of `text` stand in the source."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def written(self, start: int, end: int) -> str:
        """The characters start:end of `text` as the person typed them."""
        first, last = self.span(start, end)
        return self.source[first:last]

    def sub(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str | None]) -> Aligned:
        """A copy in which each match becomes what `change` gives (None: left alone); the new characters all point to the match."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = change(match)
            if new is None or new == match.group():
                continue
            first, last = match.span()
            pieces += (self.text[done:first], new)
            starts += (*self.starts[done:first], *[self.starts[first]] * len(new))
            ends += (*self.ends[done:first], *[self.ends[last - 1]] * len(new))
            done = last
        if not done:
            return self
        text = "".join(pieces) + self.text[done:]
        return Aligned(self.source, text, (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


@lru_cache(maxsize=1024)
def _folded(char: str) -> str:
    """One character in lower case without its accent: none, one or several characters."""
    if char in _APOSTROPHES:
        return "'"
    lowered = "".join(_SPECIAL.get(part, part) for part in char.lower())
    return "".join(part for part in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(part)).lower()


def _runs_on(text: str, at: int) -> bool:
    """True for a letter that is part of three or more of the same and not the first (« sooos » keeps one o; « créée » keeps all)."""
    char = text[at].lower()
    if not char.isalpha() or at == 0 or text[at - 1].lower() != char:
        return False
    nearby = text[max(0, at - 2) : at + 2].lower()
    return char * 3 in nearby


def fold(text: str) -> Aligned:
    """The text in lower case, without accents or elongations, blanks made single; nothing is written out yet."""
    chars: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(text):
        if _runs_on(text, at):
            continue
        for part in _folded(char):
            chars.append(part)
            starts.append(at)
    folded = Aligned(text, "".join(chars), tuple(starts), tuple(at + 1 for at in starts))
    return folded.sub(_JOINERS, lambda match: " ").sub(_BLANKS, lambda match: " ")


@lru_cache(maxsize=1)
def shorthand() -> dict[str, str]:
    """SMS and glued spellings, each with its ordinary words; accented keys never occur in folded text (« mé » would hide « me »)."""
    table: dict[str, str] = yaml.safe_load(SHORTHAND_FILE.read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in table.items() if str(key).isascii()}


def written_out(match: re.Match[str]) -> str | None:
    """The ordinary words of an SMS or glued spelling, None for any other word; « c est » already says its verb."""
    following = match.string[match.end() :].split(maxsplit=1)
    if match.group() == "c" and following and following[0] in _VERBS_OF_C:
        return None
    return shorthand().get(match.group())


def align(text: str) -> Aligned:
    """The normalised text with the positions of the message it comes from."""
    return fold(text).sub(_WORD, written_out)


def normalise(text: str) -> str:
    """The message folded, its SMS spelling written out: what features and patterns read."""
    return align(text).text.strip()

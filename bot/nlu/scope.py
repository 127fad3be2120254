"""How far « pas », « si » and « ma sœur » reach: is a stretch of a message denied, imagined, or told of somebody else?

Every function reads normalised text (`bot.nlu.normalise.normalise`) and positions in it. They look at words around the stretch,
not at its meaning: « sans mon mari » is « denied » for a stretch that covers « mari ». Word lists: scope.yml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.patterns import patterns

SCOPE_FILE = Path(__file__).with_name("scope.yml")


@dataclass(frozen=True)
class Clause:
    """A piece of a message with its own verb, as far as punctuation and linking words show."""

    start: int
    end: int
    text: str


def _pattern(name: str) -> re.Pattern[str]:
    """A pattern of scope.yml."""
    return patterns(SCOPE_FILE)[name]


def clauses(text: str) -> list[Clause]:
    """The pieces of a normalised message, cut at punctuation and at « mais », « donc », « et je »… Empty pieces are left out."""
    found: list[Clause] = []
    start = 0
    for match in _pattern("clause_end").finditer(text):
        found.append(Clause(start, match.start(), text[start : match.start()]))
        start = match.end()
    found.append(Clause(start, len(text), text[start:]))
    return [clause for clause in found if clause.text.strip()]


def clause_before(text: str, position: int) -> str:
    """What stands before the position in its own clause."""
    return _since_last(_pattern("clause_end"), text, position)


def sentence_before(text: str, position: int) -> str:
    """What stands before the position in its own sentence."""
    return _since_last(_pattern("sentence_end"), text, position)


def _since_last(boundary: re.Pattern[str], text: str, position: int) -> str:
    """The text between the last boundary and the position."""
    start = 0
    for match in boundary.finditer(text, 0, position):
        start = match.end()
    return text[start:position]


def denied(text: str, start: int, end: int | None = None) -> bool:
    """True when a negation bears on the stretch: « pas de … », « ni … », « hors … », « … : non »."""
    if _pattern("denial_before").search(clause_before(text, start)):
        return True
    return end is not None and _pattern("denial_after").match(text[end:]) is not None


def hypothetical(text: str, start: int) -> bool:
    """True when the stretch is supposed, feared, wished or planned: « si … », « j'ai peur que … », « je veux … »."""
    return supposed(text, start) or _pattern("wish").search(clause_before(text, start)) is not None


def supposed(text: str, start: int) -> bool:
    """True when the stretch depends on « si », « en cas de », « imaginons »…"""
    before = sentence_before(text, start)
    return any(not _pattern("supposition_end").search(before, match.end()) for match in _pattern("supposition").finditer(before))


def opens_with_supposition(text: str) -> bool:
    """True when the message begins by supposing: « si mon mari me quittait, j'aurais droit à quoi ? », « et si je partais ? »."""
    opening = next((clause.text for clause in clauses(text) if not _pattern("greeting").fullmatch(clause.text.strip())), "")
    first = _pattern("supposition").search(opening)
    return first is not None and len(opening[: first.start()].split()) <= 1


def third_person(text: str, start: int) -> bool:
    """True when the last person named before the stretch is a relative, a friend… rather than the writer or the couple."""
    others = [match.start() for match in _pattern("other").finditer(text) if match.end() <= start]
    if not others:
        return False
    return _pattern("self").search(text, others[-1] + 4, start) is None


def of_somebody_else(text: str) -> bool:
    """True when the message as a whole speaks of a relative or a friend and never of the writer as « je »."""
    return _pattern("other").search(text) is not None and _pattern("self").search(text) is None

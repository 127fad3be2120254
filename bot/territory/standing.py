"""How a name stands in its sentence: where the family lives, a place in passing, or no place at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from bot.territory.cues import cues
from bot.territory.spelling import ARTICLES, Token

GOVERNING = (None, "a", "au", "aux", "sur", "vers")  # « habite à », not « mise en demeure de »
WINDOW = 6  # words looked at before a name
_BREAK = re.compile(r"[.;!?\n]")
_PAUSE = re.compile(r"[,.;:!?\n()]")


class Standing(IntEnum):
    """From what is never the family's place to what surely is."""

    NEVER = 0  # a street, a person, a thing
    ELSEWHERE = 1  # work, birth, the other parent, a former place
    BARE = 2
    OF = 3  # after « de », « dans », « en »
    INSTITUTION = 4  # the Caf, the UTAS… of a place
    AT = 5  # after « à », « sur », « vers », « près de »
    PRESENT = 6  # « on est à », « une famille de »
    LIVES = 7  # « habite à », « commune de »


@dataclass(frozen=True)
class Around:
    """The folded words before a name in its clause, nearest last, and how it stands."""

    standing: Standing
    preposition: str | None
    written_a: bool  # the preposition is « à » with its accent, « sur », « vers »…, not a bare « a » that may be a verb
    governed: bool = False  # « habite à », « habite », « vis à » just before: whatever follows is a place, however misspelt


def clause_before(text: str, tokens: list[Token], first: int) -> list[Token]:
    """The words before token `first`, back to the end of the previous sentence, six at most."""
    start = first
    while start > 0 and first - start < WINDOW and tokens[start - 1].key != "mais" and not _breaks(text, tokens[start - 1], tokens[start]):
        start -= 1
    return tokens[start:first]


def _breaks(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    return bool(_BREAK.search(between)) and not (left.key.startswith("saint") and between.startswith("."))


def pause_between(text: str, left: Token, right: Token) -> bool:
    """True when punctuation separates two words; the point of « St. Denis » does not."""
    between = text[left.end : right.start]
    return bool(_PAUSE.search(between)) and not (left.key.startswith("saint") and between.startswith("."))


def around(text: str, tokens: list[Token], first: int) -> Around:
    """How the name that begins at token `first` stands."""
    before = clause_before(text, tokens, first)
    if not before or pause_between(text, tokens[first - 1], tokens[first]):
        return Around(_after_pause(before), None, False)
    words = [token.key for token in before]
    while len(words) > 1 and words[-1] in ARTICLES:
        words.pop()
    last, raw = words[-1], before[len(words) - 1].raw
    known = cues()
    preposition = last if known.has("place_prepositions", last) or known.has("other_prepositions", last) else None
    rest = words[:-1] if preposition else words
    while len(rest) > 1 and rest[-1] in ARTICLES:
        rest.pop()
    written = preposition is not None and known.has("place_prepositions", last) and raw.lower() != "a"
    verb = rest[-1] if rest else ""
    governed = preposition in GOVERNING and (known.has("dwell", verb) or (preposition is not None and known.has("live", verb)))
    return Around(_standing(rest, preposition), preposition, written, governed)


def _after_pause(before: list[Token]) -> Standing:
    """After a comma or a colon, only what was said to be elsewhere or an address matters."""
    words = [token.key for token in before]
    return Standing.LIVES if words and words[-1] in ("adresse", "commune", "ville") else Standing.BARE


def _standing(rest: list[str], preposition: str | None) -> Standing:
    known = cues()
    last = rest[-1] if rest else ""
    if known.has("street", last) and (preposition in (None, "de", "du", "des", "d") or last == "rue"):
        return Standing.NEVER
    if preposition is None and known.has("title", last):
        return Standing.NEVER
    if known.has("social_place", last) and not known.any("denied", rest):
        return Standing.INSTITUTION
    if _elsewhere(rest, preposition):
        return Standing.ELSEWHERE
    lives = [index for index, word in enumerate(rest) if known.has("residence", word)]
    if lives and (preposition or lives[-1] == len(rest) - 1):
        return Standing.LIVES
    return _weaker(rest, last, preposition)


def _weaker(rest: list[str], last: str, preposition: str | None) -> Standing:
    known = cues()
    if known.has("institution", last):
        return Standing.INSTITUTION
    if known.has("near", last):
        return Standing.AT
    if preposition is None:
        return Standing.BARE
    if known.any("presence", rest[-3:]):
        return Standing.PRESENT
    return Standing.AT if known.has("place_prepositions", preposition) else Standing.OF


def _elsewhere(rest: list[str], preposition: str | None) -> bool:
    """True for a former place, a place of work or birth, the place of the other parent, or one that is denied."""
    known = cues()
    now = max((index for index, word in enumerate(rest) if known.has("residence", word) and not known.has("elsewhere", word)), default=-1)
    far = max((index for index, word in enumerate(rest) if known.has("elsewhere", word)), default=-1)
    if far > now or (rest[-1:] == ["ne"] and preposition in ("a", "en", "au")):
        return True
    if preposition == "de" and rest and rest[-1].startswith("demenag"):
        return True
    if known.any("denied", rest[-1:]):
        return True
    if known.any("denied", rest[-2:]) and (now >= 0 or known.any("presence", rest)):
        return True
    return _of_someone_else(rest)


def _of_someone_else(rest: list[str]) -> bool:
    for index, word in enumerate(rest):
        parent = word in ("pere", "papa") and index > 0 and rest[index - 1] in ("le", "leur", "son")
        if (parent or (cues().has("other_people", word) and word not in ("pere", "papa"))) and not {"je", "j", "on", "nous", "moi"} & set(
            rest[index:]
        ):
            return True
    return False

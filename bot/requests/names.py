"""Names of people: how they are cleaned, written, and compared."""

from __future__ import annotations

import re
import unicodedata

_NAME = re.compile(r"[^\W\d_]+(?:[ '’\-.]+[^\W\d_]+)*\.?")
_OPENING = re.compile(
    r"^(?:(?:et\s+)?(?:moi\s+c['’]est|je\s+m['’]appelle|je\s+suis|c['’]est|mon\s+(?:nom|pr[ée]nom)(?:\s+de\s+famille)?(?:\s+(?:est|c['’]est))?"
    r"|(?:nom|pr[ée]nom)\s*:|(?:madame|monsieur|mme|mlle|mr|m\.)\s))\s*",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset({"de", "du", "des", "la", "le", "les", "van", "von", "da", "dos", "el", "ben"})

_NOT_NAMES = frozenset({"euh", "heu", "hmm", "hum", "bah", "bof", "ok", "oui", "non"})  # hesitations and answers, not names

LONGEST = 60
MOST_WORDS = 6


def fold(text: str) -> str:
    """`text` in lower case, without accents, ligatures nor repeated spaces."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE"))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).casefold().split())


def search_form(name: str) -> str:
    """The name as compared: no case, no accent, one space for a hyphen or an apostrophe."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(name)).split())


def clean_name(text: str) -> str | None:
    """The name in `text`, capitalised when it was all in one case; None when it cannot be a name (digits, signs, too long)."""
    spaced = " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split()).strip(" .,;:!-'")
    bare = _OPENING.sub("", spaced).strip(" .,;:!-'") or spaced
    if not bare or len(bare) > LONGEST or len(bare.split()) > MOST_WORDS or not _NAME.fullmatch(bare):
        return None
    if fold(bare) in _NOT_NAMES:
        return None
    return bare if _mixed_case(bare) else _capitalise(bare)


def _mixed_case(name: str) -> bool:
    """True when the person chose the capitals (McDonald, de La Tour): they are kept."""
    return not name.islower() and not name.isupper() and name[0].isupper()


def _capitalise(name: str) -> str:
    """Each part with a capital; « de », « le »… stay small inside a name."""
    words = name.lower().split()
    return " ".join(word if i and word in _SMALL_WORDS else _capital_parts(word) for i, word in enumerate(words))


def _capital_parts(word: str) -> str:
    """« jean-pierre » → « Jean-Pierre », « d'almeida » → « D'Almeida »."""
    return re.sub(r"(^|[-'.])(\w)", lambda part: part[1] + part[2].upper(), word)

"""Mends one typing error in a word that the parsers look for: « loyre », « enfnat », « septmbre ».

A word is mended only when it has five letters or more, is not an ordinary word of its own (spelling.yml), keeps its first letter and
has no other ending (« separer » is not « separe »).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

SPELLING_FILE = Path(__file__).with_name("spelling.yml")
SHORTEST = 5

_ELIDED = "ldjnms"
_VOWELS = "aeiouh"
_BENEFITS = frozenset(("apl", "als", "alf", "aah", "asf", "ajpp", "aeeh"))
_SHORT_WORDS = ("dois", "doit", "mois", "fils", "mari", "mars", "deux", "huit", "hier", "sept")

# After a number, a short word can only be a unit: « 3 mosi », « 12 nas ».
_UNITS = ("mois", "ans", "jours", "euros", "semaines", "enfants")
_NOT_UNITS = frozenset(
    (
        "mais",
        "bois",
        "fois",
        "lois",
        "rois",
        "pois",
        "dans",
        "sans",
        "ami",
        "amis",
        "as",
        "on",
        "an",
        "tours",
        "cours",
        "ours",
        "pas",
        "eux",
    )
)


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Words that we look for, and neighbours to leave alone."""
    entries = yaml.safe_load(SPELLING_FILE.read_text(encoding="utf-8"))
    return frozenset(entries["known"].split()), frozenset(entries["left_alone"].split())


def _without_one(word: str) -> set[str]:
    """The word with each of its letters left out in turn."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@lru_cache(maxsize=1)
def _index() -> dict[str, list[str]]:
    """Known words by what they become with no letter or one letter less."""
    index: dict[str, list[str]] = {}
    for word in sorted(_lists()[0]):
        for form in {word, *_without_one(word)}:
            index.setdefault(form, []).append(word)
    return index


def one_error_apart(typed: str, word: str) -> bool:
    """True when one letter was swapped with the next, left out, added or replaced."""
    if len(typed) == len(word):
        wrong = [at for at in range(len(word)) if typed[at] != word[at]]
        if len(wrong) == 2:
            first, second = wrong
            return second == first + 1 and typed[first] == word[second] and typed[second] == word[first]
        return len(wrong) == 1
    longer, shorter = (typed, word) if len(typed) > len(word) else (word, typed)
    return len(longer) == len(shorter) + 1 and shorter in _without_one(longer)


def _only_the_ending(typed: str, word: str) -> bool:
    """True when the typed word has one more letter at the end, another, or no plural: a grammatical ending rather than an error."""
    return typed[:-1] == word or typed[:-1] == word[:-1] or typed + "s" == word


@lru_cache(maxsize=4096)
def mend(typed: str) -> str:
    """The known word that was meant, or the word itself. `typed` is folded."""
    known, left_alone = _lists()
    if typed in known or typed in left_alone:
        return typed
    if len(typed) < SHORTEST:
        return _mend_short(typed)
    index = _index()
    near = {word for form in {typed, *_without_one(typed)} for word in index.get(form, ())}
    fit = sorted(word for word in near if word[0] == typed[0] and one_error_apart(typed, word) and not _only_the_ending(typed, word))
    return fit[0] if fit else _split_elision(typed)


def _split_elision(typed: str) -> str:
    """« lallocataire » as « l allocataire »: a lost apostrophe before a word that we look for."""
    rest = typed[1:]
    meant = (rest[0] in _VOWELS and rest in _lists()[0]) or rest in _BENEFITS
    return f"{typed[0]} {rest}" if meant and typed[0] in _ELIDED else typed


def _mend_short(typed: str) -> str:
    """A short word with two letters swapped (« dios », « mosi »), or a benefit with a lost apostrophe (« laah »)."""
    if len(typed) > 2 and typed[0] in "ld" and typed[1:] in _BENEFITS:
        return f"{typed[0]} {typed[1:]}"
    swapped = [word for word in _SHORT_WORDS if sorted(word) == sorted(typed) and word[0] == typed[0] and word != typed]
    return swapped[0] if swapped else typed


@lru_cache(maxsize=1024)
def mend_unit(typed: str) -> str:
    """The unit that was meant after a number, or the word itself. `typed` is folded."""
    if len(typed) < 2 or typed in _UNITS or typed in _NOT_UNITS:
        return typed
    fit = [unit for unit in _UNITS if one_error_apart(typed, unit) and typed[0] == unit[0]]
    swapped = [unit for unit in _UNITS if sorted(unit) == sorted(typed) and one_error_apart(typed, unit)]
    return (fit or swapped or [typed])[0]

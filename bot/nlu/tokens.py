"""Words of a message as the classifiers read them: folded, SMS spelling undone, numbers and addresses replaced by their kind."""

from __future__ import annotations

import re

from bot.nlu.normalise import normalise

_KINDS = (
    (re.compile(r"\brdv-[0-9a-z]{4}-[0-9a-z]{4}\b"), " kref "),
    (re.compile(r"\S+@\S+\.\w+"), " kmail "),
    (re.compile(r"https?://\S+|\bwww\.\S+"), " klien "),
    (re.compile(r"(?:\+33|\b0033|\b0)\s?[1-9](?:[\s.-]?\d\d){4}\b"), " ktel "),
    (re.compile(r"\b\d{7}\b"), " kdossier "),
    (re.compile(r"\b\d{5}\b"), " kcp "),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"), " kdate "),
    (re.compile(r"\d+(?:[.,]\d+)?\s?(?:€|euros?\b|e\b)"), " keur "),
    (re.compile(r"\b(?:19|20)\d\d\b"), " kan "),
)
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[?!]|[^\w\s.,;:'\"()/-]")
_CLAUSE_BORDER = re.compile(r"(?<=[.,;:!?\n])")
_MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"]
_NUMBERS = [
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "vingt",
    "trente",
    "quarante",
]
_NEGATIONS = frozenset(["pas", "jamais", "aucun", "aucune", "ni", "non", "sans", "nullement", "guere"])
_STOPS_NEGATION = frozenset(["mais", "et", "donc", "car", "que", "qui", "quand", "comme", "parce", "puis", "si", "alors", "sauf"])
_TRANSPARENT = frozenset(["de", "d", "du", "des", "la", "le", "les", "l", "un", "une", "en", "a", "au", "ete", "encore", "du", "tout"])
NEGATION_REACH = 2  # content words after a negation that are read as denied
NEGATED = "non_"


def _kind_of_word(word: str) -> str:
    """The word, or the kind of number or month it is."""
    if word.isdigit() or word in _NUMBERS:
        return "knum"
    return "kmonth" if word in _MONTHS else word


def clauses(text: str) -> list[list[str]]:
    """Plain tokens of each clause of the message, SMS spelling undone, without any mark."""
    lowered = text.lower()
    for pattern, kind in _KINDS:
        lowered = pattern.sub(kind, lowered)
    found = [_TOKEN.findall(part) for part in _CLAUSE_BORDER.split(normalise(lowered))]
    return [tokens for tokens in found if tokens]


def plain(text: str) -> str:
    """The message as folded words separated by single spaces: what patterns are written against."""
    return " ".join(token for clause in clauses(text) for token in clause)


def mark_negation(tokens: list[str]) -> list[str]:
    """The tokens of a clause, those that a negation denies carrying the mark `non_`."""
    marked: list[str] = []
    reach = 0
    for token in tokens:
        if token in _STOPS_NEGATION:
            reach = 0
        denied = reach > 0 and token not in _TRANSPARENT
        marked.append(NEGATED + token if denied else token)
        if denied:
            reach -= 1
        if token in _NEGATIONS:
            reach = NEGATION_REACH
    return marked


def tokenise(text: str) -> list[str]:
    """Tokens of a message for the classifiers: numbers by kind, negations marked."""
    marked = [mark_negation(clause) for clause in clauses(text)]
    return [_kind_of_word(token) for clause in marked for token in clause]

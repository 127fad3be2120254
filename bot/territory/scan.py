"""Names of communes and départements in a message, before it is decided whether they are places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.territory.cues import cues, ordinary_words
from bot.territory.departements import departement_keys
from bot.territory.gazetteer import gazetteer
from bot.territory.near_names import towns
from bot.territory.search import rows_named
from bot.territory.spelling import ARTICLES, Token, words_of
from bot.territory.standing import pause_between

LONGEST_NAME = 9  # words of the longest names of communes
LONGEST_MISSPELT = 4


@dataclass(frozen=True)
class NameFound:
    """A name over the tokens first..last (both included): the communes that bear it, or the département."""

    first: int
    last: int
    key: str
    rows: tuple[int, ...] = ()
    departement: str | None = None
    exact: bool = True
    shortened: bool = False
    words: int = field(default=1)  # of the name itself, articles left out

    @property
    def ordinary(self) -> bool:
        """True when the key is an ordinary word or a first name before it is a place."""
        return self.key in ordinary_words() or _without_article(self.key) in ordinary_words()


def _without_article(key: str) -> str:
    for article in ("les", "le", "la", "l"):
        if key.startswith(article) and key[len(article) :] in ordinary_words():
            return key[len(article) :]
    return key


def runs_from(text: str, tokens: list[Token], taken: set[int], first: int, longest: int) -> list[int]:
    """Ends of the runs of words that may form one name from token `first`: no punctuation, no code inside; longest first."""
    last = first
    while (
        last + 1 < len(tokens)
        and last + 1 - first < longest
        and last + 1 not in taken
        and not pause_between(text, tokens[last], tokens[last + 1])
    ):
        last += 1
    return list(range(last, first - 1, -1))


def _joined(tokens: list[Token], first: int, last: int) -> str:
    return "".join(token.key for token in tokens[first : last + 1])


def _several_words(rows: list[int], first: int, last: int) -> list[int]:
    """Rows without the one-word names that several words of the text only make by being glued: « la on » is not Laon."""
    return rows if first == last else [row for row in rows if len(words_of(gazetteer().names[row])) > 1]


def named(text: str, tokens: list[Token], taken: set[int]) -> Iterator[NameFound]:
    """Every longest exact name, left to right, without overlap."""
    first = 0
    while first < len(tokens):
        found = None if first in taken else _longest_name(text, tokens, taken, first)
        if found:
            yield found
        first = found.last + 1 if found else first + 1


def _longest_name(text: str, tokens: list[Token], taken: set[int], first: int) -> NameFound | None:
    if len(tokens[first].key) == 1 and not tokens[first].capital and tokens[first].key not in ("l",):
        return None
    for last in runs_from(text, tokens, taken, first, LONGEST_NAME):
        key = _joined(tokens, first, last)
        found = _named(key, tokens, first, last) or (_glued_saint(key, first) if first == last else None)
        if found:
            return found
    return None


def _named(key: str, tokens: list[Token], first: int, last: int) -> NameFound | None:
    names, departement = gazetteer(), departement_keys().get(key)
    if key in ("saint", "sainte", "saints", "saintes") and not tokens[first].raw.lower().startswith("saintes"):
        return None
    if departement is None and first < last and tokens[first].key in ARTICLES:
        departement = departement_keys().get(_joined(tokens, first + 1, last))
    if key in names or key in towns().short:
        if rows := _several_words(rows_named(key), first, last):
            size = sum(token.key not in ARTICLES for token in tokens[first : last + 1])
            return NameFound(first, last, key, tuple(names.ranked(rows)), departement, shortened=key not in names, words=size)
    return NameFound(first, last, key, (), departement) if departement else None


def _glued_saint(key: str, first: int) -> NameFound | None:
    """« stquentin », « stdenis »: the abbreviation glued to the name."""
    for short, full in (("ste", "sainte"), ("st", "saint")):
        whole = full + key[len(short) :]
        if key.startswith(short) and len(key) > 5 and whole in gazetteer():
            return NameFound(first, first, whole, tuple(gazetteer().ranked(rows_named(whole))), words=2)
    return None


def misspelt_run(tokens: list[Token], first: int, last: int) -> bool:
    """True when the run may be a misspelt name: it neither begins nor ends with a little word, and is no ordinary word."""
    known = cues()
    words = [token.key for token in tokens[first : last + 1]]
    if (
        known.has("stop", words[-1])
        or (known.has("stop", words[0]) and words[0] not in ARTICLES)
        or not all(word.isalpha() for word in words)
    ):
        return False
    content = [word for word in words if word not in ARTICLES]
    return (
        bool(content)
        and not any(known.has("not_a_place", word) for word in content)
        and not (len(content) == 1 and content[0] in ordinary_words())
    )

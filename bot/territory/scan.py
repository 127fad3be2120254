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


def _same_cut(rows: list[int], tokens: list[Token], first: int, last: int) -> list[int]:
    """Rows whose words are cut as in the text: « la on » is not Laon, « l'étranger » is not Le Tranger."""
    if first == last:
        return rows
    article = tokens[first].key if tokens[first].key in ARTICLES else None
    return [
        row
        for row in rows
        if len(words := words_of(gazetteer().names[row])) > 1 and (words[0] == article or words[0] not in ARTICLES or not article)
    ]


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
        rows = _same_cut(rows_named(key), tokens, first, last)
        size = sum(token.key not in ARTICLES for token in tokens[first : last + 1])
        if rows:
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
    known, ordinary = cues(), ordinary_words()
    words = [token.key for token in tokens[first : last + 1]]
    content = [word for word in words if word not in ARTICLES]
    if not content or known.has("stop", words[-1]) or (known.has("stop", words[0]) and words[0] not in ARTICLES):
        return False
    if "".join(words) in ordinary or (len(content) == 1 and content[0] in ordinary):
        return False
    return all(word.isalpha() for word in words) and not any(known.has("not_a_place", word) for word in content)

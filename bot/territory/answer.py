"""A bare answer to « où habitez-vous ? »: every commune is accepted there, ordinary word or not."""

from __future__ import annotations

from bot.territory.codes import find_codes
from bot.territory.cues import cues, ordinary_words
from bot.territory.departements import code_of_name, code_of_number, departement_keys
from bot.territory.gazetteer import gazetteer
from bot.territory.mend import mended_beside_preposition, word_for_word
from bot.territory.place import Place, PlaceMention
from bot.territory.scan import misspelt_run
from bot.territory.search import find_places, rows_named
from bot.territory.spelling import ARTICLES, LINKS, Token, tokens_of

LONGEST_ANSWER = 5  # words, the little ones around left out
MENDED_FROM = 4  # letters
UNASKED_FROM = 6  # letters
WELL_KNOWN = 20_000  # inhabitants: « la garde » answers the question, « l'hôpital » does not
_BEFORE_A_DEPARTEMENT = [[word] for word in (*sorted(ARTICLES), "dans", "en")]


def place_answer(text: str, expected: bool) -> PlaceMention | None:
    """The place when the whole message is one, with or without « j'habite à »; None when there is more to read, or nothing.

    When the place was not asked for (`expected` False), only a bare name that is no ordinary word in small letters is taken.
    """
    every = tokens_of(text)
    tokens = _stripped(every)
    if not tokens or len(tokens) > LONGEST_ANSWER or not (expected or tokens == every):
        return None
    start, end = tokens[0].start, tokens[-1].end
    if expected and (code := _number_alone(text[start:end])):
        return PlaceMention(text[start:end], start, end, (gazetteer().departement_place(code),), departement=code)
    if expected and (postal := _short_postal(text[start:end])):
        return PlaceMention(text[start:end], start, end, tuple(find_places(code_postal=postal)), code_postal=postal)
    return None if find_codes(text) else _name_alone(text, every, tokens, expected)


def _short_postal(text: str) -> str | None:
    """« 2300 » for 02300: the first zero is often left out."""
    postal = "0" + text
    return postal if len(text) == 4 and text.isdigit() and postal in gazetteer().by_postal else None


def _stripped(tokens: list[Token]) -> list[Token]:
    """The tokens without the little words around them; the last one stays when all of them are little."""
    known, first, last = cues(), 0, len(tokens) - 1
    while first < last and known.has("answer_fillers", tokens[first].key):
        first += 1
    while last > first and known.has("answer_fillers", tokens[last].key):
        last -= 1
    return tokens[first : last + 1]


def _number_alone(text: str) -> str | None:
    return code_of_number(text) if len(text) >= 2 and text[0].isdigit() and len(text) <= 4 else None


def _name_alone(text: str, every: list[Token], tokens: list[Token], expected: bool) -> PlaceMention | None:
    start, end = tokens[0].start, tokens[-1].end
    key = "".join(token.key for token in tokens)
    before = [token.key for token in every if token.end <= start][-1:]
    departement = departement_keys().get(key)
    if departement and (before in _BEFORE_A_DEPARTEMENT or not rows_named(key)):
        if not expected and key in cues().words("departements_words"):
            return None
        return PlaceMention(text[start:end], start, end, (gazetteer().departement_place(departement),), departement=departement)
    article = before[0] if before and before[0] in ARTICLES else ""
    rows = gazetteer().ranked(rows_named(article + key) or rows_named(key))
    if rows and _may_be_named(tokens, key, before, rows, expected):
        return _of_places(text, start, end, tuple(gazetteer().place(row) for row in rows), True)
    if rows:
        return None
    return _mended(text, tokens, key) if expected else _mended_unasked(text, tokens, key)


def _may_be_named(tokens: list[Token], key: str, before: list[str], rows: list[int], expected: bool) -> bool:
    """False for a word that the person more likely means as a word: « oui », « ma mère », « à l'hôpital »."""
    known, word = cues(), len(tokens) == 1
    if len(key) == 1 or (key in ordinary_words() and not expected):
        return tokens[0].capital or known.has("seldom_a_word", key)
    if word and known.has("not_an_answer", key):
        return False
    if word and before and before[0] in ("ma", "mon", "notre"):
        return key not in ordinary_words()
    return not (word and known.has("not_a_place", key) and not tokens[0].capital and gazetteer().population[rows[0]] < WELL_KNOWN)


def _mended_unasked(text: str, tokens: list[Token], key: str) -> PlaceMention | None:
    """A misspelt town alone in a message that nobody asked for: long and near enough to leave little doubt."""
    if len(key) < UNASKED_FROM or not key.isalpha() or not misspelt_run(tokens, 0, len(tokens) - 1):
        return None
    rows = [row for row in mended_beside_preposition(key) if word_for_word(row, tokens)]
    return _of_places(text, tokens[0].start, tokens[-1].end, tuple(gazetteer().place(row) for row in gazetteer().ranked(rows)), False)


def _mended(text: str, tokens: list[Token], key: str) -> PlaceMention | None:
    known, start, end = cues(), tokens[0].start, tokens[-1].end
    if len(key) < MENDED_FROM or not key.isalpha() or (len(tokens) == 1 and key in ordinary_words()):
        return None
    inner = [token.key for token in tokens if token.key not in LINKS]
    if any(known.has(name, word) for word in inner for name in ("not_an_answer", "not_a_place", "stop")):
        return None
    if code := code_of_name(key):
        return PlaceMention(text[start:end], start, end, (gazetteer().departement_place(code),), departement=code, exact=False)
    return _of_places(text, start, end, tuple(find_places(key)), False)


def _of_places(text: str, start: int, end: int, places: tuple[Place, ...], exact: bool) -> PlaceMention | None:
    return PlaceMention(text[start:end], start, end, places, commune=places[0].nom, exact=exact) if places else None

"""Misspelt place names in a message: « à chony », « st quantin », « grenobe »."""

from __future__ import annotations

from functools import lru_cache

from bot.territory.cafs import routing
from bot.territory.cues import cues
from bot.territory.departements import code_of_name
from bot.territory.gazetteer import gazetteer
from bot.territory.near_names import towns, within
from bot.territory.scan import LONGEST_MISSPELT, NameFound, misspelt_run, runs_from
from bot.territory.spelling import ARTICLES, LINKS, Token, words_of
from bot.territory.standing import Standing, around

SHORTEST_MENDED = 4  # letters
LONGEST_TRIED = 24
SHORT_MESSAGE = 40  # characters
CITY = 20_000  # a city is recognised with one wrong letter anywhere in a sentence,
CITY_SERVED = 8_000  # in the départements of the Cafs of the catalogue a small one too
CITY_LETTERS = 6
MENDED_AFTER_PREPOSITION = 5_000  # « à X »: the misspelt town must be this big (served départements: a fifth)
INFINITIVE = ("er", "ir", "oir", "re", "ez")  # « à payer », « de partir »
LONGEST_INFINITIVE = 7  # letters; longer ones are told apart by the list of ordinary words
IN_A_DEPARTEMENT = ("en", "dans", "ds")


def mend(text: str, tokens: list[Token], taken: set[int], departements: list[str], expected: bool) -> list[NameFound]:
    """Misspelt names among the words not yet taken, left to right, without overlap.

    `departements` are those stated in the message: a name beside them is looked for among their communes. `expected` is True when
    the person has just been asked for the place: a misspelt name then needs no preposition.
    """
    found: list[NameFound] = []
    first = 0
    while first < len(tokens):
        name = None if first in taken else _mend_at(text, tokens, taken, first, departements, expected)
        if name:
            found.append(name)
        first = name.last + 1 if name else first + 1
    return found


def _mend_at(text: str, tokens: list[Token], taken: set[int], first: int, departements: list[str], expected: bool) -> NameFound | None:
    if cues().has("stop", tokens[first].key) and tokens[first].key not in ARTICLES:
        return None
    runs = [last for last in runs_from(text, tokens, taken, first, LONGEST_MISSPELT) if misspelt_run(tokens, first, last)]
    if not runs:
        return None
    mark = around(text, tokens, first)
    if mark.standing <= Standing.ELSEWHERE:
        return None
    if mark.preposition in IN_A_DEPARTEMENT:
        return _departement_at(tokens, first, runs)
    after_preposition = mark.preposition is not None and mark.standing >= Standing.INSTITUTION and mark.preposition != "a"
    place_word = expected or mark.written_a or after_preposition
    for last in runs:
        key = "".join(token.key for token in tokens[first : last + 1])
        if len(key) > LONGEST_TRIED:
            continue
        rows = _within_stated(key, departements, text) or _rows(key, mark.governed, place_word, tokens[first : last + 1])
        rows = [row for row in rows if word_for_word(row, tokens[first : last + 1])]
        if rows:
            return NameFound(first, last, key, tuple(gazetteer().ranked(rows)), exact=False)
    return None


def word_for_word(row: int, run: list[Token]) -> bool:
    """False when several words were glued to look like a name: each must begin as a word of the name does."""
    heard = [token.key for token in run if token.key not in LINKS]
    words = [word for word in words_of(gazetteer().names[row]) if word not in LINKS]
    return len(heard) < 2 or (
        len(words) > 1 and all(mine[0] == its[0] for mine, its in zip(heard, words, strict=False)) and len(heard) <= len(words)
    )


def _departement_at(tokens: list[Token], first: int, runs: list[int]) -> NameFound | None:
    """« en izère », « dans laisne »: after these words comes a département, never a commune."""
    for last in runs:
        key = "".join(token.key for token in tokens[first : last + 1])
        if code := code_of_name(key):
            return NameFound(first, last, key, (), code, exact=False)
    return None


def _within_stated(key: str, departements: list[str], text: str) -> list[int]:
    """Communes of the stated départements near to the key; in a long message only long words are compared, and closely."""
    short = len(text) <= SHORT_MESSAGE
    if len(key) < SHORTEST_MENDED or (not short and len(key) < CITY_LETTERS):
        return []
    return [row for code in departements for row in within(code).nearest(key, 2 if short or len(key) >= 8 else 1)]


def _rows(key: str, loose: bool, after_place_word: bool, run: list[Token]) -> list[int]:
    if loose and len(key) >= SHORTEST_MENDED:
        return towns().nearest(key)
    if run[0].key in ("saint", "sainte") and len(run) > 1:
        return [row for row in towns().nearest(key, 2) if gazetteer().keys[row].startswith("saint")]
    return mended_beside_preposition(key) if after_place_word else mended_anywhere(key)


def mended_beside_preposition(key: str) -> list[int]:
    """Towns that « à X » may mean when X is misspelt; an ordinary word must be kept out by the caller."""
    if len(key) < SHORTEST_MENDED or (len(key) <= LONGEST_INFINITIVE and key.endswith(INFINITIVE)):
        return []
    return [row for row in towns().nearest(key, 1 if len(key) < 9 else 2) if _known_enough(row, MENDED_AFTER_PREPOSITION)]


def _known_enough(row: int, needed: int) -> bool:
    names = gazetteer()
    served = names.departement(row) in routing().caf_of_departement
    return names.population[row] >= (needed // 5 if served else needed)


@lru_cache(maxsize=1)
def _city_forms() -> dict[str, int]:
    """Each city under its key with one letter taken out, the whole key included."""
    forms: dict[str, int] = {}
    names = gazetteer()
    for row, population in enumerate(names.population):
        needed = CITY_SERVED if names.departement(row) in routing().caf_of_departement else CITY
        if population >= needed and row not in names.old and len(names.keys[row]) >= CITY_LETTERS:
            for form in _less_one(names.keys[row]):
                if names.population[forms.setdefault(form, row)] < population:
                    forms[form] = row
    return forms


def _less_one(key: str) -> list[str]:
    return [key, *(key[:index] + key[index + 1 :] for index in range(len(key)))]


def mended_anywhere(key: str) -> list[int]:
    """The city one letter away from the key (one too many, one missing, one wrong, two swapped), by look-ups only."""
    forms = _city_forms()
    for form in _less_one(key) if len(key) >= CITY_LETTERS else ():
        if (row := forms.get(form)) is not None and gazetteer().keys[row][0] == key[0]:
            return [row]
    return []

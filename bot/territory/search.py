"""From a commune, a postal code or a département to the places that fit."""

from __future__ import annotations

import re

from bot.territory.departements import code_of_postal, departement_code
from bot.territory.gazetteer import gazetteer
from bot.territory.near_names import towns, within
from bot.territory.place import Place
from bot.territory.spelling import key_of

SHORT_AGAINST_FULL = 3  # a shortened name rivals a full one from a third of its population,
SHORT_RIVAL = 10_000  # and only from this size: who lives in Clichy-sous-Bois says « Clichy », who lives in a hamlet of that kind does not


def rows_named(key: str) -> list[int]:
    """Rows that bear a name, in full or cut short, every homonym included."""
    names = gazetteer()
    full, short = names.rows(key), towns().short.get(key, [])
    if not full:
        return list(short)
    biggest = max(names.population[row] for row in full)
    rivals = (row for row in short if names.population[row] >= max(SHORT_RIVAL, biggest / SHORT_AGAINST_FULL))
    return [*full, *rivals]


def rows_within(key: str, departement: str) -> list[int]:
    """Rows of one département for a name in full, else cut short; ranked, empty when none fits."""
    names = gazetteer()
    full = [row for row in names.rows(key) if names.departement(row) == departement]
    return names.ranked(full or within(departement).short.get(key, []))


def postal_digits(text: str) -> str | None:
    """The five figures of a postal code, spaces left out; None when they are not five."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) == 5 else None


def departements_of_postal(postal: str) -> list[str]:
    """Départements of the communes that bear a postal code, or the one its first figures say (CEDEX)."""
    names = gazetteer()
    codes = list(dict.fromkeys(names.departement(row) for row in names.ranked(names.by_postal.get(postal, ()))))
    code = code_of_postal(postal)
    return codes or ([code] if code else [])


def _places(rows: list[int]) -> list[Place]:
    return [gazetteer().place(row) for row in rows]


def _of_postal(postal: str) -> list[Place]:
    names = gazetteer()
    rows = names.ranked(names.by_postal.get(postal, ()))
    rows = [row for row in rows if row not in names.old] or rows
    if len(rows) == 1:
        return _places(rows)
    return [names.departement_place(code) for code in departements_of_postal(postal)]


def _of_commune_in(key: str, postal: str | None, departements: list[str]) -> list[Place]:
    names = gazetteer()
    in_code = set(names.by_postal.get(postal or "", ()))
    found = [row for code in departements for row in rows_within(key, code)]
    found = found or ([] if key in names else [row for code in departements for row in within(code).nearest(key)])
    return _places([row for row in found if row in in_code] or found)


def find_places(commune: str | None = None, code_postal: str | None = None, departement: str | None = None) -> list[Place]:
    """The places that fit what is known, best first; several mean that the person must be asked, none that nothing fits.

    A postal code or a département alone gives one whole département (`insee` None), or the only commune of the code. A commune that
    is not where the code or the département says gives both readings. Names may be misspelt, cut short, without accents.
    """
    postal = postal_digits(code_postal) if code_postal else None
    code = departement_code(departement) if departement else None
    codes = departements_of_postal(postal) if postal else [code] if code else []
    key = key_of(commune) if commune else ""
    if not key:
        return _of_postal(postal) if postal else [gazetteer().departement_place(code) for code in codes]
    if codes:
        found = _of_commune_in(key, postal, codes)
        return found or _places(named_anywhere(key)) + [gazetteer().departement_place(code) for code in codes]
    return _places(named_anywhere(key))


def named_anywhere(key: str) -> list[int]:
    """Ranked rows for a name in full, cut short or misspelt, in the whole of France."""
    return gazetteer().ranked(rows_named(key)) or towns().nearest(key)

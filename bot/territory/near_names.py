"""Short and misspelt names: « Bourgoin » for Bourgoin-Jallieu, « chony » for Chauny."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log10

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.territory.cafs import routing
from bot.territory.gazetteer import Gazetteer, gazetteer
from bot.territory.spelling import ARTICLES, sound_of, words_of

TOWN = 2000  # from this population a name may be recognised misspelt without knowing its département
SHORTENED_TOWN = 5000  # the same for a name cut short, a riskier guess
VILLAGE_SERVED = 200  # in the départements of the Cafs of the catalogue, villages too
COST_OF_A_LETTER = 2.0  # against log10 of the population: one more wrong letter needs a town a hundred times bigger
SAME_SOUND_COST = 1.0
FIRST_LETTER_MAY_BE_WRONG = 8  # letters; below, a wrong first letter must be the only fault
TIE = 0.5  # readings closer than this are all kept, and the person is asked


def tolerance(length: int) -> int:
    """Wrong letters accepted in a key of this length."""
    return 0 if length <= 4 else 1 if length <= 6 else 2 if length <= 11 else 3


def short_key(words: list[str]) -> str:
    """The first name of a compound one, without article: `aulnay` for Aulnay-sous-Bois; empty when the name is not compound."""
    start = 1 if len(words) > 1 and words[0] in ARTICLES else 0
    end = start + (2 if words[start].startswith("saint") and len(words[start]) <= 7 else 1)
    short = "".join(words[start:end])
    return short if end < len(words) and len(short) >= 4 else ""


class NearNames:
    """A set of communes searched by short name, by sound and by distance in letters."""

    def __init__(self, names: Gazetteer, rows: Iterable[int], shortened_from: int) -> None:
        """Index the rows; a name may be cut short from `shortened_from` inhabitants (served villages: a fifth of it)."""
        self._names = names
        self.short: dict[str, list[int]] = {}
        self._rows_of: dict[str, list[int]] = {}
        served = routing().caf_of_departement
        for row in rows:
            self._rows_of.setdefault(names.keys[row], []).append(row)
            needed = shortened_from // 5 if names.departement(row) in served else shortened_from
            if names.population[row] >= needed and (key := short_key(words_of(names.names[row]))):
                self.short.setdefault(key, []).append(row)
        for key, found in self.short.items():
            self._rows_of.setdefault(key, []).extend(found)
        self._index()

    def _index(self) -> None:
        self._by_length: dict[int, list[str]] = {}
        self._by_sound: dict[str, list[str]] = {}
        keys = list(self._rows_of)
        for key, sound in zip(keys, sound_of("\n".join(keys)).split("\n"), strict=True):
            self._by_length.setdefault(len(key), []).append(key)
            if len(sound) >= 3:
                self._by_sound.setdefault(sound, []).append(key)

    def nearest(self, key: str, most: int | None = None) -> list[int]:
        """Rows whose name is written or sounds like this key, best first; several only when they are as likely as each other.

        `most` bounds the wrong letters below the ordinary tolerance.
        """
        costs: dict[int, float] = {}
        for near, letters in self._candidates(key, most).items():
            for row in self._rows_of[near]:
                weight = letters * COST_OF_A_LETTER - log10(self._names.population[row] + 10)
                costs[row] = min(weight, costs.get(row, weight))
        ordered = sorted(costs, key=lambda row: (costs[row], row))
        return [row for row in ordered if costs[row] <= costs[ordered[0]] + TIE]

    def _candidates(self, key: str, most: int | None) -> dict[str, float]:
        found: dict[str, float] = {}
        for length in range(len(key) - 3, len(key) + 4):
            limit = tolerance(max(length, len(key)))
            limit = limit if most is None else min(limit, most)
            if limit and abs(length - len(key)) <= limit and length in self._by_length:
                near = extract(key, self._by_length[length], scorer=OSA.distance, score_cutoff=limit, limit=None)
                found.update((name, float(letters)) for name, letters, _ in near)
        if len(key) < FIRST_LETTER_MAY_BE_WRONG:
            found = {name: cost for name, cost in found.items() if name[0] == key[0] or cost <= 1}
        for name in self._by_sound.get(sound_of(key), ()):
            if name[0] == key[0] or name in found:
                found[name] = min(SAME_SOUND_COST, found.get(name, SAME_SOUND_COST))
        return found


@lru_cache(maxsize=1)
def towns() -> NearNames:
    """The towns of France and the villages of the served départements."""
    names, served = gazetteer(), routing().caf_of_departement
    rows = [
        row
        for row, population in enumerate(names.population)
        if population >= TOWN or (population >= VILLAGE_SERVED and names.departement(row) in served)
    ]
    return NearNames(names, rows, SHORTENED_TOWN)


@lru_cache(maxsize=16)
def within(departement: str) -> NearNames:
    """Every commune of one département, any of which may be cut short."""
    names = gazetteer()
    return NearNames(names, names.by_departement.get(departement, ()), 0)

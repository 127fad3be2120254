"""The communes of France in memory, found by key, postal code or département."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from bot import settings
from bot.territory.cafs import routing
from bot.territory.place import Place
from bot.territory.spelling import fold, key_of

FOLDER = settings.ROOT / "data" / "territory"
DOMINANT_POPULATION = 20_000
DOMINANT_RATIO = 20  # a town is meant without question when no homonym reaches a twentieth of its population
_ARTICLES = ("Le ", "La ", "Les ", "L'")
_NOT_IN_KEY = str.maketrans("", "", "-' ")


def departement_of(insee: str) -> str:
    """Code of the département of an INSEE code: two characters, three overseas."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


class Gazetteer:
    """Rows of communes.tsv as parallel columns; a commune is known by its row number. Old names are rows too."""

    def __init__(self, communes: Path, departements: Path, usual_names: Path) -> None:
        """Read the three files (about 100 ms, 20 MB)."""
        lines = departements.read_text(encoding="utf-8").splitlines()[1:]
        self.departements: dict[str, str] = dict(line.split("\t") for line in lines)
        self.by_postal: dict[str, list[int]] = {}
        self._read_communes(communes.read_text(encoding="utf-8"))
        self._weigh_old_names()
        self._index()
        self._read_usual_names(usual_names.read_text(encoding="utf-8"))

    def _read_communes(self, text: str) -> None:
        # Cells in one flat list, then a column by slicing: 37,000 small lists would cost more than all the rest.
        cells = text.partition("\n")[2].rstrip("\n").replace("\n", "\t").split("\t")
        columns = [cells[start::5] for start in range(5)]
        self.insee = columns[0]
        self.names = [name.partition(" (")[0] if "(" in name else name for name in columns[1]]
        self.old = {row for row, sorte in enumerate(columns[2]) if sorte}
        self.population = array("l", [int(value) if value else 0 for value in columns[4]])
        for row, postal in enumerate(columns[3]):
            for code in postal.split():
                self.by_postal.setdefault(code, []).append(row)

    def _weigh_old_names(self) -> None:
        # Their population is not in the list: an equal share of their commune is enough to put homonyms in order.
        self.present = dict(zip(reversed(self.insee), range(len(self.insee) - 1, -1, -1), strict=True))  # the first row of each code
        share = Counter(self.insee[row] for row in self.old)
        for row in self.old:
            if not self.population[row]:
                insee = self.insee[row]
                self.population[row] = self.population[self.present[insee]] // (share[insee] + 1)

    def _index(self) -> None:
        # One pass over all the names: folding them one by one would cost ten times more.
        self.keys: list[str] = fold("\n".join(self.names)).translate(_NOT_IN_KEY).split("\n")
        self._row_of_key: dict[str, int] = dict(zip(self.keys, range(len(self.keys)), strict=True))
        self._rows_of_key: dict[str, list[int]] = {}  # the keys that lead to several rows only: 37,000 lists would be slow to make
        for row, key in enumerate(self.keys):
            if self._row_of_key[key] != row:
                self._add_key(key, row)
        for row, name in enumerate(self.names):
            if name.startswith(_ARTICLES):
                self._add_key(self.keys[row][3 if name[2] == "s" else 1 if name[1] == "'" else 2 :], row)

    def _add_key(self, key: str, row: int) -> None:
        first = self._row_of_key.setdefault(key, row)
        if first != row:
            self._rows_of_key.setdefault(key, [first]).append(row)

    def rows(self, key: str) -> list[int]:
        """Rows of the communes that bear this key as official, usual or old name, article optional."""
        if (several := self._rows_of_key.get(key)) is not None:
            return several
        row = self._row_of_key.get(key)
        return [] if row is None else [row]

    def __contains__(self, key: str) -> bool:
        """True when some commune bears this key."""
        return key in self._row_of_key

    def _read_usual_names(self, text: str) -> None:
        """Names that people use and the official list does not have lead to the present commune."""
        for line in text.splitlines()[1:]:
            if line.startswith("#"):
                continue
            name, insee = line.split("\t")
            if insee not in self.present:
                raise ValueError(f"noms_usuels.tsv: {name}: no commune has the INSEE code {insee}; write its present code")
            self._add_key(key_of(name), self.present[insee])

    @cached_property
    def by_departement(self) -> dict[str, list[int]]:
        """Rows of each département."""
        rows: dict[str, list[int]] = {}
        for row in range(len(self.names)):
            rows.setdefault(self.departement(row), []).append(row)
        return rows

    def departement(self, row: int) -> str:
        """Code of the département of a row."""
        return departement_of(self.insee[row])

    def place(self, row: int) -> Place:
        """The place of a row: an old name keeps its name, with the code of the commune it now belongs to."""
        code, name = self.departement(row), self.names[row]
        route = routing()
        return Place(name, self.insee[row], code, self.departements[code], route.caf(code), route.territoire(code, name))

    def departement_place(self, code: str) -> Place:
        """A whole département as a place. KeyError when the code is unknown."""
        name = self.departements[code]
        return Place(name, None, code, name, routing().caf(code), None)

    def ranked(self, rows: Iterable[int]) -> list[int]:
        """Rows by population, each commune once, cut to the first when it dwarfs its homonyms."""
        ordered = sorted(set(rows), key=lambda row: (-self.population[row], self.insee[row], row))
        seen: set[str] = set()
        unique = [row for row in ordered if not (self.insee[row] in seen or seen.add(self.insee[row]))]  # type: ignore[func-returns-value]
        if len(unique) > 1:
            first, second = (self.population[row] for row in unique[:2])
            if first >= DOMINANT_POPULATION and first >= DOMINANT_RATIO * second:
                return unique[:1]
        return unique


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of France, loaded at the first question."""
    return Gazetteer(FOLDER / "communes.tsv", FOLDER / "departements.tsv", FOLDER / "noms_usuels.tsv")

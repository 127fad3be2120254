"""The words around a name that tell what it is: read once from data/territory."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from bot import settings

FOLDER = settings.ROOT / "data" / "territory"


class Cues:
    """Sets of folded words, by the names of contexte.yml; `word in cues[name]` accepts words listed with a final `*`."""

    def __init__(self, path: Path) -> None:
        """Read contexte.yml; the base loader keeps « on » and « y » as words, not booleans."""
        self._sets: dict[str, frozenset[str]] = {}
        self._starts: dict[str, tuple[str, ...]] = {}
        for name, words in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).items():
            self._sets[name] = frozenset(word for word in words if not word.endswith("*"))
            self._starts[name] = tuple(word[:-1] for word in words if word.endswith("*"))

    def has(self, name: str, word: str) -> bool:
        """True when the list `name` holds the word."""
        return word in self._sets[name] or (bool(self._starts[name]) and word.startswith(self._starts[name]))

    def words(self, name: str) -> frozenset[str]:
        """The whole words of the list `name`."""
        return self._sets[name]

    def any(self, name: str, words: list[str]) -> bool:
        """True when the list `name` holds one of the words."""
        return any(self.has(name, word) for word in words)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues of French."""
    return Cues(FOLDER / "contexte.yml")


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Keys that are ordinary French words or first names before they are places, misspelt places included."""
    lines = (FOLDER / "mots_courants.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split()) | cues().words("first_names")

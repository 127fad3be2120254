"""Short answers on the social work of the Caf, read from connaissances.yml, and the one that fits a question best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from bot import settings
from bot.catalog.marks import read_yaml
from bot.nlu.normalise import normalise

CLOSE_ENOUGH = 62  # of 100; below, the general answer is more honest than a wrong one
EMPTY_WORDS = frozenset(
    re.split(
        " ",
        "c est quoi que qu ce je j ai me mon ma mes vous votre vos le la les l un une des de du d et ou a au aux en y "
        "il elle on ca sa se s pour par avec dans sur qui",
    )
)


@dataclass(frozen=True)
class Knowledge:
    """One answer: how it is asked, its text, who may read it, where it comes from, and its age when it must be said."""

    id: str
    title: str
    questions: tuple[str, ...]
    text: str
    audiences: tuple[str, ...]
    cafs: tuple[str, ...] | None  # None: every Caf
    sources: tuple[str, ...]
    age: str | None


@lru_cache(maxsize=2)
def load_knowledge(folder: Path | None = None) -> tuple[Knowledge, ...]:
    """Every answer of the file. Raises CatalogueError when it cannot be read."""
    entries = read_yaml((folder or settings.catalog_dir()) / "connaissances.yml")["connaissances"]
    return tuple(
        Knowledge(
            id=entry["id"],
            title=entry["titre"],
            questions=tuple(entry["questions"]),
            text=entry["texte"],
            audiences=tuple(entry["audiences"]),
            cafs=None if entry["cafs"] == "all" else tuple(entry["cafs"]),
            sources=tuple(entry["sources"]),
            age=entry["age"],
        )
        for entry in entries
    )


def best_answer(question: str, audience: str, caf: str | None) -> Knowledge | None:
    """The answer whose questions are nearest to this one, among those for this audience and Caf; None when none is near enough."""
    open_to = [item for item in load_knowledge() if audience in item.audiences and (item.cafs is None or caf in item.cafs)]
    asked = {(item.id, number): _key(text) for item in open_to for number, text in enumerate((*item.questions, item.title))}
    found = process.extractOne(_key(question), asked, scorer=fuzz.token_set_ratio, score_cutoff=CLOSE_ENOUGH)
    return next(item for item in open_to if item.id == found[2][0]) if found else None


def _key(text: str) -> str:
    """The words that count, in plain form."""
    return " ".join(word for word in normalise(text).split() if word not in EMPTY_WORDS)

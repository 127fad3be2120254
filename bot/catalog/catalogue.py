"""The whole catalogue, read from its folder once, with the hash of what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import settings
from bot.catalog.marks import read_yaml
from bot.catalog.read_caf import read_caf
from bot.catalog.read_words import (
    read_document,
    read_door,
    read_fact,
    read_holds,
    read_number,
    read_parameter,
    read_question,
    read_situation,
    read_untold,
)
from bot.catalog.reader import Fault, Reader, did_you_mean
from bot.catalog.records import (
    Caf,
    Contact,
    Document,
    Door,
    EmergencyNumber,
    FactSpec,
    Hold,
    Offer,
    Parameter,
    Question,
    Situation,
    Text,
    Untold,
)
from bot.errors import BadInput, CatalogueError

SHARED = ("facts", "questions", "parameters", "documents", "situations", "doors", "numeros")


@dataclass
class Catalogue:
    """Facts, questions, parameters, documents, Cafs and offers, as the files say them."""

    folder: Path
    version: str
    facts: dict[str, FactSpec]
    test_texts: dict[str, str]
    questions: dict[str, Question]
    holds: tuple[Hold, ...]
    untold: tuple[Untold, ...]
    parameters: dict[str, Parameter]
    documents: dict[str, Document]
    situations: dict[str, Situation]
    doors: dict[str, Door]
    numbers: dict[str, EmergencyNumber]
    cafs: dict[str, Caf]
    offers: dict[str, Offer] = field(init=False)
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)  # what the engine compiles from it

    def __post_init__(self) -> None:
        self.offers = {offer.id: offer for caf in self.cafs.values() for offer in caf.offers.values()}

    def caf(self, caf_id: str) -> Caf:
        """The Caf of that id. Raises BadInput when no file describes it."""
        if caf_id not in self.cafs:
            raise BadInput(f"unknown Caf {caf_id!r}: use one of {', '.join(self.cafs)}")
        return self.cafs[caf_id]

    def offer(self, offer_id: str) -> Offer:
        """The offer of that id. Raises BadInput when no file holds it."""
        if offer_id not in self.offers:
            raise BadInput(f"unknown offer {offer_id!r}. {did_you_mean(offer_id, self.offers)}")
        return self.offers[offer_id]

    def contacts(self, caf_id: str, audience: str) -> tuple[Contact, ...]:
        """The contact points of a Caf that this audience may see."""
        return tuple(contact for contact in self.caf(caf_id).contacts.values() if audience in contact.audiences)

    def notice(self, offer_id: str) -> str | None:
        """The caution that every answer on this offer must say (old document), or None."""
        offer = self.offer(offer_id)
        caf = self.cafs[offer.caf]
        return caf.notice or self.documents[caf.document].notice

    def not_yet_step(self, fact: str) -> str:
        """What the family has to do when only this step towards the Caf is missing."""
        return self.facts[fact].step


def read_folder(folder: Path) -> tuple[Catalogue, list[Fault]]:
    """The catalogue of `folder` and the faults of its structure. Raises CatalogueError when a file is not YAML at all."""
    faults: list[Fault] = []
    shared = {name: Reader(f"{name}.yml", read_yaml(folder / f"{name}.yml"), faults, "") for name in SHARED}
    facts_reader, questions_reader = shared["facts"], shared["questions"]
    labels = {str(key): str(value) for key, value in (questions_reader.node.get("labels") or {}).items()}
    by_name = {name: dict(reader.entries()) for name, reader in shared.items() if name not in ("facts", "questions")}
    cafs = [read_caf(Reader(path.name, read_yaml(path), faults, path.stem)) for path in caf_files(folder)]
    catalogue = Catalogue(
        folder=folder,
        version=content_hash(folder),
        facts={name: read_fact(name, child) for name, child in facts_reader.children("facts")},
        test_texts={str(key): str(value) for key, value in (facts_reader.node.get("tests") or {}).items()},
        questions={
            name: read_question(name, order, labels, child) for order, (name, child) in enumerate(questions_reader.children("questions"))
        },
        holds=read_holds(questions_reader, questions_reader.node.get("holds")),
        untold=read_untold(questions_reader, questions_reader.node.get("untold")),
        parameters={name: read_parameter(name, child) for name, child in by_name["parameters"].items()},
        documents={name: read_document(name, child) for name, child in by_name["documents"].items()},
        situations={name: read_situation(name, child) for name, child in by_name["situations"].items()},
        doors={name: read_door(name, child) for name, child in by_name["doors"].items()},
        numbers={name: read_number(name, child) for name, child in by_name["numeros"].items()},
        cafs={caf.id: caf for caf in cafs},
    )
    return catalogue, faults


def caf_files(folder: Path) -> list[Path]:
    """The files of the Cafs: every YAML file of the folder that is not shared."""
    return sorted(path for path in folder.glob("*.yml") if path.stem not in SHARED)


def content_hash(folder: Path) -> str:
    """SHA-256 of the names and contents of the catalogue files, in hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _cached(folder: Path) -> Catalogue:
    catalogue, faults = read_folder(folder)
    if faults:
        more = f" ({len(faults) - 1} more: repere offers check)" if len(faults) > 1 else ""
        raise CatalogueError(f"{faults[0]}{more}")
    return catalogue


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue of `folder` (default: the configured one), read once. Raises CatalogueError naming file, line and mend."""
    return _cached(folder or settings.catalog_dir())


__all__ = ["Catalogue", "Text", "caf_files", "content_hash", "load_catalogue", "read_folder"]

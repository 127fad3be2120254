"""Simulated people who write what must not be kept, then a search of everything that was written on the disk.

Each has a name, phone, mail, NIR, allocataire number and address of their own; one in four tells violence. What identifies may only be
in the request, its draft and its changes; NIR, addresses and violence nowhere; logs and mails hold nothing of it.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
from stdnum.fr import nir

from bot import clock
from tests.conversation.persona import Persona
from tests.conversation.simulate import AUDIENCES, Outcome, Simulation

# Where a detail given for a request may be.
ALLOWED = frozenset({"contact_requests", "drafts", "request_changes"})
VIOLENCE = ("mon conjoint m'a frappée avec un tisonnier, j'ai peur de rentrer", "hier il a cassé la porte avec une quenouille")
VIOLENT_WORDS = ("tisonnier", "quenouille")
SYLLABLES = ("bra", "cor", "dul", "fen", "gim", "jov", "kel", "lup", "mirt", "nax")


@dataclass(frozen=True)
class Plants:
    """What one person writes, and the forms in which it might be kept."""

    seed: int

    @property
    def name(self) -> str:
        """A family name that nobody else has, in letters."""
        return "Zyg" + "".join(SYLLABLES[int(figure)] for figure in f"{self.seed:03d}")

    @property
    def first_name(self) -> str:
        """A first name that nobody else has."""
        return "Quent" + "".join(SYLLABLES[int(figure)] for figure in f"{self.seed:03d}")

    @property
    def phone(self) -> str:
        """In the range kept for fiction."""
        return f"06 39 98 {self.seed // 100:02d} {self.seed % 100:02d}"

    @property
    def mail(self) -> str:
        """Its own address."""
        return f"plante.{self.seed:03d}@courrier-fictif.fr"

    @property
    def number(self) -> str:
        """Allocataire number."""
        return f"{7_654_000 + self.seed}"

    @property
    def nir(self) -> str:
        """Social security number, with its right key."""
        bare = f"2850578006{self.seed:03d}"
        return bare + nir.calc_check_digits(bare)

    @property
    def address(self) -> str:
        """Where they live."""
        return f"{self.seed + 1} rue des Glaïeuls Violets"

    def identity(self) -> dict[str, tuple[str, ...]]:
        """What may be in a request only: each kind with its forms, in lower case."""
        digits = self.phone.replace(" ", "")
        phones = (digits, f"+33{digits[1:]}", self.phone, self.phone.replace(" ", "."))
        return {
            "nom": (self.name.lower(),),
            "prénom": (self.first_name.lower(),),
            "téléphone": phones,
            "mail": (self.mail,),
            "numéro allocataire": (self.number,),
        }

    def never(self) -> dict[str, tuple[str, ...]]:
        """What may be nowhere."""
        return {"nir": (self.nir, self.nir[:13]), "adresse": ("glaïeuls violets", "gla\\u00efeuls violets")}

    def unasked(self) -> Iterator[str]:
        """What they write before anybody asks."""
        spaced = " ".join((self.nir[0], self.nir[1:3], self.nir[3:5], self.nir[5:7], self.nir[7:10], self.nir[10:13], self.nir[13:]))
        yield f"je m'appelle {self.first_name} {self.name}, mon numéro c'est le {self.phone} et mon mail {self.mail}"
        yield f"mon numéro de sécu est {spaced}, mon numéro allocataire {self.number}, j'habite {self.address}"


class Planted(Simulation):
    """A simulated person who gives their own details when asked, and some before."""

    def __init__(self, client: httpx.Client, persona: Persona) -> None:
        """Open the conversation."""
        super().__init__(client, persona)
        self.plants = Plants(persona.seed)

    def run(self) -> Outcome:
        """Say what happens, then what nobody asked, then go on as anybody."""
        self._send(VIOLENCE[0] if self.persona.seed % 4 == 1 else self.persona.opening())
        for text in (*self.plants.unasked(), *(VIOLENCE[1:] if self.persona.seed % 4 == 1 else ())):
            self._send(text)
        for _ in range(30):
            if self.person.ask is None or self.outcome.faults:
                break
            self._next()
        return self.outcome

    def _check(self) -> None:
        """What is answered is looked at by the other simulation."""

    def _detail(self, ask: str) -> None:
        own = {
            "nom": self.plants.name,
            "prenom": self.plants.first_name,
            "telephone": self.plants.phone,
            "email": self.plants.mail,
            "numero_allocataire": self.plants.number,
            "partenaire_nom": self.plants.name,
            "partenaire_contact": self.plants.mail,
        }
        if ask in own:
            self._send(own[ask])
        else:
            super()._detail(ask)


@dataclass
class Found:
    """Where planted values were: counts by kind and place. `wrong` must be empty; `right` shows that the search finds."""

    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)


def play(base_url: str, seeds: Iterable[int], today: date, workers: int = 2) -> list[Outcome]:
    """Play the conversations of these seeds; the audiences take turns."""

    def one(seed: int) -> Outcome:
        with httpx.Client(base_url=base_url, timeout=30, trust_env=False) as client:
            return Planted(client, Persona(seed, AUDIENCES[seed % 3], today)).run()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, seeds))


def search(var: Path, seeds: Iterable[int]) -> Found:
    """Look for every planted value in the tables, in the raw files of the database, in the logs and in the mails."""
    plants, found = [Plants(seed) for seed in seeds], Found()
    for table, text in _tables(var):
        _look(found, plants, text, table, allowed=table in ALLOWED)
    for path in sorted(path for path in var.rglob("*") if path.is_file()):
        text = _text(path.read_bytes())
        if path.name.startswith("repere.db"):  # requests are in there: only what may be nowhere is searched
            _look_for(found.wrong, {**_merged(plants, never=True), "violence": VIOLENT_WORDS}, text, path.name)
        else:
            _look(found, plants, text, str(path.relative_to(var)), allowed=False)
    return found


def _look(found: Found, plants: list[Plants], text: str, place: str, *, allowed: bool) -> None:
    """Count what a place holds, as right or wrong."""
    _look_for(found.right if allowed else found.wrong, _merged(plants, never=False), text, place)
    _look_for(found.wrong, {**_merged(plants, never=True), "violence": VIOLENT_WORDS}, text, place)


def _look_for(counts: Counter[tuple[str, str]], needles: dict[str, Iterable[str]], text: str, place: str) -> None:
    """Count the needles of each kind that a text holds."""
    for kind, forms in needles.items():
        hits = sum(form in text for form in forms)
        if hits:
            counts[kind, place] += hits


def _merged(plants: list[Plants], *, never: bool) -> dict[str, Iterable[str]]:
    """The forms of all these people, by kind."""
    merged: dict[str, set[str]] = {}
    for one in plants:
        for kind, forms in (one.never() if never else one.identity()).items():
            merged.setdefault(kind, set()).update(forms)
    return dict(merged)


def _tables(var: Path) -> Iterator[tuple[str, str]]:
    """Each table of the database with all its cells as one text in lower case."""
    connection = sqlite3.connect(f"file:{var / 'repere.db'}?mode=ro", uri=True)
    try:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            rows = connection.execute(f'select * from "{name}"')
            cells = (str(cell) for row in rows for cell in row if not isinstance(cell, float))  # the decimals of a confidence
            yield name, _plain("\n".join(cells))
    finally:
        connection.close()


def _text(content: bytes) -> str:
    """Bytes as searchable text."""
    return _plain(content.decode("utf-8", "ignore"))


# « …:27.654012 » is the time of a row, not the number 7654012.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ t]\d\d:\d\d:\d\d(?:\.\d+)?")


def _plain(text: str) -> str:
    """Lower case; figures that only spaces, dots or dashes separate are put together as well, so that no writing hides a number."""
    lower = _INSTANT.sub(" ", text.lower())
    return lower + "\n" + re.sub(r"(?<=\d)[ .\-](?=\d)", "", lower)


def erase_everything(var: Path) -> int:
    """Erase every request and draft as `repere requests erase` does; returns how many requests. The raw files must then hold nothing."""
    os.environ["REPERE_DATABASE_URL"], os.environ["REPERE_VAR"] = f"sqlite:///{var / 'repere.db'}", str(var)
    from bot.database import session_scope
    from bot.database.models import ContactRequest, Draft
    from bot.requests.erasure import erase_request

    with session_scope() as session:
        requests = list(session.query(ContactRequest))
        for request in requests:
            erase_request(session, request, clock.now())
        session.query(Draft).delete()
    connection = sqlite3.connect(var / "repere.db", timeout=10)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what the log of SQLite still held is written over too
    finally:
        connection.close()
    return len(requests)


def left(var: Path, seeds: Iterable[int]) -> Counter[tuple[str, str]]:
    """What the raw files still hold of anybody, after erasing."""
    plants = [Plants(seed) for seed in seeds]
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(path for path in var.rglob("*") if path.is_file()):
        needles = {**_merged(plants, never=False), **_merged(plants, never=True), "violence": VIOLENT_WORDS}
        _look_for(counts, needles, _text(path.read_bytes()), str(path.relative_to(var)))
    return counts


def report(outcomes: list[Outcome], found: Found, erased: int, rest: Counter[tuple[str, str]], today: date, seconds: float) -> str:
    """The report, in French for the team."""
    lines = ["# Recherche de données personnelles", "", f"Le {today.isoformat()}, {len(outcomes)} conversations, {seconds:.0f} secondes."]
    violent = sum(outcome.seed % 4 == 1 for outcome in outcomes)
    lines += [
        "",
        "Chaque personne simulée écrit un nom, un prénom, un téléphone, un mail, un NIR, un numéro allocataire et une adresse à elle,",
        f"avant qu'on les demande puis quand on les demande. {violent} racontent des violences. Ensuite tout le disque est lu :",
        "tables, fichiers bruts de la base, journaux, dossier des mails.",
        "",
        "| où ils ne doivent pas être | trouvés |",
        "|---|---|",
        *(f"| {kind} dans {place} | {count} |" for (kind, place), count in sorted(found.wrong.items())),
        *([] if found.wrong else ["| partout | 0 |"]),
        "",
        "| où ils peuvent être (demandes, brouillons, changements) | trouvés |",
        "|---|---|",
        *(f"| {kind} dans {place} | {count} |" for (kind, place), count in sorted(found.right.items())),
        "",
        f"Après l'effacement des {erased} demandes et des brouillons, les fichiers bruts en gardent : {sum(rest.values())}.",
        *(f"- {kind} dans {place} : {count}" for (kind, place), count in sorted(rest.items())),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Command line: play against a running assistant, search its folder, erase, search again. Exit 1 when something is found."""
    parser = argparse.ArgumentParser(description="Planted personal data, then a search of what was kept")
    parser.add_argument("--server", default="http://127.0.0.1:8080", help="address of the public door")
    parser.add_argument("--var", type=Path, required=True, help="REPERE_VAR of that assistant: its requests will be ERASED at the end")
    parser.add_argument("--count", type=int, default=200, help="conversations to play, at most 1000")
    parser.add_argument("--report", type=Path, help="file of the report")
    options = parser.parse_args()
    start, today, seeds = time.monotonic(), clock.today(), range(min(options.count, 1000))
    outcomes = play(options.server, seeds, today)
    time.sleep(5)  # the mails of the last requests
    found = search(options.var, seeds)
    erased = erase_everything(options.var)
    rest = left(options.var, seeds)
    text = report(outcomes, found, erased, rest, today, time.monotonic() - start)
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    print(text)
    return 1 if found.wrong or rest or not found.right else 0


if __name__ == "__main__":
    sys.exit(main())

"""Simulated conversations through HTTP: each must end in a request, an answer or a clear way out, and contradict nothing."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from bot import clock
from bot.catalog import load_catalogue
from bot.eligibility import evaluate
from tests.conftest import Person
from tests.conversation.persona import Persona

AUDIENCES = ("allocataire", "partenaire", "agent")
MAX_TURNS = 45
DOORS = ("3230", "3919", "3114", "119", "caf.fr", "Autres portes", "Service social du Département")
NAMES = ("Exemple", "Modele", "Fictif", "Camille", "Dominique", "Sacha", "Charlie", "Lou", "Noa")
MOMENTS = ("le matin", "l'après-midi", "mardi après 14 h", "n'importe quand", "le soir")
DETAILS = {
    "email": "camille@exemple.fr",
    "partenaire_nom": "Modele",
    "partenaire_structure": "centre social de la ville",
    "partenaire_contact": "modele@exemple.fr",
    "disponibilites": "",
    "numero_allocataire": "je ne l'ai pas",
    "reference": "je ne l'ai pas",
}


@dataclass
class Outcome:
    """How one conversation ended."""

    seed: int
    audience: str
    end: str = ""  # demande | reponse | sortie; empty when it did not end
    turns: int = 0
    faults: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def success(self) -> bool:
        """True when it ended well and nothing was wrong."""
        return bool(self.end) and not self.faults


class Simulation:
    """One simulated person talking with the assistant."""

    def __init__(self, client: httpx.Client, persona: Persona) -> None:
        """Open the conversation."""
        self.persona = persona
        self.person = Person(client, persona.audience).open()
        self.outcome = Outcome(persona.seed, persona.audience)
        self.seen: Counter[str] = Counter()
        self.shown: dict[str, tuple[str, str]] = {}
        self.referenced = False
        self.invited = False  # the person was asked for another question

    def run(self) -> Outcome:
        """Talk to the end."""
        self._send(self.persona.opening())
        while self.outcome.turns < MAX_TURNS and not self.outcome.faults:
            if self.person.ask is None and not self.invited:
                break
            self._next()
        self._close()
        return self.outcome

    def _next(self) -> None:
        """One message: most of the time an answer, sometimes something else."""
        if self.invited:
            self.invited = False
            self._digress("")
            return
        persona, ask = self.persona, self.person.ask or ""
        draw = persona.rng.random()
        if ask in DETAILS or ask in {"nom", "prenom", "telephone", "consentement", "accord_famille", "confirmation", "canal", "a_modifier"}:
            draw += 0.06  # fewer digressions where a name is given: they are tried one by one in tests/dialogue
        if draw < 0.08:
            self._digress(ask)
        elif draw < 0.11:
            self._send(persona.pick("silences"))
        elif draw < 0.13:
            self._send(persona.pick("charabia"))
        elif draw < 0.15:
            self._send("retour")
        else:
            self._answer(ask)

    def _digress(self, ask: str) -> None:
        """A side question: it must be answered without losing the facts; the same question or a documented one follows."""
        self._send(self.persona.pick("digressions"))

    def _answer(self, ask: str) -> None:
        question = load_catalogue().questions.get(ask)
        if question is not None:
            told = self.persona.answer(question)
            if told is None or self.persona.rng.random() < 0.06:
                self._send(self.persona.pick("ne_sait_pas"))
            else:
                self._tell(*told)
        elif ask in {"commune", "situation", "caf", "audience"}:
            self._orient(ask)
        else:
            self._detail(ask)

    def _orient(self, ask: str) -> None:
        if ask == "commune":
            self._send(self.persona.place())
        elif ask == "caf":
            self._tell(self.person.choices[0], True)
        elif ask == "audience":
            self._tell(self.persona.audience if self.persona.audience in self.person.choices else self.person.choices[0], True)
        else:
            self._send(self.persona.opening())

    def _detail(self, ask: str) -> None:
        rng, choices = self.persona.rng, self.person.choices
        if ask == "telephone":
            self._send(f"06 39 98 {rng.randint(10, 99)} {rng.randint(10, 99)}")
        elif ask in {"nom", "prenom"}:
            self._send(rng.choice(NAMES))
        elif ask == "disponibilites":
            self._send(rng.choice(MOMENTS))
        elif ask in DETAILS:
            self._send(DETAILS[ask])
        elif choices:
            weights = [6 if choice in {"oui", "envoyer", "telephone"} else 1 for choice in choices]
            self._tell(rng.choices(choices, weights)[0], True)
        else:
            self._send(self.persona.pick("oui"))

    def _tell(self, said: str, chosen: bool) -> None:
        if chosen and said in self.person.choices:
            self.invited = said in {"autre_question", "autre_chose"}
            self._play(lambda: self.person.choose(said), f"[{said}]")
        else:
            self._send(said)

    def _send(self, text: str) -> None:
        self._play(lambda: self.person.say(text), text)

    def _play(self, send: Any, shown: str) -> None:
        """Send one message and look at the answer."""
        self.outcome.turns += 1
        self.outcome.lines.append(f"P: {shown}")
        if shown == "retour":
            self.seen.clear()  # what comes back is what was asked for
        try:
            send()
        except AssertionError as error:
            self.outcome.faults.append(f"refused: {str(error)[:160]}")
            return
        person = self.person
        self.outcome.lines.append(f"B: {person.text} [{person.ask}]")
        self.referenced = self.referenced or person.request is not None
        self._check()

    def _check(self) -> None:
        """Silence, repetition, and a verdict that the facts contradict."""
        person, faults = self.person, self.outcome.faults
        if not person.messages or not person.text.strip():
            faults.append("silence")
        self.seen[f"{person.text}|{person.ask}"] += 1
        if self.seen[f"{person.text}|{person.ask}"] >= 3:
            faults.append(f"the same messages three times: {person.text[:80]}")
        self.shown |= person.offers
        for offer, (verdict, _access) in person.offers.items():
            truth = self._truth(offer)
            if {verdict, truth} == {"eligible", "ineligible"}:
                faults.append(f"{offer} is said {verdict}, the facts say {truth}")

    def _truth(self, offer: str) -> str:
        """Verdict of `repere evaluate` on all the facts of the person."""
        caf = load_catalogue().offer(offer).caf
        return evaluate(load_catalogue(), caf, self.persona.audience, self.persona.facts, self.persona.today).offers[offer].verdict

    def _close(self) -> None:
        """Name the end."""
        if self.person.ask is not None and not self.outcome.faults:
            self.outcome.faults.append(f"not ended after {MAX_TURNS} turns, at {self.person.ask}")
        elif self.referenced:
            self.outcome.end = "demande"
        elif self.shown:
            self.outcome.end = "reponse"
        elif any(door in line for line in self.outcome.lines for door in DOORS):
            self.outcome.end = "sortie"
        else:
            self.outcome.faults.append(f"no request, answer nor way out: {self.person.text[:80]}")


def one(base_url: str, seed: int, today: date) -> Outcome:
    """Play the conversation of this seed; audiences take turns."""
    persona = Persona(seed, AUDIENCES[seed % 3], today)
    with httpx.Client(base_url=base_url, timeout=30, trust_env=False) as client:
        return Simulation(client, persona).run()


def play(base_url: str, seeds: Iterable[int], today: date, workers: int = 2) -> list[Outcome]:
    """Play the conversations of these seeds, a few at a time."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda seed: one(base_url, seed, today), seeds))


def percentile(values: list[int], share: float) -> int:
    """The value below which this share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def report(outcomes: list[Outcome], today: date, seconds: float) -> str:
    """The report, in French for the team: success and turns by audience, ends, and every fault."""
    lines = ["# Conversations simulées", "", f"Le {today.isoformat()}, {len(outcomes)} conversations, {seconds:.0f} secondes.", ""]
    lines += [
        "| public | conversations | réussies | demande | réponse | sortie | échanges, médiane | échanges, 95e |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for audience in (*AUDIENCES, "tous"):
        own = [outcome for outcome in outcomes if audience in (outcome.audience, "tous")]
        if own:
            ends = Counter(outcome.end for outcome in own)
            turns = [outcome.turns for outcome in own]
            good = sum(outcome.success for outcome in own)
            cells = [audience, len(own), f"{good} ({100 * good / len(own):.1f} %)", ends["demande"], ends["reponse"], ends["sortie"]]
            lines.append("| " + " | ".join(map(str, [*cells, percentile(turns, 0.5), percentile(turns, 0.95)])) + " |")
    lines += [
        "",
        "Une conversation est réussie quand elle finit par une demande, une réponse ou une sortie claire, sans silence, sans message",
    ]
    lines += ["répété trois fois, sans boucle, et sans verdict que `repere evaluate` contredit sur les faits de la personne.", ""]
    failed = [outcome for outcome in outcomes if not outcome.success]
    lines += (
        ["## Échecs", ""] + [f"- graine {o.seed} ({o.audience}) : {'; '.join(o.faults)}" for o in failed] if failed else ["Aucun échec."]
    )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Command line: play, print the failures, write the report. Exit 1 when a conversation failed."""
    parser = argparse.ArgumentParser(description="Simulated conversations with a running assistant")
    parser.add_argument("--server", default="http://127.0.0.1:8080", help="address of the public door")
    parser.add_argument("--count", type=int, default=300, help="conversations to play")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--report", type=Path, help="file of the report")
    parser.add_argument("--verbose", action="store_true", help="print the conversations that failed")
    options = parser.parse_args()
    start, today = time.monotonic(), clock.today()
    outcomes = play(options.server, range(options.first, options.first + options.count), today)
    text = report(outcomes, today, time.monotonic() - start)
    if options.report:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(text, encoding="utf-8")
    print(text)
    for outcome in outcomes:
        if options.verbose and not outcome.success:
            print(f"--- {outcome.seed}\n" + "\n".join(outcome.lines) + f"\n→ {outcome.faults}")
    return 0 if all(outcome.success for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())

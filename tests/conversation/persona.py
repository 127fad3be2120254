"""A simulated person: random facts that hold together, and the words that tell them; the same seed is the same person."""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.catalog import load_catalogue
from bot.catalog.records import Question
from bot.eligibility import read_facts
from bot.errors import FactError

CAFS = ("aisne", "isere", "seine_saint_denis", "autre")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
HOUSING_BENEFITS = ("alf", "als", "apl", "aucune", "type_inconnu")
HOMES = ("locataire_parc_prive", "locataire_parc_social", "heberge")


@functools.lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The sentences of persona.yml."""
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).with_name("persona.yml")).read_text(encoding="utf-8"))
    return loaded


@dataclass
class Persona:
    """Who talks: audience, Caf, situation, the true facts, and how the person behaves."""

    seed: int
    audience: str
    today: date
    rng: random.Random = field(init=False)
    caf: str = field(init=False)
    situation: str = field(init=False)
    facts: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Draw the person."""
        self.rng = random.Random(f"{self.audience}-{self.seed}")
        self.caf = self.rng.choice(CAFS)
        self.situation = self.rng.choice(list(words()["situations"]))
        self.facts = self._facts()

    def opening(self) -> str:
        """The first message: what happens, the place most of the time, sometimes the children and the RSA."""
        said: str = self.rng.choice(words()["situations"][self.situation][self.audience])
        place = self.rng.choice(words()["lieux"][self.caf])
        said = said.replace(" {lieu}", f" {place}" if self.audience == "agent" or self.rng.random() < 0.6 else "")
        said = said.replace(", j'habite", ", j'habite ici") if said.endswith("j'habite") else said
        if self.rng.random() < 0.4 and self.facts["enfants"]:
            said += f", enfants de {self._ages(self.facts['enfants'])}"
        if self.rng.random() < 0.3:
            said += ", je touche le rsa" if self.facts["beneficiaire_rsa"] and self.audience == "allocataire" else ""
            said += ", pas de rsa" if not self.facts["beneficiaire_rsa"] else ""
        return said

    def place(self) -> str:
        """The answer to « où habitez-vous ? »."""
        return str(self.rng.choice(words()["lieux"][self.caf]))

    def pick(self, kind: str) -> str:
        """One of the sentences of that kind."""
        return str(self.rng.choice(words()[kind]))

    def answer(self, question: Question) -> tuple[str, bool] | None:
        """(words or id of a choice, True when it is a choice) that tell the truth; None when this person does not know."""
        if question.choices:
            for choice in question.choices:
                if choice.facts and all(self.facts.get(fact) == value for fact, value in choice.facts.items()):
                    return self._chosen(choice.id, choice.label)
            return None
        value = self.facts.get(question.fills[0])
        if value is None:
            return None
        return (self._said(question, value), False)

    def _chosen(self, choice: str, label: str) -> tuple[str, bool]:
        if self.rng.random() < 0.5:
            return (choice, True)
        return (self.pick(choice) if choice in {"oui", "non"} else label, False)

    def _said(self, question: Question, value: Any) -> str:
        if question.type == "ages":
            return f"{self._ages(value)}" if value else "aucun"
        if question.type == "date":
            return f"en {MONTHS[int(value['du'][5:7]) - 1]} {value['du'][:4]}"
        return f"{value:g}" if isinstance(value, float) else str(value)

    def _ages(self, children: list[dict[str, int]]) -> str:
        return " et ".join(f"{child['age']} ans" for child in children)

    def _facts(self) -> dict[str, Any]:
        """Facts drawn again until they hold together."""
        while True:
            facts = {**self._family(), **self._home(), **self._events(), **words()["situations"][self.situation]["faits"]}
            try:
                read_facts(facts, self.today, caf=self.caf, catalogue=load_catalogue())
            except FactError:
                continue
            return facts

    def _family(self) -> dict[str, Any]:
        ages = sorted(self.rng.sample(range(1, 16), self.rng.choice((0, 1, 1, 2, 2, 3))))
        rsa = self.rng.random() < 0.3
        known = rsa or self.rng.random() < 0.85
        return {
            "enfants": [{"age": age} for age in ages],
            "nb_enfants_a_charge": len(ages),
            "parent": bool(ages),
            "age_demandeur": self.rng.randint(19, 58),
            "beneficiaire_rsa": rsa,
            "referent_unique_rsa": rsa and self.rng.random() < 0.5,
            "allocataire": known,
            "percoit_prestation_caf": known,
            "isole": self.situation in {"separation", "deces_parent"} or self.rng.random() < 0.5,
            "etudiant": False,
        }

    def _home(self) -> dict[str, Any]:
        return {
            "aide_logement": self.rng.choice(HOUSING_BENEFITS),
            "statut_logement": self.rng.choice(HOMES),
            "impaye_signale_caf": self.rng.random() < 0.5,
            "nb_mois_impayes": self.rng.randint(1, 6),
            "non_decence_enregistree_caf": self.rng.random() < 0.5,
        }

    def _events(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"enfant_a_naitre": False}
        if self.situation == "separation":
            declared = self.rng.random() < 0.7
            facts |= {"separation_declaree_caf": declared, "date_separation": self._month(3, 20)}
            facts |= {"date_declaration_separation": self._month(1, 2)} if declared else {}
        if self.situation == "deces_enfant":
            facts["age_enfant_decede"] = self.rng.randint(1, 15)
        if self.situation == "arrivee_enfant":
            facts |= {"enfant_a_naitre": True, "grossesse_declaree_caf": self.rng.random() < 0.6}
        if self.situation == "enfant_malade_handicap":
            facts |= {"beneficiaire_ajpp": self.rng.random() < 0.5, "activite_interrompue": self.rng.random() < 0.5}
        return facts

    def _month(self, nearest: int, farthest: int) -> dict[str, str]:
        """A month between `nearest` and `farthest` months ago, as a period."""
        back = self.today.year * 12 + self.today.month - 1 - self.rng.randint(nearest, farthest)
        first = date(back // 12, back % 12 + 1, 1)
        last = date((back + 1) // 12, (back + 1) % 12 + 1, 1).toordinal() - 1
        return {"du": first.isoformat(), "au": date.fromordinal(last).isoformat()}

"""The dossier: all that one conversation knows of a family. It lives in one Rasa slot and never holds a contact detail."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields
from typing import Any

MAX_HISTORY = 12  # answers that « retour » can take back
TAKEN_BACK = (  # what an answer may change, and « retour » puts back as it was
    *("audience", "etape", "facts", "inconnus", "precisions", "situations", "en_cours", "traitees", "offres", "pour_qui", "lieu", "caf"),
    *("lieux_possibles", "hors_caf", "ask", "variante", "choix", "posees", "offre", "resultats", "rappel"),
)


@dataclass
class Dossier:
    """State of the conversation between two turns; every field is JSON."""

    audience: str = "allocataire"
    etape: str = "orientation"  # journey under way: orientation, demande, suivi, securite
    message_id: str | None = None  # the last message absorbed: a form may be run twice for one message

    facts: dict[str, Any] = field(default_factory=dict)  # facts of domain/facts.md, as the engine of eligibility reads them
    inconnus: list[str] = field(default_factory=list)  # facts the person does not know, or that we gave up asking
    precisions: dict[str, str] = field(default_factory=dict)  # answers that settle no fact (« moins de 3 mois »), for the social worker
    historique: list[dict[str, Any]] = field(default_factory=list)  # for each answer, the fields that it changed, as they were

    situations: list[str] = field(default_factory=list)  # what happens, still to be answered, in order
    en_cours: str | None = None  # the situation last answered: a new fact opens its answer again
    traitees: list[str] = field(default_factory=list)  # situations already answered
    offres: list[str] = field(default_factory=list)  # offers named by the person
    pour_qui: str | None = None  # for whom a family writes (proche.py): not said, to be asked, oneself, a relative

    cherche: list[str] = field(default_factory=list)  # what a contact point is asked for, while the place is not known
    compares: list[str] = field(default_factory=list)  # other Cafs that an agent wants beside the family's own
    lieu: dict[str, Any] | None = None  # nom, departement, departement_nom, territoire, territoire_demande (a professional was asked)
    caf: str | None = None
    lieux_possibles: list[dict[str, Any]] = field(default_factory=list)
    hors_caf: bool = False  # the family belongs to the MSA

    ask: str | None = None  # the question pending, None when nothing is asked
    variante: str | None = None  # other words for the pending question: utter_question_<variante>_<ask>
    choix: list[dict[str, str]] = field(default_factory=list)  # choices shown with it, when the engine made them
    essais: int = 0  # times the pending question was not understood
    posees: int = 0  # eligibility questions asked since the last result
    offre: str | None = None  # the offer that a request would be for (None: a general request)
    resultats: dict[str, dict[str, str]] = field(default_factory=dict)  # verdict and access last shown, by offer

    avis: str | None = None  # « cela vous a-t-il aidé ? »: not asked, asked, closed

    violence: bool = False
    detresse: bool = False
    rappel: bool = False  # a call back was accepted before the place was known
    canal: str | None = None  # how the person wants to be reached
    donnees: list[str] = field(default_factory=list)  # contact details given or passed over; their values are in the draft
    a_modifier: str | None = None  # detail being changed before sending
    reference: str | None = None  # request made in this conversation
    reference_suivie: str | None = None  # request looked up
    prouvee: str | None = None  # the same, once its phone or mail was given
    souhait: str | None = None  # what the person wants of it: suivre, annuler, modifier

    @classmethod
    def from_slot(cls, value: dict[str, Any] | None) -> Dossier:
        """The dossier kept in the slot; unknown keys of an older version are left out."""
        known = {f.name for f in fields(cls)}
        return cls(**{key: val for key, val in (value or {}).items() if key in known})

    def to_slot(self) -> dict[str, Any]:
        """What the slot keeps: only what differs from an empty dossier, to keep each turn small."""
        return {name: value for name, value in vars(self).items() if value != getattr(EMPTY, name)}

    @property
    def pro(self) -> bool:
        """True when the person speaks of a family that is not hers: a partner or an agent."""
        return self.audience in {"partenaire", "agent"}

    @property
    def voix(self) -> str:
        """Whose wording to use: a family that writes for a relative is spoken to of that person, as a partner is."""
        return "partenaire" if self.audience == "allocataire" and self.pour_qui == "proche" else self.audience

    def as_told(self) -> dict[str, Any]:
        """What is known and asked now, to compare with what it becomes."""
        return {name: copy.deepcopy(getattr(self, name)) for name in TAKEN_BACK}

    def remember(self, before: dict[str, Any]) -> None:
        """Keep what an answer has changed since `before` (`as_told`), so that « retour » can take it back."""
        changed = {name: value for name, value in before.items() if value != getattr(self, name)}
        self.historique = [*self.historique, changed][-MAX_HISTORY:]

    def take_back(self) -> bool:
        """Undo the last answer, its question pending again. False when there is none."""
        if not self.historique:
            return False
        *self.historique, last = self.historique
        for name, value in last.items():
            setattr(self, name, value)
        self.essais = 0
        return True

    def add_situation(self, situation: str) -> None:
        """Queue a situation, once; one already answered is queued again, since it is told again."""
        if situation not in self.situations:
            self.situations.append(situation)


EMPTY = Dossier()  # what to_slot compares with

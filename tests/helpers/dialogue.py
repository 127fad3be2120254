"""A conversation played on the engine itself: no model, no server; what each message means is given by the test."""

from __future__ import annotations

import copy
import functools
import string
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import yaml

from bot import settings
from bot.catalog import load_catalogue
from bot.dialogue import asking, engine, progress
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply, Say

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)  # a Monday, 10 o'clock in Paris
CHAUNY = {"commune": "Chauny"}
DETAILS = {
    "consentement": "oui",
    "accord_famille": "oui",
    "partenaire_nom": "Modèle",
    "partenaire_structure": "UTAS de Laon",
    "partenaire_contact": "modele@exemple.fr",
    "nom": "Exemple",
    "prenom": "Camille",
    "canal": "telephone",
    "telephone": "06 39 98 00 01",
    "email": "camille@exemple.fr",
    "disponibilites": "matin",
    "numero_allocataire": "ne_sait_pas",
}
CHOSEN = frozenset({"consentement", "accord_famille", "canal", "disponibilites", "numero_allocataire"})


@functools.lru_cache(maxsize=1)
def responses() -> dict[str, Any]:
    """The responses of domain.yml."""
    loaded: dict[str, Any] = yaml.load((settings.ROOT / "domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded["responses"]


@dataclass
class Talk:
    """One person and the engine; keeps the dossier between turns as Rasa's slot does, and the last reply."""

    audience: str = "allocataire"
    dossier: Dossier = field(default_factory=Dossier)
    reply: Reply | None = None
    turns: int = 0
    domain: dict[str, Any] = field(default_factory=responses)

    def __post_init__(self) -> None:
        """Play the welcome."""
        self.context = Context(load_catalogue(), NOW, "conversation-test")
        self._keep(engine.welcome(Dossier(audience=self.audience), self.context))

    def say(self, text: str = "", act: str | None = "information", confidence: float = 0.95, **understood: Any) -> Talk:
        """Send a message understood as given: act, situations, mentions, heard."""
        self.turns += 1
        situations = tuple(understood.pop("situations", ()))
        message = Message(id=f"m{self.turns}", text=text, act=act, confidence=confidence, situations=situations, **understood)
        return self._play(message)

    def copy(self) -> Talk:
        """The same conversation, to try something else from here."""
        other = copy.copy(self)
        other.dossier = Dossier.from_slot(copy.deepcopy(self.dossier.to_slot()))
        return other

    def choose(self, choice: str) -> Talk:
        """Press a button that is on offer."""
        shown = [item["id"] for item in self.dossier.choix]
        assert choice in shown, f"{choice} is not among {shown} ({self.dossier.ask})"
        self.turns += 1
        return self._play(Message(id=f"m{self.turns}", choice=choice))

    def _play(self, message: Message) -> Talk:
        dossier = Dossier.from_slot(copy.deepcopy(self.dossier.to_slot()))
        self._keep(engine.turn(dossier, message, self.context))
        return self

    def _keep(self, reply: Reply) -> None:
        self.reply, self.dossier = reply, reply.dossier

    @property
    def ask(self) -> str | None:
        """The question pending."""
        return self.dossier.ask

    @property
    def choices(self) -> list[str]:
        """Ids of the choices shown."""
        return [item["id"] for item in self.dossier.choix]

    @property
    def says(self) -> list[Say]:
        """The messages of the turn, the question that ends it included."""
        assert self.reply is not None
        question = progress.told(asking.render(self.reply, self.context), self.dossier, self.context)
        return [*self.reply.says, *([question] if question else [])]

    @property
    def responses(self) -> list[str]:
        """Names of the responses of the turn, without the question."""
        assert self.reply is not None
        return [say.response or "" for say in self.reply.says]

    @property
    def texts(self) -> list[str]:
        """What the person reads. Fails when a response is missing from domain.yml, or lacks a variable."""
        return [self._text(say) for say in self.says]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.texts)

    @property
    def offers(self) -> dict[str, str]:
        """Verdicts shown in the turn."""
        return {offer["id"]: offer["verdict"] for say in self.says for offer in say.offers}

    @property
    def request(self) -> dict[str, str] | None:
        """The request shown in the turn."""
        return next((say.request for say in self.says if say.request), None)

    def _text(self, say: Say) -> str:
        if say.response is None:
            assert say.text, "a message without a text"
            return say.text
        variations = self.domain[say.response]
        told = {self.dossier.voix, self.dossier.caf}
        own = [item for item in variations if item.get("condition", [{}])[0].get("value") in told]
        chosen = (own or [item for item in variations if "condition" not in item])[0]["text"]
        wanted = {name for _, name, _, _ in string.Formatter().parse(chosen) if name}
        assert wanted <= set(say.variables), f"{say.response} lacks {wanted - set(say.variables)}"
        return str(chosen).format(**say.variables)

    # ---------------------------------------------------------------- ways to a state

    def to_result(self) -> Talk:
        """A separated parent of Chauny without RSA: the offer is open, a call is proposed."""
        heard = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}
        return self.say("séparation, 2 enfants, Chauny, pas de RSA", "situation", situations=["separation"], mentions=CHAUNY, heard=heard)

    def to_detail(self, wanted: str, **other: str) -> Talk:
        """The request, up to the question `wanted`."""
        self.to_result().choose("oui")
        details = {**DETAILS, **other}
        while self.ask != wanted:
            ask = self.ask or ""
            assert ask in details, f"{wanted} is never asked; at {ask}"
            self.choose(details[ask]) if ask in CHOSEN else self.say(details[ask])
        return self

    def to_sent(self) -> Talk:
        """A request sent."""
        return self.to_detail("confirmation").choose("envoyer")

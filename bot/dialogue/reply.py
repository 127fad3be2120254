"""What a turn answers: the messages to say, in order, and the dossier after it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from bot.dialogue import texts
from bot.dialogue.dossier import Dossier


@dataclass(frozen=True)
class Say:
    """One message: a response of domain.yml with its variables, or a text of the catalogue; offers and request shown with it."""

    response: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    choices: tuple[dict[str, str], ...] = ()
    offers: tuple[dict[str, str], ...] = ()
    request: dict[str, str] | None = None

    def with_request(self, reference: str, status: str) -> Say:
        """The same message, showing a request."""
        return replace(self, request={"reference": reference, "status": status})

    def worded(self, dossier: Dossier) -> Say:
        """The same message with its text and choices chosen here for the dossier, instead of by Rasa's slots."""
        if self.response is None:
            return self
        text = texts.variation(self.response, dossier.voix, dossier.caf)["text"].format(**self.variables)
        return replace(self, response=None, text=text, choices=self.choices or tuple(texts.choices(self.response, dossier.voix)))


@dataclass
class Reply:
    """The messages of a turn; the question that ends it is `dossier.ask`."""

    dossier: Dossier
    says: list[Say] = field(default_factory=list)
    news: bool = False  # the message told something that was not known
    goes_on: bool = False  # a journey is over: the orientation goes on, in the engine, so that no journey has to know the others
    silent: bool = False  # the message was absorbed before: the question is already on the screen

    def go_on(self) -> None:
        """Nothing more to do here: the orientation goes on."""
        self.goes_on = True

    def say(self, response: str, **variables: Any) -> Reply:
        """Add a response of domain.yml."""
        self.says.append(Say(response=response, variables=variables))
        return self

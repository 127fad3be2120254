"""One validation for the forms of all the journeys: the next slot to ask is the question that the engine chooses."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.playing import play
from actions.tracker import dossier_of, events_of, message_of
from bot.dialogue import engine
from bot.dialogue.reply import Reply

OVERRIDING = frozenset({"danger", "detresse"})  # ignored intents of every form: a rule answers them


class ValidateJourney(Action, ABC):
    """Plays the turn in the form of one journey."""

    @property
    @abstractmethod
    def form(self) -> str:
        """Name of the form."""

    def name(self) -> str:
        """Name by which Rasa calls it."""
        return f"validate_{self.form}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Messages and slots of the turn. Nothing for danger and distress: the form then gives way to their rule."""
        before, message = dossier_of(tracker), message_of(tracker)
        if message.act in OVERRIDING and message.id != before.message_id:
            return []
        reply = await play(dispatcher, tracker, lambda context: engine.turn(dossier_of(tracker), message, context))
        return events_of(reply or Reply(before), self.form)


class ValidateOrientation(ValidateJourney):
    """From what happens to the offer that applies."""

    form = "orientation_form"


class ValidateDemande(ValidateJourney):
    """The request for a rendez-vous."""

    form = "demande_form"


class ValidateSuivi(ValidateJourney):
    """Following a request already sent."""

    form = "suivi_form"


class ValidateSecurite(ValidateJourney):
    """After words of danger or distress."""

    form = "securite_form"

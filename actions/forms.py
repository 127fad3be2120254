"""One validation for the forms of all the journeys: the next slot to ask is the question that the engine chooses."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import dossier_of, events_of, message_of, speak
from bot.dialogue import engine
from bot.dialogue.context import Context

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

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:  # type: ignore[type-arg]
        """Messages and slots of the turn. Nothing for danger and distress: the form then gives way to their rule."""
        dossier, message = dossier_of(tracker), message_of(tracker)
        if message.act in OVERRIDING and message.id != dossier.message_id:
            return []
        structlog.contextvars.bind_contextvars(trace=(tracker.latest_message.get("metadata") or {}).get("trace"))
        context = Context.present(tracker.sender_id)
        reply = await asyncio.to_thread(engine.turn, dossier, message, context)  # the database must not hold up the other turns
        if reply.says or message.id != _played(tracker):
            speak(dispatcher, reply, context)
        return events_of(reply, self.form)


def _played(tracker: Tracker) -> str | None:
    """Id of the message that the dossier had absorbed before this run."""
    return (tracker.get_slot("dossier") or {}).get("message_id")


class ValidateOrientation(ValidateJourney):
    """From what happens to the offer that applies."""

    form = "orientation_form"  # type: ignore[assignment]


class ValidateDemande(ValidateJourney):
    """The request for a rendez-vous."""

    form = "demande_form"  # type: ignore[assignment]


class ValidateSuivi(ValidateJourney):
    """Following a request already sent."""

    form = "suivi_form"  # type: ignore[assignment]


class ValidateSecurite(ValidateJourney):
    """After words of danger or distress."""

    form = "securite_form"  # type: ignore[assignment]

"""The two actions outside the forms: the welcome, and the numbers of danger and distress."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.playing import play
from actions.tracker import dossier_of, message_of
from bot.dialogue import engine
from bot.dialogue.dossier import Dossier


class ActionDemarrer(Action):
    """Welcomes the person, in the words of their audience."""

    def name(self) -> str:
        """Name by which Rasa calls it."""
        return "action_demarrer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Messages of the welcome and a new dossier."""
        audience = (tracker.latest_message.get("metadata") or {}).get("audience") or "allocataire"
        dossier = Dossier(audience=audience, message_id=message_of(tracker).id)
        reply = await play(dispatcher, tracker, lambda context: engine.welcome(dossier, context))
        return [SlotSet("audience", audience), SlotSet("dossier", (reply.dossier if reply else dossier).to_slot())]


class ActionSecurite(Action):
    """Gives the numbers at once, whatever was being asked."""

    def name(self) -> str:
        """Name by which Rasa calls it."""
        return "action_securite"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[EventType]:
        """Messages of danger or distress, and the dossier in its safe journey."""
        message = message_of(tracker)
        reply = await play(dispatcher, tracker, lambda context: engine.turn(dossier_of(tracker), message, context))
        return [SlotSet("dossier", reply.dossier.to_slot())] if reply else []

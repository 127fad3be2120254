"""Between Rasa's tracker and the engine: what is read, what is said, and which form comes next."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import dossier_of, events_of, message_of, speak
from bot.catalog import load_catalogue
from bot.dialogue import asking
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Reply

CONTEXT = Context(load_catalogue(), datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc), "conversation-test")


def a_tracker(latest: dict[str, Any], **slots: Any) -> Tracker:
    """A tracker whose last message is this one."""
    return Tracker("conversation-test", slots, latest, [], False, None, {}, "action_listen")


def spoken(reply: Reply, audience: str | None = None) -> list[dict[str, Any]]:
    """What the dispatcher is given."""
    dispatcher = CollectingDispatcher()
    speak(dispatcher, reply, CONTEXT, audience)
    return dispatcher.messages


def test_a_typed_message_keeps_all_that_was_understood() -> None:
    """Act, situations, mentions and facts heard reach the engine."""
    latest = {
        "intent": {"name": "situation", "confidence": 0.9},
        "text": "je me sépare",
        "situations": [{"id": "separation", "confidence": 0.9}],
        "mentions": {"commune": "Laon"},
        "heard": {"separation": True},
        "metadata": {"message_id": "m1"},
    }
    message = message_of(a_tracker(latest))
    assert (message.id, message.act, message.text) == ("m1", "situation", "je me sépare")
    assert message.situations == ("separation",)
    assert message.heard == {"separation": True}


def test_a_button_is_a_choice_without_text() -> None:
    """The payload of a button is never read as words."""
    latest = {
        "intent": {"name": "choix"},
        "text": "/choix",
        "entities": [{"entity": "choix", "value": "oui"}],
        "metadata": {"message_id": "m2"},
    }
    message = message_of(a_tracker(latest))
    assert (message.choice, message.text, message.act) == ("oui", "", None)


def test_gibberish_has_no_act() -> None:
    """What is not understood reaches the engine as no act at all."""
    assert (
        message_of(a_tracker({"intent": {"name": "charabia", "confidence": 1.0}, "text": "zz", "metadata": {"message_id": "m"}})).act
        is None
    )


def test_the_dossier_goes_through_the_slot() -> None:
    """What is kept in the slot comes back equal."""
    dossier = Dossier(caf="aisne", facts={"separation": True}, ask="nom")
    assert dossier_of(a_tracker({}, dossier=dossier.to_slot())) == dossier


def test_the_question_carries_its_name() -> None:
    """Only the last message names what is asked."""
    reply = Reply(Dossier()).say("utter_bonjour")
    asking.ask(reply, "commune")
    messages = spoken(reply, "allocataire")
    assert [(message["custom"] or {}).get("ask") for message in messages] == [None, "commune"]


def test_the_territory_is_asked_as_a_place() -> None:
    """The messages name only what docs/openapi.yaml lists: a territory is where the family lives."""
    reply = Reply(Dossier(audience="partenaire"))
    asking.ask(reply, "territoire", [{"id": "ne_sait_pas", "label": "Je ne sais pas"}])
    assert spoken(reply, "partenaire")[-1]["custom"]["ask"] == "commune"


def test_rasa_chooses_the_variation_when_it_knows_the_audience() -> None:
    """With the audience in its slot, a response is sent by its name; otherwise its text is chosen for the dossier's audience."""
    reply = Reply(Dossier(audience="partenaire")).say("utter_accueil")
    assert spoken(reply, "partenaire")[0]["response"] == "utter_accueil"
    first = spoken(reply, None)[0]
    assert first["response"] is None
    assert "orienter une famille" in first["text"]


def test_another_journey_is_another_form() -> None:
    """When the engine changes journey, the form of that journey takes over."""
    reply = Reply(Dossier(etape="demande", ask="consentement"))
    names = [event.get("name") for event in events_of(reply, "orientation_form")]
    assert "demande_form" in names
    assert "demande_form" not in [event.get("name") for event in events_of(reply, "demande_form")]


def test_a_form_never_ends_by_itself() -> None:
    """Nothing asked: the form stays open on `suite`, so that the next message is heard."""
    events = events_of(Reply(Dossier()), "orientation_form")
    assert {"event": "slot", "timestamp": None, "name": "requested_slot", "value": "suite"} in events

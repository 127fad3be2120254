"""Reads the tracker into a dossier and a message, and writes a reply back as messages and events."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue import asking, progress, texts
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply, Say

KNOWLEDGE = "info_service"  # the retrieval intent
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "charabia", "choix", None})


def dossier_of(tracker: Tracker) -> Dossier:
    """The dossier kept in its slot."""
    return Dossier.from_slot(tracker.get_slot("dossier"))


def message_of(tracker: Tracker) -> Message:
    """The latest message, as the pipeline understood it."""
    latest = tracker.latest_message
    intent = latest.get("intent") or {}
    metadata = latest.get("metadata") or {}
    return Message(
        id=str(metadata.get("message_id") or _message_id(tracker)),
        text="" if intent.get("name") == "choix" else latest.get("text") or "",
        choice=next((e["value"] for e in latest.get("entities") or () if e.get("entity") == "choix"), None),
        act=None if intent.get("name") in NOT_UNDERSTOOD else intent.get("name"),
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple((item["name"], item["confidence"]) for item in latest.get("intent_ranking") or ()),
        situations=tuple(item["id"] for item in latest.get("situations") or ()),
        mentions=latest.get("mentions") or {},
        heard=latest.get("heard") or {},
        langue=latest.get("langue") or "fr",
        topics=_topics(latest),
    )


def _topics(latest: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    """Topics of a question on social work, from where Rasa keeps the choice of a retrieval intent."""
    found = (latest.get("response_selector") or {}).get(KNOWLEDGE) or {}
    return tuple((item["intent_response_key"].removeprefix(f"{KNOWLEDGE}/"), item["confidence"]) for item in found.get("ranking") or ())


def _message_id(tracker: Tracker) -> str | None:
    """Id that Rasa gave to the last message (talking to Rasa without the door)."""
    said: dict[str, Any] = next((event for event in reversed(tracker.events) if event.get("event") == "user"), {})
    return said.get("message_id")


def speak(dispatcher: CollectingDispatcher, reply: Reply, context: Context, audience: str | None = None, caf: str | None = None) -> None:
    """Say the messages of the turn, then the question that ends it.

    Rasa chooses the variation of a response by the slots `audience` and `caf`, which a turn can only set after its messages: when they are
    others (`audience`, `caf`), the text is chosen here.
    """
    for say in reply.says:
        _utter(dispatcher, _worded(say, reply, audience, caf), {})
    question = progress.told(asking.render(reply, context), reply.dossier, context)
    if question is not None:
        _utter(dispatcher, _worded(question, reply, audience, caf), {"ask": asking.told_as(reply.dossier.ask)})


def _worded(say: Say, reply: Reply, audience: str | None, caf: str | None) -> Say:
    """The message with its text, when Rasa would word it for another audience or Caf than the dossier's."""
    if say.response is None:
        return say
    same = texts.variation(say.response, reply.dossier.voix, reply.dossier.caf) == texts.variation(say.response, audience or "", caf)
    return say if same else say.worded(reply.dossier)


def _utter(dispatcher: CollectingDispatcher, say: Say, custom: dict[str, Any]) -> None:
    custom = {**custom, **({"offers": list(say.offers)} if say.offers else {}), **({"request": say.request} if say.request else {})}
    buttons = [{"title": choice["label"], "payload": choice["id"]} for choice in say.choices]
    if say.response:
        own = texts.own_choices(say.response)  # buttons that Rasa adds from domain.yml
        more = [button for button in buttons if button["payload"] not in own]
        dispatcher.utter_message(response=say.response, buttons=more or None, json_message=custom or None, **say.variables)
    else:
        dispatcher.utter_message(text=say.text, buttons=buttons, json_message=custom or None)


def events_of(reply: Reply, form: str) -> list[EventType]:
    """Keep the dossier, name the question, and go to the form of the journey when it is another one."""
    dossier = reply.dossier
    kept: list[EventType] = [SlotSet("dossier", dossier.to_slot()), SlotSet("audience", dossier.voix), SlotSet("caf", dossier.caf)]
    wanted = f"{dossier.etape}_form"
    if wanted != form:
        return [*kept, SlotSet("requested_slot", None), FollowupAction(wanted)]
    return [*kept, SlotSet("requested_slot", dossier.ask or "suite")]

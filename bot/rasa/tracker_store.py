"""Rasa's tracker store: keeps the state of a conversation, not its log: turn 200 costs what turn 2 does. What it keeps is masked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import metrics
from bot.conversations import states, wire
from bot.conversations.masking import mask_answer
from bot.errors import PartDown
from bot.rasa.turn import Turn, TurnStopped, current

KEPT_SLOTS = ("dossier", "audience", "caf", "requested_slot")


class ConversationStore(TrackerStore):
    """Stores the slots and the active form of each conversation, and one masked row for each message of the person."""

    def __init__(self, domain: Domain | None = None, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        kwargs.pop("host", None)  # Rasa passes the `url` of endpoints.yml; the database is the one of our settings
        super().__init__(domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as it was after the last turn, without its past messages; None when the conversation is new."""
        with metrics.measured("store_read"), _stopping():
            stored = await asyncio.to_thread(states.load, sender_id)
        if stored is None:
            return None
        turn = current.get() or Turn()
        turn.seen_at, turn.journey_before = stored.updated_at, stored.state.get("loop")
        tracker = self.init_tracker(sender_id)
        for event in _events(stored.state):
            tracker.update(event, self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the state after this turn, what was said in it, masked, and its answer.

        Raises TurnStopped, nothing kept, when the database is down or the turn no longer counts. One that says nothing is one whose
        action failed.
        """
        if tracker.get_last_event_for(UserUttered) is None:
            return  # Rasa saves a tracker as soon as it makes it: there is nothing in it yet
        state = {"slots": {name: tracker.get_slot(name) for name in KEPT_SLOTS}, "loop": tracker.active_loop_name}
        turn, said = current.get() or Turn(raw=[{"text": "…"}]), _said(tracker)
        turn.messages = wire.messages(turn.raw)
        turn.act, turn.journey_after = said.act if said else None, tracker.active_loop_name
        outcome = states.Outcome(state, said, turn.seen_at, turn.messages, turn.claim, turn.deadline)
        with metrics.measured("store_write"), _stopping():
            if not turn.messages:
                raise PartDown("the turn said nothing: an action failed")
            await asyncio.to_thread(states.save, tracker.sender_id, outcome, datetime.now(timezone.utc))

    async def keys(self) -> Iterable[str]:
        """Ids of the stored conversations."""
        return await asyncio.to_thread(states.ids)


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop the turn when what is done inside fails."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever failed, Rasa must not go on with a copy of its own
        raise TurnStopped(error) from None


def _events(state: dict[str, Any]) -> list[Event]:
    """The fewest events that bring a tracker back to this state, listening."""
    slots = [SlotSet(name, value) for name, value in state["slots"].items() if value is not None]
    loop = [ActiveLoop(state["loop"])] if state.get("loop") else []
    return [*slots, *loop, ActionExecuted(ACTION_LISTEN_NAME)]


def _said(tracker: DialogueStateTracker) -> states.Said | None:
    """The last message of the person as it may be stored, or None when the turn has none."""
    said = tracker.get_last_event_for(UserUttered)
    if said is None or not said.text:
        return None
    asked = _ask_before(tracker, said)
    violence = bool((tracker.get_slot("dossier") or {}).get("violence"))
    text = None if violence or said.intent_name in {"danger", "detresse"} else mask_answer(said.text, asked)
    return states.Said(text=text, act=said.intent_name, confidence=(said.intent or {}).get("confidence"), ask=asked)


def _ask_before(tracker: DialogueStateTracker, said: UserUttered) -> str | None:
    """The question that was pending when the person wrote: the last one requested before the message."""
    asked = None
    for event in tracker.events:
        if event is said:
            return asked
        if isinstance(event, SlotSet) and event.key == "requested_slot":
            asked = event.value
    return asked

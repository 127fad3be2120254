"""Runs a turn of the engine for an action, and answers for it when a part fails."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import dossier_of, speak
from bot import metrics
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply

log = structlog.get_logger()


async def play(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Callable[[Context], Reply]) -> Reply | None:
    """Play the turn and say its messages. When a part fails, say so and leave another way: None, nothing of the turn is kept.

    The engine runs in a thread: a slow database must not hold up the other conversations. An error is logged by its type alone, since
    its text may hold what the person wrote.
    """
    context = Context.present(tracker.sender_id)
    trace = (tracker.latest_message.get("metadata") or {}).get("trace")
    began = time.perf_counter()
    try:
        with metrics.measured("actions"):
            reply = await asyncio.to_thread(turn, context)
    except Exception as error:  # noqa: BLE001 - whatever breaks, the person must not be left without an answer
        metrics.ERRORS.labels("actions", type(error).__name__).inc()
        log.error("turn_failed", trace=trace, error=type(error).__name__)
        speak(dispatcher, Reply(dossier_of(tracker)).say("utter_panne"), context, tracker.get_slot("audience"), tracker.get_slot("caf"))
        return None
    log.info("turn", trace=trace, milliseconds=round((time.perf_counter() - began) * 1000))
    if reply.says or not reply.silent:
        speak(dispatcher, reply, context, tracker.get_slot("audience"), tracker.get_slot("caf"))
    return reply

"""A turn that fails still answers, and the actions cover what domain.yml declares."""

from __future__ import annotations

import asyncio
from pathlib import Path

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.playing import play
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Reply

ROOT = Path(__file__).resolve().parents[2]


def a_tracker() -> Tracker:
    """A tracker in the middle of a conversation."""
    slots = {"dossier": Dossier(caf="aisne").to_slot(), "audience": "allocataire"}
    return Tracker("conversation-test", slots, {"text": "bonjour", "metadata": {}}, [], False, None, {}, "action_listen")


def test_a_turn_that_breaks_is_said() -> None:
    """Whatever fails, the person gets a message and another way, and nothing of the turn is kept."""

    def broken(context: Context) -> Reply:
        raise RuntimeError("database")

    dispatcher = CollectingDispatcher()
    assert asyncio.run(play(dispatcher, a_tracker(), broken)) is None
    assert [message["response"] for message in dispatcher.messages] == ["utter_panne"]


def test_a_silent_turn_says_nothing() -> None:
    """A form run twice for one message does not repeat its question."""

    def absorbed(context: Context) -> Reply:
        return Reply(Dossier(ask="nom"), silent=True)

    dispatcher = CollectingDispatcher()
    asyncio.run(play(dispatcher, a_tracker(), absorbed))
    assert dispatcher.messages == []


def test_every_declared_action_exists() -> None:
    """Each action of domain.yml is served, and none other."""
    executor = ActionExecutor()
    executor.register_package("actions")
    declared = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["actions"]
    names = {next(iter(action)) if isinstance(action, dict) else action for action in declared}
    assert set(executor.actions) == names

"""The trained model as a program: text in, reading in the words of the contract out. Loads Rasa once, silently."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import warnings
from typing import Any

from bot import clock
from bot.errors import PartDown
from bot.nlu.decision import GIBBERISH, NOT_UNDERSTOOD
from bot.running.model import trained_model

NO_ACT = (NOT_UNDERSTOOD, GIBBERISH)
ACTS_SHOWN = 3
LEAST_SHOWN = 0.05  # an act below this confidence is not listed


def silence_rasa() -> None:
    """No telemetry, no log, no warning from Rasa and what it imports: standard error is for our one line."""
    os.environ.update(RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def caf_of(mentions: dict[str, Any]) -> str | None:
    """The Caf of the place that the message names; None without a place, or when several Cafs fit."""
    from bot.territory import find_places

    place = {key: mentions.get(key) for key in ("commune", "code_postal", "departement")}
    if not any(place.values()):
        return None
    cafs = {found.caf for found in find_places(**place)}
    return cafs.pop() if len(cafs) == 1 else None


class Reader:
    """A loaded model that reads messages one by one."""

    def __init__(self, agent: Any) -> None:
        """Keep the Rasa agent and the loop in which it runs."""
        self._agent = agent
        self._loop = asyncio.new_event_loop()

    @classmethod
    def load(cls) -> Reader:
        """The reader of the fresh model. Raises PartDown when there is none."""
        path = trained_model()
        silence_rasa()
        with contextlib.redirect_stderr(io.StringIO()):
            from rasa.core.agent import Agent

            agent = Agent.load(path)
        if not agent.is_ready():
            raise PartDown("the model cannot be loaded: run « .venv/bin/repere train »")
        return cls(agent)

    def parse(self, text: str, audience: str | None = None, today: str | None = None) -> dict[str, Any]:
        """Rasa's parse data, with our keys."""
        from rasa.core.channels.channel import UserMessage

        metadata = {"audience": audience, "today": today or clock.today().isoformat()}
        message = UserMessage(text=text.lstrip("/ ") or text, metadata=metadata)
        parsed: dict[str, Any] = self._loop.run_until_complete(self._agent.processor.parse_message(message))
        return parsed

    def understand(self, text: str, audience: str | None = None, today: str | None = None) -> dict[str, Any]:
        """Act, acts, situations, mentions and Caf of one message, as the contract words them."""
        parsed = self.parse(text, audience, today)
        intent = parsed["intent"]
        mentions = parsed.get("mentions") or {}
        likely = [entry for entry in parsed.get("intent_ranking", []) if entry["name"] not in NO_ACT]
        return {
            "act": None if intent["name"] in (None, *NO_ACT) else intent["name"],
            "confidence": round(intent["confidence"], 4),
            "acts": [_rounded(entry, "name") for entry in likely[:ACTS_SHOWN] if entry["confidence"] >= LEAST_SHOWN],
            "situations": [_rounded(entry, "id") for entry in parsed.get("situations") or []],
            "mentions": mentions,
            "caf": caf_of(mentions),
        }


def _rounded(entry: dict[str, Any], key: str) -> dict[str, Any]:
    """A name with its confidence, four decimals."""
    return {key: entry[key], "confidence": round(entry["confidence"], 4)}

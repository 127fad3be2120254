"""The only channel of the Rasa server: the door posts one turn, and gets all the messages of the turn back."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import keys, metrics
from bot.conversations.played import Claim
from bot.errors import PartDown, TurnLost
from bot.rasa import lighter, logs
from bot.rasa.turn import Turn, TurnStopped, current

log = structlog.get_logger()

# Read once before anybody comes: the first message makes the parsers load their tables, which takes seconds.
FIRST_WORDS = "bonjour, je suis séparée depuis 3 mois, j'ai 2 enfants de 4 et 7 ans et j'habite à Laon"


class TurnOutput(OutputChannel):
    """Keeps the messages of a turn whole: text, buttons and custom data of one response stay together."""

    def __init__(self, kept: list[dict[str, Any]]) -> None:
        self.kept = kept

    @classmethod
    def name(cls) -> str:
        """Name of the channel in the tracker."""
        return "repere"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response as it is; an empty one is left out."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if kept:
            self.kept.append(kept)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a bare text (Rasa's own responses)."""
        self.kept.append({"text": text})


class DoorInput(InputChannel):
    """Input channel of the door. Not for the public: it listens on loopback and wants the key of the installation."""

    @classmethod
    def name(cls) -> str:
        """Path prefix of the webhook."""
        return "repere"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes: POST /turn plays one message; GET / is its readiness, GET /metrics its figures."""
        webhook = Blueprint("repere_webhook", "bot.rasa.channel")
        key = keys.derive("rasa")
        lighter.apply()
        logs.install()

        @webhook.listener("after_server_start")
        async def warm_up(app: Sanic, _: Any) -> None:
            if app.ctx.agent is not None and app.ctx.agent.is_ready():
                await app.ctx.agent.parse_message(FIRST_WORDS)

        def allowed(request: Request) -> bool:
            return hmac.compare_digest(request.headers.get("X-Repere-Key", "").encode(), key.encode())

        @webhook.route("/", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            loaded = request.app.ctx.agent is not None and request.app.ctx.agent.is_ready()
            return response.json({"status": "ok" if loaded else "loading"}, status=200 if loaded else 503)

        @webhook.route("/metrics", methods=["GET"])
        async def figures(request: Request) -> HTTPResponse:
            if not (allowed(request) or metrics.may_read(request.ip, request.headers)):
                return response.json({"error": "forbidden"}, status=403)
            return response.raw(metrics.page(), content_type=metrics.CONTENT_TYPE)

        @webhook.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not allowed(request):
                return response.json({"error": "forbidden"}, status=403)
            return await play(on_new_message, request.json or {})

        return webhook


async def play(on_new_message: Callable[[UserMessage], Awaitable[Any]], body: dict[str, Any]) -> HTTPResponse:
    """Play one message. 410 when the turn no longer counts: the door has told the person, or will, that nothing was played."""
    turn = _turn(body)
    left = turn.deadline - time.time()
    current.set(turn)
    message = UserMessage(
        body["text"], TurnOutput(turn.raw), body["sender"], input_channel=DoorInput.name(), metadata=body.get("metadata") or {}
    )
    try:
        with metrics.measured("rasa"):
            # Stopped at its deadline wherever it is: a part that hangs must not hold the conversation's lock after that.
            await asyncio.wait_for(on_new_message(message), left if turn.deadline != float("inf") else None)
    except asyncio.TimeoutError:
        return _failed(turn, 410, "too late")
    except TurnStopped as stopped:
        ours = isinstance(stopped.reason, PartDown)  # our own words, with nothing of the person in them
        return _failed(turn, 410 if isinstance(stopped.reason, TurnLost) else 500, str(stopped) if ours else type(stopped.reason).__name__)
    except Exception as error:  # noqa: BLE001 - whatever breaks in a turn, the door must hear of it and say so
        return _failed(turn, 500, type(error).__name__)
    return response.json({"messages": turn.messages, "turn": turn.summary()})


def _turn(body: dict[str, Any]) -> Turn:
    claim = Claim(**body["claim"]) if body.get("claim") else None
    return Turn(deadline=body.get("deadline", float("inf")), claim=claim, trace=(body.get("metadata") or {}).get("trace"))


def _failed(turn: Turn, status: int, reason: str) -> HTTPResponse:
    metrics.ERRORS.labels("rasa", "turn_failed" if status == 500 else "too_late").inc()
    log.error("turn_failed", trace=turn.trace, status=status, reason=reason)
    return response.json({"error": reason}, status=status)

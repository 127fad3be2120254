"""The only channel of the Rasa server: the door posts one turn, and gets all the messages of the turn back."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import keys

log = structlog.get_logger()


class TurnOutput(OutputChannel):
    """Keeps the messages of a turn whole: text, buttons and custom data of one response stay together."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Name of the channel in the tracker."""
        return "repere"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response as it is; an empty one is left out."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if kept:
            self.messages.append(kept)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a bare text (Rasa's own responses)."""
        self.messages.append({"text": text})


class DoorInput(InputChannel):
    """Input channel of the door. Not for the public: it listens on loopback and wants the key of the installation."""

    @classmethod
    def name(cls) -> str:
        """Path prefix of the webhook."""
        return "repere"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes: POST /turn plays one message, GET / says that the channel is there."""
        webhook = Blueprint("repere_webhook", "bot.rasa.channel")
        key = keys.derive("rasa")

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not hmac.compare_digest(request.headers.get("X-Repere-Key", ""), key):
                return response.json({"error": "forbidden"}, status=403)
            return await play(on_new_message, request.json or {})

        return webhook


async def play(on_new_message: Callable[[UserMessage], Awaitable[Any]], body: dict[str, Any]) -> HTTPResponse:
    """Play one message. 410 when its deadline is past: the door has already told the person that nothing was played."""
    if time.time() > body.get("deadline", float("inf")):
        return response.json({"error": "too late"}, status=410)
    output = TurnOutput()
    message = UserMessage(
        body["text"], output, body["sender"], input_channel=DoorInput.name(), message_id=body.get("id"), metadata=body.get("metadata") or {}
    )
    try:
        await on_new_message(message)
    except Exception as error:  # noqa: BLE001 - whatever breaks in a turn, the door must hear of it and say so
        log.error("turn_failed", error=type(error).__name__)
        return response.json({"error": "turn failed"}, status=500)
    return response.json({"messages": output.messages})

"""How long the door waits: for a person's answer to be ready, for a slow body, for slow headers."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.door.refusals import Refusal, respond

log = structlog.get_logger()

ANSWER_SECONDS = 4.8  # contract §4: an answer within 5 seconds, whatever part hangs
BODY_SECONDS = 10.0  # for the whole body of a message, which is small


class Patience:
    """Answers 503 for a conversation's request that takes too long, 408 for a body that does not come.

    What hangs in a thread cannot be stopped: it is left to end by itself, and what it answers then goes nowhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/conversations"):
            await self.app(scope, receive, send)
            return
        wait = _Wait(receive, send)
        task = asyncio.ensure_future(self.app(scope, wait.receive, wait.send))
        refusal = await _too_long(task, wait)
        if refusal is None:
            task.result()
            return
        wait.gave_up = True
        task.add_done_callback(_forget)
        metrics.ERRORS.labels("door", refusal.code).inc()
        log.error("gave_up", trace=scope["state"]["trace"], reason=refusal.code)
        if not wait.started:
            await respond(None, refusal)(scope, receive, send)


class _Wait:
    """The two ends of a request, with the time spent waiting for the person's own bytes."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.started = self.gave_up = False
        self._spent, self._since = 0.0, None

    _since: float | None

    async def receive(self) -> Message:
        self._since = time.monotonic()
        try:
            return await self._receive()
        finally:
            self._spent, self._since = self.spent, None

    async def send(self, message: Message) -> None:
        if not self.gave_up:
            self.started = True
            await self._send(message)

    @property
    def spent(self) -> float:
        """Seconds spent so far waiting for the body."""
        return self._spent + (time.monotonic() - self._since if self._since is not None else 0.0)


async def _too_long(task: asyncio.Future[Any], wait: _Wait) -> Refusal | None:
    """None when the task ended in time, else what to answer."""
    began = time.monotonic()
    while True:
        ours = time.monotonic() - began - wait.spent
        left = min(ANSWER_SECONDS - ours, BODY_SECONDS - wait.spent)
        done, _ = await asyncio.wait({task}, timeout=max(left, 0))
        if done:
            return None
        if wait.spent >= BODY_SECONDS:
            return Refusal("trop_lent")
        if time.monotonic() - began - wait.spent >= ANSWER_SECONDS:
            return Refusal("indisponible", retry_after=5)


def _forget(task: asyncio.Future[Any]) -> None:
    """Take what the task ends with, so that nothing is printed about it."""
    if not task.cancelled():
        task.exception()

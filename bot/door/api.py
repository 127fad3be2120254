"""The HTTP interface of conversations (contract §4): open, speak, erase."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import clock, metrics
from bot.conversations import played, registry
from bot.conversations.played import Claim
from bot.database import session_scope
from bot.door import bodies, counting
from bot.door.refusals import Refusal
from bot.door.sign_in import require_agent
from bot.errors import PartDown
from bot.requests import requests

log = structlog.get_logger()
WAIT_FOR_TWIN = 5.0  # seconds a repeated key waits for the answer of its twin


async def open_conversation(request: Request) -> JSONResponse:
    """POST /api/conversations: 201 with the id, the token and the first messages."""
    audience = await bodies.read_audience(request)
    await request.app.state.openings.spend(address(request))
    agent_id = await require_agent(request, audience)
    opened = await run_in_threadpool(registry.open_conversation, audience, clock.now(), agent_id)
    answer = await _turn(request, opened.id, audience, "/demarrer")
    metrics.OPENED.labels(audience).inc()
    return JSONResponse({"id": opened.id, "token": opened.token, **answer}, status_code=201)


async def speak(request: Request) -> JSONResponse:
    """POST /api/conversations/{id}/messages: plays one message and answers with the messages of the turn."""
    token, held = await _holder(request)
    await request.app.state.messages.spend(held.id)
    sent = await bodies.read_message(request)
    if sent.key is None:
        return JSONResponse(await _play(request, held, sent))
    if not await run_in_threadpool(played.claim, held.id, sent.key, clock.now()):
        return JSONResponse(await _answer_of_twin(held.id, sent.key, token))
    try:
        return JSONResponse(await _play(request, held, sent, Claim(sent.key, played.seal_of(token))))
    except Exception:
        # Given back, nothing will be played under it; unless the turn has counted and only its answer was lost on the way.
        if await run_in_threadpool(played.release, held.id, sent.key):
            raise
        return JSONResponse(await _answer_of_twin(held.id, sent.key, token))


async def erase(request: Request) -> Response:
    """DELETE /api/conversations/{id}: erases the conversation and what was typed for a request not sent; requests sent stay."""
    _, held = await _holder(request)
    await run_in_threadpool(_erase, held.id)
    return Response(status_code=204)


def address(request: Request) -> str:
    """Address of the client, for the limits of pace; the one a proxy gives is believed only when the settings say so."""
    return request.app.state.client_address(request)


async def _holder(request: Request) -> tuple[str, registry.Holder]:
    """Token and conversation of the request: the token is checked first, then the id (contract §4)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    held = await run_in_threadpool(registry.holder, token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if held is None:
        raise Refusal("jeton_invalide")
    wanted = request.path_params["id"]
    if held.id != wanted:
        raise Refusal("jeton_invalide" if await run_in_threadpool(registry.exists, wanted) else "inconnue")
    if held.erased:
        raise Refusal("effacee")
    return token.strip(), held


async def _play(request: Request, held: registry.Holder, sent: bodies.Sent, claim: Claim | None = None) -> dict[str, Any]:
    if sent.choice is not None and sent.choice not in {choice["id"] for choice in held.choices}:
        raise Refusal("choix_absent")
    text = bodies.as_choice(sent.choice) if sent.choice is not None else bodies.as_typed(sent.text or "")
    return await _turn(request, held.id, held.audience, text, claim)


async def _turn(request: Request, conversation_id: str, audience: str, text: str, claim: Claim | None = None) -> dict[str, Any]:
    """Play one turn. Raises PartDown when a part is down: nothing was played."""
    metadata = {"audience": audience, "message_id": claim.key if claim else uuid.uuid4().hex, "trace": request.state.trace}
    try:
        with metrics.measured("turn"):
            answer = await request.app.state.rasa.play(conversation_id, text, metadata, claim)
    except PartDown:
        metrics.TURNS.labels(audience, "down").inc()
        raise
    metrics.TURNS.labels(audience, "answered").inc()
    counting.turn(answer.get("turn") or {}, answer["messages"])
    return {"messages": answer["messages"]}


async def _answer_of_twin(conversation_id: str, key: str, token: str) -> dict[str, Any]:
    """The answer of the message already sent under this key, waited for while it is being played."""
    deadline = asyncio.get_running_loop().time() + WAIT_FOR_TWIN
    while (answer := await run_in_threadpool(played.answer, conversation_id, key, token)) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise Refusal("indisponible", retry_after=5)
        await asyncio.sleep(0.1)
    return answer


def _erase(conversation_id: str) -> None:
    with session_scope() as session:
        registry.erase(session, conversation_id, clock.now())
        requests.erase_conversation(session, conversation_id, clock.now(), with_requests=False)


routes = [
    Route("/api/conversations", open_conversation, methods=["POST"]),
    Route("/api/conversations/{id}/messages", speak, methods=["POST"]),
    Route("/api/conversations/{id}", erase, methods=["DELETE"]),
]

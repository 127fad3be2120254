"""Tells another tool that a request moved: no personal data, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx

from bot import settings
from bot.database.models import ContactRequest, OutboxEvent

TIMEOUT_SECONDS = 10


def body_of(event: OutboxEvent, request: ContactRequest) -> bytes:
    """What is sent: which request, what happened, when. Nothing names the person."""
    content: dict[str, Any] = {
        "id": event.event_key,
        "event": event.kind,
        "reference": request.reference,
        "status": event.payload.get("status", request.status),
        "caf": request.caf,
        "territoire": request.territoire,
        "at": event.created_at.isoformat(),
    }
    return json.dumps(content, sort_keys=True).encode()


def signature(body: bytes) -> str:
    """HMAC-SHA256 of the body with REPERE_WEBHOOK_SECRET, as the X-Repere-Signature header carries it."""
    return "sha256=" + hmac.new(settings.get("REPERE_WEBHOOK_SECRET").encode(), body, hashlib.sha256).hexdigest()


async def post(body: bytes) -> None:
    """Send to REPERE_WEBHOOK_URL. Raises httpx.HTTPError when it is not received."""
    headers = {"Content-Type": "application/json", "X-Repere-Signature": signature(body)}
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
        answer = await client.post(settings.get("REPERE_WEBHOOK_URL"), content=body, headers=headers)
        answer.raise_for_status()

"""Plays a turn on the Rasa server."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx

from bot import keys, settings
from bot.conversations.played import Claim
from bot.errors import PartDown

MARGIN = 0.3  # seconds before the door gives up at which Rasa must have stopped: what is late for the door was not played


class RasaClient:
    """HTTP client of the Rasa server, kept open for the life of the door."""

    def __init__(self) -> None:
        self._timeout = float(settings.get("REPERE_TURN_TIMEOUT"))
        self._client = httpx.AsyncClient(
            base_url=settings.rasa_url(), timeout=self._timeout, headers={"X-Repere-Key": keys.derive("rasa")}, trust_env=False
        )

    async def play(self, conversation_id: str, text: str, metadata: dict[str, Any], claim: Claim | None = None) -> dict[str, Any]:
        """The turn: {"messages", "turn": what is worth counting}. Raises PartDown when Rasa fails or is late; it is then not played."""
        body: dict[str, Any] = {"sender": conversation_id, "text": text, "metadata": metadata}
        body["deadline"] = time.time() + self._timeout - MARGIN
        if claim is not None:
            body["claim"] = {"key": claim.key, "seal": claim.seal}
        try:
            response = await asyncio.wait_for(self._client.post("/webhooks/repere/turn", json=body), self._timeout)
        except (httpx.HTTPError, asyncio.TimeoutError) as error:
            raise PartDown(f"the Rasa server does not answer: {type(error).__name__}") from None
        if response.status_code != 200:
            raise PartDown(f"the Rasa server answered {response.status_code}")
        return response.json()

    async def alive(self) -> bool:
        """True when the Rasa server answers and has its model."""
        try:
            return (await self._client.get("/webhooks/repere/", timeout=2)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

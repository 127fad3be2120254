"""Plays a turn on the Rasa server."""

from __future__ import annotations

import time
from typing import Any

import httpx

from bot import keys, settings
from bot.errors import PartDown


class RasaClient:
    """HTTP client of the Rasa server, kept open for the life of the door."""

    def __init__(self) -> None:
        self._timeout = float(settings.get("REPERE_TURN_TIMEOUT"))
        self._client = httpx.AsyncClient(
            base_url=settings.rasa_url(), timeout=self._timeout, headers={"X-Repere-Key": keys.derive("rasa")}, trust_env=False
        )

    async def play(self, conversation_id: str, text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        """Messages of the turn, as Rasa gives them. Raises PartDown when Rasa fails or is late; a late turn is then not played."""
        body = {"sender": conversation_id, "text": text, "metadata": metadata, "deadline": time.time() + self._timeout}
        try:
            response = await self._client.post("/webhooks/repere/turn", json=body)
        except httpx.HTTPError as error:
            raise PartDown(f"the Rasa server does not answer: {type(error).__name__}") from None
        if response.status_code != 200:
            raise PartDown(f"the Rasa server answered {response.status_code}")
        return response.json()["messages"]

    async def alive(self) -> bool:
        """True when the Rasa server answers."""
        try:
            return (await self._client.get("/webhooks/repere/", timeout=2)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

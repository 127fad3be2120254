"""People who talk at the same time with the assistant or with plain Rasa, and how long each answer takes."""

from __future__ import annotations

import asyncio
import secrets
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from scripts.bench.words import messages

Say = Callable[[str], Awaitable[None]]
Open = Callable[[httpx.AsyncClient], Awaitable[Say]]


@dataclass
class Times:
    """Milliseconds of each turn, in the order they ended, and what failed."""

    by_turn: dict[int, list[float]] = field(default_factory=dict)
    failed: int = 0
    seconds: float = 0.0

    def all(self) -> list[float]:
        """Every turn."""
        return [value for values in self.by_turn.values() for value in values]

    def median(self) -> float:
        """Median, in milliseconds."""
        return statistics.median(self.all())

    def p95(self) -> float:
        """95th percentile, in milliseconds."""
        return statistics.quantiles(self.all(), n=20)[18]

    def around(self, turn: int, width: int = 5) -> float:
        """Median of the turns near that one."""
        return statistics.median([v for n, values in self.by_turn.items() if abs(n - turn) <= width for v in values])

    def rate(self) -> float:
        """Turns a second."""
        return len(self.all()) / self.seconds


async def ours(client: httpx.AsyncClient) -> Say:
    """Open a conversation through the door."""
    opened = (await client.post("/api/conversations", json={})).json()
    path, headers = f"/api/conversations/{opened['id']}/messages", {"Authorization": f"Bearer {opened['token']}"}

    async def say(text: str) -> None:
        (await client.post(path, json={"text": text, "key": secrets.token_hex(8)}, headers=headers)).raise_for_status()

    return say


async def plain(client: httpx.AsyncClient) -> Say:
    """Open a conversation on the REST channel of plain Rasa."""
    sender = secrets.token_hex(16)

    async def say(text: str) -> None:
        (await client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})).raise_for_status()

    return say


def run(url: str, opener: Open, people: int, turns: int, pause: float = 0.0) -> Times:
    """`people` at once, `turns` each, `pause` seconds between an answer and the next message."""
    return asyncio.run(_run(url, opener, people, turns, pause))


async def _run(url: str, opener: Open, people: int, turns: int, pause: float) -> Times:
    times, texts = Times(), messages(people * 7 + turns)
    limits = httpx.Limits(max_connections=people + 5)
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False, limits=limits) as client:
        sayings = [await opener(client) for _ in range(people)]
        began = time.perf_counter()
        await asyncio.gather(*(_one(say, texts[n * 7 : n * 7 + turns], pause, times, n) for n, say in enumerate(sayings)))
        times.seconds = time.perf_counter() - began
    return times


async def _one(say: Say, texts: list[str], pause: float, times: Times, number: int) -> None:
    await asyncio.sleep(pause * (number % 10) / 10)  # people do not press the key together
    for turn, text in enumerate(texts, 1):
        began = time.perf_counter()
        try:
            await say(text)
        except httpx.HTTPError:
            times.failed += 1
        else:
            times.by_turn.setdefault(turn, []).append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(pause)

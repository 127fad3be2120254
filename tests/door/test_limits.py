"""Pace: a bucket in one process, or shared in Redis."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
import redis.asyncio

from bot.door import limits
from bot.door.limits import Pace, SharedPace
from bot.door.refusals import Refusal
from tests.helpers.ports import free_port


def spend(pace: Pace, count: int, name: str = "a") -> int:
    """How many of `count` actions are let in."""

    async def run() -> int:
        let_in = 0
        for _ in range(count):
            try:
                await pace.spend(name)
            except Refusal:
                continue
            let_in += 1
        return let_in

    return asyncio.run(run())


def test_a_bucket_fills_again() -> None:
    """The burst at once, then one a second at sixty a minute."""
    pace = Pace(burst=2, per_minute=60)
    pace.spend_here("a", 0)
    pace.spend_here("a", 0)
    with pytest.raises(Refusal):
        pace.spend_here("a", 0.5)
    pace.spend_here("a", 1.6)
    pace.spend_here("b", 1.6)


def test_a_flood_of_names_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded: the oldest names go."""
    monkeypatch.setattr(limits, "MAX_BUCKETS", 100)
    pace = Pace(burst=1, per_minute=1)
    for number in range(1000):
        pace.spend_here(str(number), 0)
    assert len(pace._buckets) == 100


def test_without_redis_each_door_counts_alone() -> None:
    """Redis dead: the limit still holds in each door, and nobody waits for it at each message."""
    client = redis.asyncio.Redis.from_url(f"redis://127.0.0.1:{free_port()}/0", socket_connect_timeout=0.3)
    pace = SharedPace(client, "t", burst=3, per_minute=1)
    began = time.monotonic()
    assert spend(pace, 20) == 3
    assert time.monotonic() - began < 2


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis of the test's own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed: apt-get install redis-server")
    port = free_port()
    process = subprocess.Popen([program, "--port", str(port), "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    for _ in range(100):
        try:
            client.ping()
            break
        except redis.ConnectionError:
            time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    process.kill()
    process.wait()


@pytest.mark.topology
def test_two_doors_share_one_bucket(redis_url: str) -> None:
    """What one has let in, the other has no longer; it fills again; nothing is left in Redis once it is full."""
    doors = [SharedPace(redis.asyncio.Redis.from_url(redis_url), "t", burst=5, per_minute=120) for _ in range(2)]
    assert spend(doors[0], 4) == 4
    doors[1] = SharedPace(redis.asyncio.Redis.from_url(redis_url), "t", burst=5, per_minute=120)
    assert spend(doors[1], 4) == 1
    time.sleep(0.6)
    assert spend(SharedPace(redis.asyncio.Redis.from_url(redis_url), "t", burst=5, per_minute=120), 4) == 1
    time.sleep(3.2)
    assert redis.Redis.from_url(redis_url).keys("*") == []

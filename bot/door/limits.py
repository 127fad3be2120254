"""Limits of pace: a token bucket for each conversation and each address, in this process or shared in Redis."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from bot import metrics, settings
from bot.door.refusals import Refusal

log = structlog.get_logger()

MAX_BUCKETS = 50_000  # oldest forgotten first: a flood of addresses must not fill the memory
SOCKET_TIMEOUT = 0.3  # seconds given to Redis before this door counts alone
REST = 5.0  # seconds for which a Redis that failed is not asked again

# The bucket is kept as the instant at which it will be full again (GCRA): one number, one round trip, no race between doors.
_SPEND = """
local now = redis.call('TIME'); now = now[1] + now[2] / 1000000
local cost, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + cost
local wait = full_at - now - cost * burst
if wait > 0.000001 then return tostring(wait) end
redis.call('SET', KEYS[1], tostring(full_at), 'PX', math.ceil((full_at - now) * 1000) + 1)
return '0'
"""


class Pace:
    """`burst` actions at once, then `per_minute` a minute, for each name."""

    def __init__(self, burst: int, per_minute: int) -> None:
        self._burst = burst
        self._per_second = per_minute / 60
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def spend(self, name: str) -> None:
        """Take one action from the bucket of `name`. Raises Refusal (429) when it is empty."""
        self.spend_here(name, time.monotonic())

    def spend_here(self, name: str, at: float) -> None:
        """The same at the instant `at`, in seconds."""
        left, since = self._buckets.pop(name, (float(self._burst), at))
        left = min(self._burst, left + (at - since) * self._per_second)
        enough = left >= 1
        self._buckets[name] = (left - 1 if enough else left, at)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        if not enough:
            raise Refusal("trop_vite", retry_after=max(1, round((1 - left) / self._per_second)))


class SharedPace(Pace):
    """The same bucket for all the doors. When Redis does not answer, each door counts alone rather than refuse everybody."""

    def __init__(self, client: Any, prefix: str, burst: int, per_minute: int) -> None:
        super().__init__(burst, per_minute)
        self._prefix = f"repere:pace:{prefix}:"
        self._script = client.register_script(_SPEND)
        self._asked_again_at = 0.0

    async def spend(self, name: str) -> None:
        """Take one action from the shared bucket of `name`. Raises Refusal (429) when it is empty."""
        now = time.monotonic()
        if now < self._asked_again_at:
            return self.spend_here(name, now)
        try:
            wait = float(await self._script(keys=[self._prefix + name], args=[1 / self._per_second, self._burst]))
        except (RedisError, OSError) as error:
            self._asked_again_at = now + REST
            metrics.ERRORS.labels("door", "redis").inc()
            log.warning("pace_without_redis", error=type(error).__name__)
            return self.spend_here(name, now)
        if wait > 0:
            raise Refusal("trop_vite", retry_after=max(1, round(wait)))
        return None


def messages_pace() -> Pace:
    """Pace of the messages of one conversation."""
    return _pace("messages", settings.get_int("REPERE_BURST_MESSAGES"), settings.get_int("REPERE_MESSAGES_PER_MINUTE"))


def openings_pace() -> Pace:
    """Pace of the conversations opened from one address; many phones may share one, so it is wide."""
    return _pace("openings", settings.get_int("REPERE_BURST_CONVERSATIONS"), settings.get_int("REPERE_CONVERSATIONS_PER_MINUTE"))


def _pace(prefix: str, burst: int, per_minute: int) -> Pace:
    url = settings.get("REPERE_REDIS_URL")
    if not url:
        return Pace(burst, per_minute)
    client = redis.asyncio.Redis.from_url(url, socket_timeout=SOCKET_TIMEOUT, socket_connect_timeout=SOCKET_TIMEOUT)
    return SharedPace(client, prefix, burst, per_minute)

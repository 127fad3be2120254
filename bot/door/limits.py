"""Limits of pace: a token bucket for each conversation and each address."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot import settings
from bot.door.refusals import Refusal

MAX_BUCKETS = 50_000  # oldest forgotten first: a flood of addresses must not fill the memory


class Pace:
    """`burst` actions at once, then `per_minute` a minute, for each name."""

    def __init__(self, burst: int, per_minute: int) -> None:
        self._burst = burst
        self._per_second = per_minute / 60
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, name: str, at: float | None = None) -> None:
        """Take one action from the bucket of `name`. Raises Refusal (429) when it is empty."""
        at = time.monotonic() if at is None else at
        left, since = self._buckets.pop(name, (float(self._burst), at))
        left = min(self._burst, left + (at - since) * self._per_second)
        enough = left >= 1
        self._buckets[name] = (left - 1 if enough else left, at)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        if not enough:
            raise Refusal("trop_vite", retry_after=max(1, round((1 - left) / self._per_second)))


def messages_pace() -> Pace:
    """Pace of the messages of one conversation."""
    return Pace(burst=settings.get_int("REPERE_BURST_MESSAGES"), per_minute=settings.get_int("REPERE_MESSAGES_PER_MINUTE"))


def openings_pace() -> Pace:
    """Pace of the conversations opened from one address; many phones may share one, so it is wide."""
    return Pace(burst=settings.get_int("REPERE_BURST_CONVERSATIONS"), per_minute=settings.get_int("REPERE_CONVERSATIONS_PER_MINUTE"))

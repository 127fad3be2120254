"""Rasa's lock store: one turn at a time in a conversation, whichever Rasa server plays it.

The lock is a comfort: it puts simultaneous messages in order. Truth is in the database, where a turn that began from a state already
replaced is refused (bot/conversations/states.py). So when Redis does not answer the turns go on, under the lock of this server alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import redis.asyncio
import structlog
from rasa.core.lock_store import LockStore
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from bot import metrics, settings

log = structlog.get_logger()

LIFETIME = 10.0  # seconds after which the lock of a server that died is given back; a turn is stopped before 5
POLL = 0.02  # seconds between two looks at a lock held elsewhere
SOCKET_TIMEOUT = 0.5  # seconds given to Redis before going on without it


class ConversationLocks(LockStore):
    """A lock a conversation: in this process, and in Redis too when REPERE_REDIS_URL is set."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        url = settings.get("REPERE_REDIS_URL")
        options: dict[str, Any] = {"socket_timeout": SOCKET_TIMEOUT, "socket_connect_timeout": SOCKET_TIMEOUT}
        self._redis = redis.asyncio.Redis.from_url(url, **options) if url else None
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncGenerator[None, None]:
        """Hold the conversation for one turn, which waits its turn; the channel stops it at its deadline."""
        here = self._here.setdefault(conversation_id, asyncio.Lock())
        async with here:
            shared = await self._take(conversation_id)
            try:
                yield
            finally:
                await self._give_back(shared)

    async def _take(self, conversation_id: str) -> Lock | None:
        """The lock in Redis, or None when there is no Redis to ask."""
        if self._redis is None:
            return None
        shared = self._redis.lock(f"repere:turn:{conversation_id}", timeout=LIFETIME, sleep=POLL)
        try:
            await shared.acquire()
        except (RedisError, OSError) as error:
            metrics.ERRORS.labels("rasa", "redis").inc()
            log.warning("lock_without_redis", error=type(error).__name__)
            return None
        return shared

    async def _give_back(self, shared: Lock | None) -> None:
        if shared is None:
            return
        try:
            await shared.release()
        except (LockError, RedisError, OSError) as error:
            log.warning("lock_not_given_back", error=type(error).__name__)

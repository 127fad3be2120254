"""Figures of a part for Prometheus: turns, time by part, fallbacks, journeys, requests, outbox, errors. Nobody is in them."""

from __future__ import annotations

import hmac
import ipaddress
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from bot import settings

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5)

TURNS = Counter("repere_turns", "Turns asked of the door", ["audience", "outcome"])  # outcome: answered | refused | down
ACTS = Counter("repere_acts", "Acts understood; `non_compris` is the fallback", ["act"])
JOURNEYS = Counter("repere_journeys", "Journeys", ["journey", "step"])  # step: begun | finished
OPENED = Counter("repere_conversations_opened", "Conversations opened", ["audience"])
RESPONSES = Counter("repere_http_responses", "Answers of the door", ["area", "status"])  # area: api | agent | page
REFUSALS = Counter("repere_refusals", "Requests refused, by code", ["code"])
ERRORS = Counter("repere_errors", "Faults of a part", ["part", "kind"])
SECONDS = Histogram("repere_part_seconds", "Time that a part takes in a turn", ["part"], buckets=_SECONDS)
REQUESTS = Gauge("repere_requests", "Contact requests, by status", ["status"])
OUTBOX = Gauge("repere_outbox", "Messages of the outbox, by state", ["state"])
OUTBOX_AGE = Gauge("repere_outbox_oldest_seconds", "Age of the oldest message still to be sent")


@contextmanager
def measured(part: str) -> Iterator[None]:
    """Measure what is done inside, whether it succeeds or not."""
    started = time.perf_counter()
    try:
        yield
    finally:
        SECONDS.labels(part).observe(time.perf_counter() - started)


def page() -> bytes:
    """The page that Prometheus reads."""
    return generate_latest()


def may_read(client: str | None, headers: Mapping[str, str]) -> bool:
    """True for who shows REPERE_METRICS_KEY or, when none is set, for this machine itself: never what came through a proxy."""
    key = settings.get("REPERE_METRICS_KEY")
    if key:
        return hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {key}".encode())
    forwarded = any(name in headers for name in ("x-forwarded-for", "x-real-ip", "forwarded"))
    return not forwarded and _is_loopback(client)


def _is_loopback(client: str | None) -> bool:
    try:
        return ipaddress.ip_address(client or "").is_loopback
    except ValueError:
        return False

"""What the door counts of a turn, from what it answers: no text, nobody."""

from __future__ import annotations

from typing import Any

from bot import metrics

_JOURNEYS = {"orientation_form": "orientation", "demande_form": "demande", "suivi_form": "suivi", "securite_form": "securite"}


def turn(summary: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    """Count the act understood, and the journey that the turn begins or finishes."""
    metrics.ACTS.labels(summary.get("act") or "non_compris").inc()
    after = _JOURNEYS.get(summary.get("after") or "")
    if after and summary.get("after") != summary.get("before"):
        metrics.JOURNEYS.labels(after, "begun").inc()
    for journey in sorted(_finished(messages)):
        metrics.JOURNEYS.labels(journey, "finished").inc()


def _finished(messages: list[dict[str, Any]]) -> set[str]:
    """An orientation ends when offers are shown, a request when its reference is."""
    ends = {"orientation": any(m["offers"] for m in messages), "demande": any((m["request"] or {}).get("status") for m in messages)}
    return {journey for journey, ended in ends.items() if ended}

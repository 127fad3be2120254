"""Last word on a message: alarms first, then the best act if it is sure enough, otherwise « not understood » with the two best."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.nlu.danger import DANGER, DISTRESS, Alarm
from bot.nlu.language import FRENCH, has_words, language

NOT_UNDERSTOOD = "nlu_fallback"
GIBBERISH = "charabia"
ALARM_CONFIDENCE = 0.97  # of a pattern match, whatever the classifier thinks
ALARM_THRESHOLDS = {DANGER: 0.35, DISTRESS: 0.35}  # classifier confidence that alarms without a pattern: recall comes first
ASKS_ABOUT = frozenset({"procedure_partenaire", "info_offre", "info_service", "eligibilite", "contact", "confidentialite"})
SURE = 0.30  # below, the act is not taken

Ranking = list[dict[str, Any]]


@dataclass
class Decision:
    """Act retained, every act's confidence, situations retained, and the language hint."""

    act: str
    confidence: float
    ranking: Ranking
    situations: list[dict[str, Any]] = field(default_factory=list)
    language: str = FRENCH


def _alarm(found: Alarm | None, ranking: Ranking) -> str | None:
    """Danger, then distress: told in the words of a pattern, or read by a classifier that is sure enough."""
    sure = {entry["name"]: entry["confidence"] for entry in ranking}
    if found is not None and (found.told or ranking[0]["name"] not in ASKS_ABOUT):
        return found.kind
    return next((kind for kind in (DANGER, DISTRESS) if sure.get(kind, 0.0) >= ALARM_THRESHOLDS[kind]), None)


def _raise_to_top(act: str, confidence: float, ranking: Ranking) -> Ranking:
    """The ranking with `act` first at this confidence, the others sharing what is left."""
    others = [entry for entry in ranking if entry["name"] != act]
    total = sum(entry["confidence"] for entry in others)
    share = min((1 - confidence) / total, 1.0) if total else 0.0
    return [{"name": act, "confidence": confidence}, *({**entry, "confidence": entry["confidence"] * share} for entry in others)]


def decide(text: str, ranking: Ranking, situations: list[dict[str, Any]], found: Alarm | None) -> Decision:
    """The reading of a message from what each component found."""
    hint = language(text)
    alarm = _alarm(found, ranking)
    if alarm is not None:
        read = {entry["name"]: entry["confidence"] for entry in ranking}.get(alarm, 0.0)
        confidence = max(read, ALARM_CONFIDENCE if found is not None and found.kind == alarm else ALARM_THRESHOLDS[alarm])
        return Decision(alarm, confidence, _raise_to_top(alarm, confidence, ranking), situations, hint)
    if hint != FRENCH or not has_words(text):
        return Decision(NOT_UNDERSTOOD, 1.0, _raise_to_top(NOT_UNDERSTOOD, 1.0, ranking), [], hint)
    best = ranking[0]
    if best["name"] == GIBBERISH or best["confidence"] < SURE:
        doubt = best["confidence"] if best["name"] == GIBBERISH else 1 - best["confidence"]
        kept = [entry for entry in ranking if entry["name"] != GIBBERISH]
        return Decision(NOT_UNDERSTOOD, doubt, [{"name": NOT_UNDERSTOOD, "confidence": doubt}, *kept], situations, hint)
    return Decision(best["name"], best["confidence"], ranking, situations, hint)

"""Last word on a message: alarms first, then the best act if it is sure enough, otherwise « not understood » with the two best."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.nlu.danger import DANGER, DISTRESS, Alarm
from bot.nlu.language import FRENCH, has_words, language

NOT_UNDERSTOOD = "nlu_fallback"
GIBBERISH = "charabia"
ALARM_CONFIDENCE = 0.97  # of a pattern match, whatever the classifier thinks
ALARM_THRESHOLD = 0.20  # of danger and distress together: enough to alarm without a pattern, for recall comes first
ASKS_ABOUT = frozenset({"procedure_partenaire", "info_offre", "info_service", "eligibilite", "contact", "confidentialite"})
SURE = 0.30  # below, the act is not taken
VIOLENCE = "violences"
ALARM = "alarme"  # what the head of situations says of the whole message, however much else it holds (bot/nlu/training.py)
RESIDUAL = "difficulte_passagere"  # what is told when nothing more precise is
RETAINED = 0.5  # confidence from which a situation is retained
RETAINED_VIOLENCE = 0.25  # the same for violence once the message alarms
RETAINED_RESIDUAL = 0.85  # the same for the residual situation beside another one, or in a message that asks for something else
GRAVE = frozenset({"deces_parent", "deces_enfant", "violences"})
RETAINED_GRAVE = 0.8  # confidence of a death or of violence told beside a situation that is surer: a wrong one hurts
TELLS = frozenset({"situation", "eligibilite", "procedure_partenaire", "rendez_vous", "info_offre"})

Ranking = list[dict[str, Any]]


@dataclass
class Decision:
    """Act retained, every act's confidence, situations retained, and the language hint."""

    act: str
    confidence: float
    ranking: Ranking
    situations: list[dict[str, Any]] = field(default_factory=list)
    language: str = FRENCH


def _alarm(found: Alarm | None, ranking: Ranking, candidates: list[dict[str, Any]]) -> str | None:
    """Danger or distress: told in the words of a pattern, or read by the classifiers that are sure enough together."""
    if found is not None and (found.told or ranking[0]["name"] not in ASKS_ABOUT):
        return found.kind
    sure = {entry["name"]: entry["confidence"] for entry in ranking}
    read = {kind: sure.get(kind, 0.0) for kind in (DANGER, DISTRESS)}
    heard = [entry["confidence"] for entry in candidates if entry["id"] == ALARM]
    likely = (sum(read.values()) + sum(heard)) / (1 + len(heard))
    return max(read, key=lambda kind: read[kind]) if likely >= ALARM_THRESHOLD else None


def retain(candidates: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    """The situations sure enough for the act of the message."""
    precise = any(entry["confidence"] >= RETAINED for entry in candidates if entry["id"] != RESIDUAL)
    first = max((entry["confidence"] for entry in candidates), default=0.0)
    least = {
        VIOLENCE: RETAINED_VIOLENCE if act == DANGER else RETAINED,
        RESIDUAL: RETAINED_RESIDUAL if precise or act not in TELLS else RETAINED,
    }
    return [
        entry
        for entry in candidates
        if entry["confidence"] >= least.get(entry["id"], RETAINED)
        and (entry["id"] not in GRAVE or act == DANGER or entry["confidence"] >= min(first, RETAINED_GRAVE))
    ]


def _raise_to_top(act: str, confidence: float, ranking: Ranking) -> Ranking:
    """The ranking with `act` first at this confidence, the others sharing what is left."""
    others = [entry for entry in ranking if entry["name"] != act]
    total = sum(entry["confidence"] for entry in others)
    share = min((1 - confidence) / total, 1.0) if total else 0.0
    return [{"name": act, "confidence": confidence}, *({**entry, "confidence": entry["confidence"] * share} for entry in others)]


def decide(text: str, ranking: Ranking, candidates: list[dict[str, Any]], found: Alarm | None) -> Decision:
    """The reading of a message from what each component found."""
    hint = language(text)
    alarm = _alarm(found, ranking, candidates)
    candidates = [entry for entry in candidates if entry["id"] != ALARM]
    if alarm is not None:
        confidence = _alarm_confidence(alarm, found, ranking)
        return Decision(alarm, confidence, _raise_to_top(alarm, confidence, ranking), retain(candidates, alarm), hint)
    if hint != FRENCH or not has_words(text):
        return Decision(NOT_UNDERSTOOD, 1.0, _raise_to_top(NOT_UNDERSTOOD, 1.0, ranking), [], hint)
    best = ranking[0]
    situations = retain(candidates, best["name"])
    if best["name"] == GIBBERISH or best["confidence"] < SURE:
        doubt = best["confidence"] if best["name"] == GIBBERISH else 1 - best["confidence"]
        kept = [entry for entry in ranking if entry["name"] != GIBBERISH]
        return Decision(NOT_UNDERSTOOD, doubt, [{"name": NOT_UNDERSTOOD, "confidence": doubt}, *kept], situations, hint)
    return Decision(best["name"], best["confidence"], ranking, situations, hint)


def _alarm_confidence(alarm: str, found: Alarm | None, ranking: Ranking) -> float:
    """Confidence of an alarm: that of the classifier, raised when a pattern alarms too."""
    read = next((entry["confidence"] for entry in ranking if entry["name"] == alarm), 0.0)
    return max(read, ALARM_CONFIDENCE if found is not None and found.kind == alarm else ALARM_THRESHOLD)

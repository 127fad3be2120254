"""The last word on a message: alarms, doubt, other languages, residual situation."""

from typing import Any

from bot.nlu.danger import DANGER, Alarm
from bot.nlu.decision import NOT_UNDERSTOOD, decide


def ranking(*pairs: tuple[str, float]) -> list[dict[str, Any]]:
    """A ranking of acts, the first pair first."""
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


def told(*pairs: tuple[str, float]) -> list[dict[str, Any]]:
    """Candidate situations."""
    return [{"id": name, "confidence": confidence} for name, confidence in pairs]


def test_danger_told_comes_before_anything_else() -> None:
    """A pattern told alarms whatever act the classifier prefers."""
    decision = decide("il me frappe", ranking(("affirmer", 0.99)), [], Alarm(DANGER, told=True))
    assert decision.act == DANGER
    assert decision.ranking[0]["name"] == DANGER


def test_a_procedure_is_not_an_alarm() -> None:
    """A topic of danger in a question on a procedure stays a question."""
    decision = decide("quelle procédure", ranking(("procedure_partenaire", 0.9), ("danger", 0.05)), [], Alarm(DANGER, told=False))
    assert decision.act == "procedure_partenaire"


def test_the_classifier_alone_alarms_early() -> None:
    """Danger that the classifier merely suspects is enough: a miss costs more than a false alarm."""
    assert decide("ça va mal avec lui", ranking(("situation", 0.7), ("danger", 0.25)), [], None).act == DANGER


def test_doubt_is_not_an_answer() -> None:
    """Below the threshold nothing is taken, and the readings in doubt are kept for a choice."""
    decision = decide("bof", ranking(("affirmer", 0.2), ("nier", 0.18)), [], None)
    assert decision.act == NOT_UNDERSTOOD
    assert [entry["name"] for entry in decision.ranking[1:3]] == ["affirmer", "nier"]


def test_another_language_never_consents() -> None:
    """A sentence in another language is not understood, however sure the classifier is."""
    decision = decide("yes i want you to do it please", ranking(("affirmer", 0.95)), [], None)
    assert decision.act == NOT_UNDERSTOOD
    assert decision.language == "en"


def test_emoji_alone_say_nothing() -> None:
    """Emoji without a word are not understood."""
    assert decide("😀😀", ranking(("affirmer", 0.95)), [], None).act == NOT_UNDERSTOOD


def test_the_residual_situation_gives_way() -> None:
    """A passing difficulty is not reported beside a precise situation unless it is told outright."""
    found = decide("x", ranking(("situation", 0.9)), told(("deces_parent", 0.9), ("difficulte_passagere", 0.6)), None).situations
    assert [entry["id"] for entry in found] == ["deces_parent"]

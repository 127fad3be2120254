"""How far a journey is: « Question 2 sur 4 environ », said with the question."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import etapes_demande, next_fact, texts
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Say

SEVERAL = 2  # a journey of one question has no progress to tell


def told(question: Say | None, dossier: Dossier, context: Context) -> Say | None:
    """The question with its place in the journey before it; as it is when there is none to tell."""
    reached = place(dossier, context)
    if question is None or reached is None or reached[1] < SEVERAL:
        return question
    number, total = reached
    line = texts.text("utter_progres", dossier.voix, numero=str(number), total=str(total))
    worded = question.worded(dossier)
    return replace(worded, text=f"{line}\n{worded.text}")


def place(dossier: Dossier, context: Context) -> tuple[int, int] | None:
    """Number of the pending question and how many there will be, about. None for what is not a step, and for a danger."""
    if dossier.audience == "agent" or dossier.violence or dossier.detresse or dossier.essais or dossier.ask is None:
        return None
    if dossier.etape == "demande":
        return _place_in_request(dossier)
    if dossier.etape == "orientation" and dossier.ask in context.catalogue.questions:
        return dossier.posees, dossier.posees + _left(dossier, context)
    return None


def _place_in_request(dossier: Dossier) -> tuple[int, int] | None:
    steps = etapes_demande.steps(dossier)
    if dossier.ask not in steps or dossier.a_modifier:
        return None
    return steps.index(dossier.ask) + 1, len(steps)


def _left(dossier: Dossier, context: Context) -> int:
    """Questions to come if each answer were « je ne sais pas »: the most there can be."""
    passed: list[str] = []
    most = next_fact.MAX_QUESTIONS - dossier.posees
    asked = dossier.ask
    for left in range(most):
        passed += context.catalogue.questions[asked or ""].fills
        asked = next_fact.useful_fact(dossier, context, passed)
        if asked is None:
            return left
    return most

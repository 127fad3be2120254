"""Puts the question that ends a turn, and counts the times it was not understood."""

from __future__ import annotations

from bot.catalog.records import Question, Wording
from bot.dialogue import texts
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Reply, Say

MAX_TRIES = 2  # a question is worded twice, never a third time
SKIP_CHOICE = "ne_sait_pas"
TOLD_AS = {"territoire": "commune"}  # to whoever draws the chat, both ask where the family lives


def ask(reply: Reply, name: str | None, choices: list[dict[str, str]] | None = None, variant: str | None = None) -> None:
    """Make `name` the pending question (None: nothing is asked). Its text is in domain.yml, and its choices too unless given.

    `variant` chooses utter_question_<variant>_<name>, for a question put in other words in some cases.
    """
    dossier = reply.dossier
    if name != dossier.ask:
        dossier.essais = 0
    dossier.ask, dossier.variante = name, variant
    dossier.choix = texts.choices(_response(dossier), dossier.voix) if choices is None and name else choices or []


def told_as(name: str | None) -> str | None:
    """The name under which the messages give a question."""
    return TOLD_AS.get(name or "", name)


def ask_fact(reply: Reply, name: str, context: Context) -> None:
    """Ask a fact with the texts of the catalogue."""
    question = context.catalogue.questions[name]
    ask(reply, name, _choices(question, reply.dossier, context))


def _choices(question: Question, dossier: Dossier, context: Context) -> list[dict[str, str]]:
    shown = [{"id": answer.id, "label": answer.label} for answer in question.choices]
    if not any(choice["id"] == SKIP_CHOICE for choice in shown):
        shown.append({"id": SKIP_CHOICE, "label": texts.labels()["ne_sait_pas"]})
    return [*shown, {"id": "pourquoi", "label": texts.labels()["pourquoi"]}] if dossier.essais == 0 else shown


def render(reply: Reply, context: Context) -> Say | None:
    """The message of the pending question, None when nothing is asked. A fact not understood once is worded differently."""
    dossier = reply.dossier
    name = dossier.ask
    if name is None:
        return None
    question = context.catalogue.questions.get(name)
    if question is None:
        return Say(response=_response(dossier), choices=tuple(dossier.choix))
    wording = question.wording(dossier.voix)
    assert wording is not None  # `repere offers check` refuses a question without texts
    return Say(text=wording.autrement if dossier.essais else wording.question, choices=tuple(dossier.choix))


def _response(dossier: Dossier) -> str:
    """Name of the response that asks the pending question: its variant, or the one of the journey, worded differently the second time."""
    own = f"utter_question_{dossier.variante or dossier.etape}_{dossier.ask}"
    name = own if texts.has(own) else f"utter_question_{dossier.ask}"
    again = [f"{name}_autrement", f"utter_question_{dossier.ask}_autrement"] if dossier.essais else []
    return next((response for response in again if texts.has(response)), name)


def wording_of(dossier: Dossier, context: Context) -> Wording | None:
    """The texts of the pending question when it is one of the catalogue."""
    question = context.catalogue.questions.get(dossier.ask or "")
    return question.wording(dossier.voix) if question else None


def not_understood(reply: Reply) -> bool:
    """Count one more failure on the pending question. True when it may be worded once more, False when it must be given up."""
    reply.dossier.essais += 1
    return reply.dossier.essais < MAX_TRIES

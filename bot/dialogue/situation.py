"""What happens to the family: asked with the most frequent situations as buttons, and taken as a button or as words."""

from __future__ import annotations

from bot.dialogue import answers, asking
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply


def ask(reply: Reply, context: Context, variant: str | None = None) -> None:
    """Ask what happens, with the most frequent situations as buttons; an agent writes a line instead."""
    if reply.dossier.audience == "agent":
        asking.ask(reply, "situation", [])
        return
    menu = sorted((item for item in context.catalogue.situations.values() if item.menu), key=lambda item: item.menu)
    asking.ask(reply, "situation", [{"id": item.id, "label": item.button} for item in menu], variant=variant)


def chosen(message: Message, context: Context) -> str | None:
    """The situation of a button, or of its label typed."""
    picked = answers.choice(message, [{"id": s.id, "label": s.button or s.label} for s in context.catalogue.situations.values()])
    return picked if picked in context.catalogue.situations else None


def too_vague(dossier: Dossier, context: Context) -> bool:
    """True, once, for a family that asks for help without saying what happens."""
    told = [context.catalogue.situations[situation] for situation in dossier.situations]
    vague = all(situation.vague for situation in told) and not dossier.offres and not dossier.pro
    if not vague or dossier.ask != "situation" or dossier.essais:
        return False
    dossier.essais = 1  # the question comes back in other words
    return True

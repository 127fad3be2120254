"""A family of the agricultural scheme: no verdict on what the Caf offers, but doors; a file at the Caf changes that."""

from __future__ import annotations

from bot.dialogue import asking
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Reply

FILE = "allocataire"  # the fact that brings the family back


def concerns(dossier: Dossier) -> bool:
    """True while nothing tells that the family also has a file at the Caf."""
    return dossier.hors_caf and not dossier.pro and dossier.facts.get(FILE) is not True


def say(reply: Reply, context: Context) -> None:
    """The doors, and whether there is a file at the Caf all the same; the second time, the doors alone."""
    dossier = reply.dossier
    if dossier.ask == FILE or FILE in dossier.facts or FILE in dossier.inconnus:
        reply.say("utter_msa_portes")
        asking.ask(reply, None)
    else:
        reply.say("utter_msa")
        asking.ask_fact(reply, FILE, context)

"""Danger and distress: the numbers first, no detail asked, then a safe way to be called back."""

from __future__ import annotations

from bot.dialogue import answers, asking, demande
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply

VIOLENCE = "violences"


def concerns(dossier: Dossier, message: Message) -> bool:
    """True when the numbers come first: words of danger or distress, or violence told or chosen for the first time."""
    told = VIOLENCE in message.situations or (dossier.ask == "situation" and message.choice == VIOLENCE)
    return message.is_act("danger", "detresse") or (told and not dossier.violence)


def begin(reply: Reply, message: Message, context: Context) -> Reply:
    """The immediate numbers, whatever was going on. A professional gets them in one line, with the procedure."""
    dossier = reply.dossier
    kind = "detresse" if message.is_act("detresse") else "danger"
    dossier.violence = dossier.violence or kind == "danger"
    dossier.detresse = dossier.detresse or kind == "detresse"
    reply.say(f"utter_{kind}_pro" if dossier.pro else f"utter_{kind}")
    dossier.situations = [situation for situation in dossier.situations if situation != VIOLENCE]
    if kind == "danger" and dossier.pro:
        dossier.situations.insert(0, VIOLENCE)
        dossier.etape, dossier.rappel = "orientation", False  # the procedure before the request that was being opened
        reply.go_on()
        return reply
    if kind == "danger" and VIOLENCE not in dossier.traitees:
        dossier.traitees.append(VIOLENCE)  # nothing is asked about it: the call back comes first
    dossier.etape = "securite"
    asking.ask(reply, "veut_rendez_vous", variant="detresse" if kind == "detresse" and not dossier.pro else None)
    return reply


def advance(reply: Reply, message: Message, context: Context) -> None:
    """« Être rappelée », « quitter », « autre chose »."""
    dossier = reply.dossier
    picked = answers.choice(message, [*dossier.choix, {"id": "non", "label": "non"}])
    if picked is None and message.is_act("rendez_vous", "humain"):
        picked = "oui"
    if picked == "oui":
        _call_back(reply, context)
    elif picked == "quitter":
        reply.say("utter_quitter")
        _go_on(reply, context)
    elif picked in {"non", "autre_chose", answers.UNKNOWN} or message.is_act("plus_tard", "nier") or asking.not_understood(reply) is False:
        reply.say("utter_autre_chose_detresse" if dossier.variante == "detresse" else "utter_autre_chose")
        _go_on(reply, context)
    elif message.situations or message.mentions:
        reply.say("utter_note")
        asking.ask(reply, "veut_rendez_vous", variant=dossier.variante)
    else:
        reply.say("utter_pas_compris")


def _call_back(reply: Reply, context: Context) -> None:
    """The short path: the place if it is not known, then the request."""
    reply.dossier.etape = "orientation"
    demande.begin(reply, context)


def _go_on(reply: Reply, context: Context) -> None:
    """Back to the request that was being made, or nothing pending."""
    dossier = reply.dossier
    dossier.etape = "demande" if dossier.donnees else "orientation"
    asking.ask(reply, None)
    if dossier.donnees:
        demande.proceed(reply, context)

"""Danger and distress: the numbers first, no detail asked, then a safe way to be called back."""

from __future__ import annotations

from bot.dialogue import answers, asking, demande
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply


def begin(reply: Reply, message: Message) -> Reply:
    """The immediate numbers, whatever was going on. A professional gets them in one line, with the procedure."""
    dossier = reply.dossier
    kind = "detresse" if message.is_act("detresse") else "danger"
    dossier.violence = dossier.violence or kind == "danger"
    dossier.detresse = dossier.detresse or kind == "detresse"
    dossier.etape = "securite"
    if kind == "danger":
        dossier.add_situation("violences")
        dossier.situations.insert(0, dossier.situations.pop(dossier.situations.index("violences")))
    reply.say(f"utter_{kind}_pro" if dossier.pro else f"utter_{kind}")
    asking.ask(reply, "veut_rendez_vous")
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
        _go_on(reply)
    elif picked in {"non", "autre_chose", answers.UNKNOWN} or message.is_act("plus_tard", "nier") or asking.not_understood(reply) is False:
        reply.say("utter_autre_chose")
        _go_on(reply)
    elif message.situations or message.mentions:
        asking.ask(reply, "veut_rendez_vous")
    else:
        reply.say("utter_pas_compris")


def _call_back(reply: Reply, context: Context) -> None:
    """The short path: the place if it is not known, then the request."""
    dossier = reply.dossier
    dossier.etape = "orientation"
    if dossier.caf is None:
        dossier.rappel = True
        asking.ask(reply, "commune")
    else:
        demande.begin(reply, context)


def _go_on(reply: Reply) -> None:
    reply.dossier.etape = "orientation"
    asking.ask(reply, None)

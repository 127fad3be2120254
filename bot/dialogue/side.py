"""Side questions: what a person may say at any moment of any journey, answered before coming back to the pending question."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue import asking, connaissances, contacts, journeys, orientation, partenaire, texts
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.nlu.normalise import normalise

Handler = Callable[[Reply, Message, Context], None]

FREE_TEXT = frozenset({"nom", "prenom", "partenaire_nom", "partenaire_structure", "partenaire_contact", "disponibilites", "reference"})
SURE = 0.75  # a free answer (a name, a structure) is taken for a side question only when it is a sure one
ANSWERS_THERE = {  # acts that answer the pending question itself
    "veut_rendez_vous": {"humain", "rendez_vous", "plus_tard", "au_revoir", "remerciement"},
    "disponibilites": {"plus_tard", "contact"},
    "confirmation": {"corriger", "modifier_demande", "annuler_demande", "arreter", "plus_tard"},
    "situation": {"info_offre", "rendez_vous"},
    "a_modifier": {"corriger", "modifier_demande", "contact"},
    "telephone": {"contact"},
    "email": {"contact"},
}
WHAT_IS = re.compile(r"c ?est quoi|ca veut dire|veut dire|signifie|(?:je )?comprends? (?:pas|rien)|definition|kesako")


def answer(reply: Reply, message: Message, context: Context) -> bool:
    """Answer a side question. False when the message is none: the journey then takes it as an answer or as news."""
    dossier = reply.dossier
    if _explain(reply, message, context):
        return True
    if message.choice is not None or not _is_side(dossier, message):
        return False
    handler = HANDLERS.get(message.act or "")
    if handler is None:
        return False
    handler(reply, message, context)
    return True


def _is_side(dossier: Dossier, message: Message) -> bool:
    if message.act in ANSWERS_THERE.get(dossier.ask or "", set()):
        return False
    if dossier.ask in FREE_TEXT:
        return message.confidence >= SURE and message.act in INTERRUPTS
    return not (message.situations and message.act in {"salutation", "remerciement", "info_offre", "aide", "humain"})


def _explain(reply: Reply, message: Message, context: Context) -> bool:
    """« Pourquoi cette question ? » and « c'est quoi … ? », about the pending question."""
    dossier = reply.dossier
    wording = asking.wording_of(dossier, context)
    if wording and wording.explication and message.choice is None and WHAT_IS.search(normalise(message.text)):
        reply.say("utter_texte", texte=wording.explication)
        return True
    if message.choice != "pourquoi" and not message.is_act("pourquoi"):
        return False
    specific = f"utter_pourquoi_{dossier.ask}"
    if wording:
        reply.say("utter_texte", texte=wording.pourquoi)
    else:
        reply.say(specific if texts.has(specific) else "utter_pourquoi")
    return True


def _say(response: str) -> Handler:
    """A handler that only says a response, then lets the pending question come back."""

    def handle(reply: Reply, message: Message, context: Context) -> None:
        reply.say(response)

    return handle


def _other_language(reply: Reply, message: Message, context: Context) -> None:
    reply.say("utter_autre_langue")


def _greet(reply: Reply, message: Message, context: Context) -> None:
    reply.say("utter_bonjour")
    if reply.dossier.ask is None:
        orientation.ask_situation(reply, context)


HANDLERS: dict[str, Handler] = {
    "salutation": _greet,
    "remerciement": _say("utter_merci"),
    "aide": _say("utter_aide"),
    "confidentialite": _say("utter_confidentialite"),
    "dossier": _say("utter_dossier"),
    "hors_sujet": _say("utter_hors_sujet"),
    "insulte": _say("utter_insulte"),
    "info_service": connaissances.answer,
    "orientation_externe": connaissances.answer_doors,
    "info_offre": connaissances.answer_offer,
    "contact": contacts.answer,
    "procedure_partenaire": partenaire.answer,
    "humain": journeys.human,
    "au_revoir": journeys.leave,
    "arreter": journeys.stop,
    "plus_tard": journeys.later,
    "recommencer": journeys.restart,
    "retour": journeys.back,
    "suivi_demande": journeys.follow,
    "annuler_demande": journeys.follow,
    "modifier_demande": journeys.follow,
    "autre_langue": _other_language,
}
INTERRUPTS = frozenset({"pourquoi", "arreter", "retour", "confidentialite", "humain", "plus_tard", "recommencer"})

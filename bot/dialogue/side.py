"""Side questions: what a person may say at any moment of any journey, answered before coming back to the pending question."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue import (
    agent,
    answers,
    asking,
    connaissances,
    hearing,
    hors_caf,
    journeys,
    partenaire,
    services,
    situation,
    territoire,
    texts,
    words,
)
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.errors import DetailError
from bot.requests import requests
from bot.requests.details import normalise as normalise_detail

Handler = Callable[[Reply, Message, Context], None]

FREE_TEXT = frozenset({"nom", "prenom", "partenaire_nom", "partenaire_structure", "partenaire_contact", "disponibilites", "reference"})
FRENCH = "fr"
SENTENCE = 4  # words from which a free answer tells something rather than names
LATER = frozenset({"demande", "suivi"})  # journeys in which another situation waits its turn
SURE = 0.75  # a free answer (a name, a structure) is taken for a side question only when it is a sure one
ANSWERS_THERE = {  # acts that answer the pending question itself
    "veut_rendez_vous": {"humain", "rendez_vous", "plus_tard"},
    "confirmation": {"corriger", "modifier_demande", "annuler_demande", "arreter", "plus_tard"},
    "situation": {"info_offre", "rendez_vous"},
    "canal": {"contact"},
    "a_modifier": {"corriger", "modifier_demande", "contact"},
}


def answer(reply: Reply, message: Message, context: Context) -> bool:
    """Answer a side question. False when the message is none: the journey then takes it as an answer or as news."""
    dossier = reply.dossier
    topic = connaissances.picked(message)
    if topic is not None:
        connaissances.say(reply, topic, context)
        return True
    if _explain(reply, message, context):
        return True
    if dossier.audience == "agent" and agent.details(reply, message, context):
        return True
    if words.said("refus", message.text) and dossier.ask == "commune":
        return False  # the place is refused, whatever it sounds like
    if message.choice is not None or not _is_side(dossier, message, context):
        return False
    if dossier.audience == "agent" and (reply.news or dossier.compares) and dossier.etape == "orientation":
        return False  # « et si elle était dans l'Aisne ? » is a case, not a question about the Caf
    handler = _handler(dossier, message)
    if handler is None:
        return False
    asked = dossier.ask
    handler(reply, message, context)
    if asked == "situation" == reply.dossier.ask and reply.dossier.situations:
        reply.go_on()  # the question told the situation too: it is not asked for
    return True


def _handler(dossier: Dossier, message: Message) -> Handler | None:
    """What answers this act here; a message in another language has its own answer."""
    if message.act is None:
        return _other_language if message.langue != FRENCH else None
    if dossier.etape in LATER and message.is_act("situation") and message.situations:
        return _queue
    if dossier.etape == "demande" and message.act in IN_REQUEST and requests.read_reference(message.text) is None:
        return IN_REQUEST[message.act]
    return HANDLERS.get(message.act)


def _is_side(dossier: Dossier, message: Message, context: Context) -> bool:
    if answers.typed_label(message.text, dossier.choix) is not None:
        return False  # the words of a button
    if dossier.pro and dossier.ask == "veut_rendez_vous" and words.said("preparer", message.text):
        return False  # « ok je prépare »
    if dossier.pro and message.is_act("dossier") and message.heard:
        return False  # « elle a un dossier à la Caf » is a fact of the family
    plain = dossier.pro and "?" not in message.text and dossier.ask in context.catalogue.questions
    if plain and answers.leading(message.text, dossier.choix):
        return False  # « oui, AS de polyvalence » answers, and says who speaks
    if dossier.ask == "canal" and message.is_act("contact") and words.said("question", message.text):
        return True  # « c'est quoi le numéro de téléphone ? »
    if message.act in ANSWERS_THERE.get(dossier.ask or "", set()) or _holds_answer(dossier, message, context):
        return False
    if dossier.ask in FREE_TEXT:
        told = message.is_act("situation") and len(message.text.split()) >= SENTENCE
        asked = message.act in INTERRUPTS or words.said("question", message.text) or told
        return message.confidence >= SURE and asked
    return not (message.situations and message.act in {"salutation", "remerciement", "info_offre", "aide", "humain"})


def _holds_answer(dossier: Dossier, message: Message, context: Context) -> bool:
    """True when the words hold the detail that is asked, whatever the act: a number, an address, a reference, a moment."""
    question = context.catalogue.questions.get(dossier.ask or "")
    if question is not None and set(question.fills) & set(message.heard):
        return True  # « je verse une pension » answers the question on it
    if dossier.ask == territoire.ASK and message.is_act("contact", "procedure_partenaire", "info_offre"):
        return not words.said("question", message.text)  # « guise », « secteur de Laon »
    field = "email" if dossier.ask == "telephone" and "@" in message.text else dossier.ask or ""
    if field == "reference":
        return requests.read_reference(message.text) is not None
    if field not in {"telephone", "email", "numero_allocataire", "partenaire_contact", "disponibilites"}:
        return False
    try:
        normalise_detail(field, message.text)
    except DetailError:
        return False
    return True


def _explain(reply: Reply, message: Message, context: Context) -> bool:
    """« Pourquoi cette question ? » and « c'est quoi … ? », about the pending question."""
    dossier = reply.dossier
    wording = asking.wording_of(dossier, context)
    asks_term = message.choice is None and words.said("definition", message.text) and not connaissances.sure(message)
    if wording and wording.explication and asks_term:
        reply.say("utter_texte", texte=wording.explication)
        return True
    if message.choice != "pourquoi" and (not message.is_act("pourquoi") or words.said("refus", message.text)):
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


def _queue(reply: Reply, message: Message, context: Context) -> None:
    """A second situation told while a request is made or followed: kept for after, with what it states."""
    for told in message.situations:
        reply.dossier.add_situation(told)
        hearing.learn(reply.dossier, context.catalogue.situations[told].facts, context)
    reply.say("utter_situation_notee", situation=context.catalogue.situations[message.situations[0]].label)


def _other_language(reply: Reply, message: Message, context: Context) -> None:
    reply.say("utter_autre_langue")


def _greet(reply: Reply, message: Message, context: Context) -> None:
    reply.say("utter_bonjour")
    if reply.dossier.ask is None:
        situation.ask(reply, context)


def _help(reply: Reply, message: Message, context: Context) -> None:
    """What the assistant can do; for a family of the agricultural scheme, its own doors."""
    if hors_caf.concerns(reply.dossier):
        hors_caf.say(reply, context)
    else:
        reply.say("utter_aide")


def _privacy(reply: Reply, message: Message, context: Context) -> None:
    """What is kept; or, when it is asked, everything of this conversation erased at once."""
    if words.said("effacer", message.text):
        journeys.erase(reply, message, context)
    else:
        reply.say("utter_confidentialite")


HANDLERS: dict[str, Handler] = {
    "salutation": _greet,
    "remerciement": _say("utter_merci"),
    "aide": _help,
    "confidentialite": _privacy,
    "dossier": journeys.payment,
    "hors_sujet": _say("utter_hors_sujet"),
    "insulte": _say("utter_insulte"),
    "info_service": connaissances.answer,
    "orientation_externe": services.answer,
    "info_offre": connaissances.answer_offer,
    "contact": partenaire.answer_contact,
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
IN_REQUEST: dict[str, Handler] = {  # while a request is being made, these words are about that one
    "annuler_demande": journeys.cancel_draft,
    "modifier_demande": _say("utter_modifier_avant_envoi"),
    "corriger": _say("utter_modifier_avant_envoi"),
    "procedure_partenaire": _say("utter_pro_ensuite"),
}
INTERRUPTS = frozenset(
    {"pourquoi", "arreter", "retour", "confidentialite", "humain", "plus_tard", "recommencer", "salutation", "remerciement"}
    | {"au_revoir", "insulte", "dossier", "suivi_demande", "annuler_demande", "modifier_demande", "corriger"}
)

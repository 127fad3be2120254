"""The request: agreement first, then the contact details one by one, a summary, and the sending. The values go to the draft, never here."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.database import session_scope
from bot.dialogue import answers, asking, envoi, hors_caf, lieu, offers, territoire, words
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.etapes_demande import AGREEMENTS, give_up, steps
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.errors import DetailError
from bot.requests import drafts

CONSENT_TEXT = "2026-11"  # version of utter_ask_consentement: change it with the text
OPTIONAL = frozenset({"disponibilites", "numero_allocataire"})
CHANNELS = {"sms": ("sms", "non"), "email": ("email", "non"), "telephone_discret": ("telephone", "non"), "telephone": ("telephone", "oui")}


def begin(reply: Reply, context: Context) -> None:
    """Open the request, unless the person is too young for one."""
    dossier = reply.dossier
    if hors_caf.concerns(dossier):
        hors_caf.say(reply, context)
    elif dossier.caf is None:
        dossier.rappel = True
        if dossier.ask in {"commune", "caf"}:
            reply.say("utter_rendez_vous_lieu")
        lieu.ask(reply)
    elif not context.catalogue.cafs[dossier.caf].receives_requests:
        reply.say("utter_rien_envoye", caf=context.catalogue.cafs[dossier.caf or "autre"].name)
        asking.ask(reply, None)
    elif dossier.facts.get("age_demandeur", 99) < 15 and not dossier.pro:
        reply.say("utter_moins_de_15_ans")
        asking.ask(reply, None)
    elif territoire.open_to_question(dossier, context):
        dossier.rappel = True
        territoire.ask(reply, context)
    else:
        _choose_offer(dossier, context)
        dossier.etape, dossier.donnees, dossier.canal, dossier.a_modifier = "demande", [], None, None
        proceed(reply, context)


def _choose_offer(dossier: Dossier, context: Context) -> None:
    """What the request is for, when no result was shown before it."""
    if dossier.violence and not dossier.pro:
        dossier.offre = offers.offer_for("violences", dossier, context)
    elif dossier.situations and not dossier.resultats:
        dossier.offre = offers.offer_for(dossier.situations[0], dossier, context)
        offers.close_situation(dossier)


def advance(reply: Reply, message: Message, context: Context) -> None:
    """Take the message as the answer to the pending detail, then ask the next one."""
    ask = reply.dossier.ask
    if ask == "confirmation":
        envoi.advance(reply, message, context)
    elif ask == "a_modifier":
        _choose_line(reply, message, context)
    elif ask in AGREEMENTS:
        _take_agreement(reply, message, context)
    elif ask == "canal":
        _take_channel(reply, message, context)
    elif ask is not None:
        _take_detail(reply, message, context)
    else:
        proceed(reply, context)


def proceed(reply: Reply, context: Context) -> None:
    """Ask the next detail, or show the summary."""
    step = next((step for step in steps(reply.dossier) if step not in reply.dossier.donnees), None)
    if step is None:
        envoi.show(reply, context)
    else:
        asking.ask(reply, step)


def back(reply: Reply, context: Context) -> None:
    """Take back the last detail given and ask it again."""
    dossier = reply.dossier
    if dossier.ask == "a_modifier" or dossier.a_modifier:
        _keep_line(reply, context)
        return
    if not dossier.donnees:
        reply.say("utter_retour_impossible")
        return
    last = dossier.donnees.pop()
    with session_scope() as session:
        drafts.remove(session, context.conversation_id, last, context.now)
    reply.say("utter_retour")
    asking.ask(reply, last)


def _keep_line(reply: Reply, context: Context) -> None:
    """Leave the line chosen as it was, and show the summary again."""
    dossier = reply.dossier
    if dossier.a_modifier and dossier.a_modifier not in dossier.donnees:
        dossier.donnees.append(dossier.a_modifier)
    dossier.a_modifier = None
    envoi.show(reply, context)


def _take_agreement(reply: Reply, message: Message, context: Context) -> None:
    """Consent is a clear yes: a button, or the word; anything else asks again or leaves."""
    ask = reply.dossier.ask or "consentement"
    picked = answers.choice(message, reply.dossier.choix)
    if picked == "oui":
        with session_scope() as session:
            drafts.put(session, context.conversation_id, ask, CONSENT_TEXT if ask == "consentement" else "oui", context.now)
        _given(reply, ask, context)
    elif picked in {"non", answers.UNKNOWN}:
        give_up(reply, context, "utter_sans_accord" if ask == "consentement" else "utter_sans_accord_famille")
    else:
        _again(reply, context)


def _take_channel(reply: Reply, message: Message, context: Context) -> None:
    number = message.mentions.get("telephone")
    named = next((channel for channel in CHANNELS if words.said(f"canal_{channel}", message.text)), None)
    picked = answers.choice(message, reply.dossier.choix) or named or ("telephone" if number else None)
    if picked == answers.UNKNOWN:
        picked = "telephone"
    if picked not in CHANNELS:
        _again(reply, context)
        return
    channel, voicemail = CHANNELS[picked]
    with session_scope() as session:
        drafts.put(session, context.conversation_id, "canal", channel, context.now)
        drafts.put(session, context.conversation_id, "message_vocal", voicemail, context.now)
    reply.dossier.canal = channel
    if number and channel != "email":
        _keep_number(reply.dossier, number, context)
    _given(reply, "canal", context)


def _keep_number(dossier: Dossier, number: str, context: Context) -> None:
    """The number given instead of a channel is not asked again; one that cannot be called is."""
    try:
        with session_scope() as session:
            drafts.put(session, context.conversation_id, "telephone", number, context.now)
    except DetailError:
        return
    dossier.donnees += [] if "telephone" in dossier.donnees else ["telephone"]


def _take_detail(reply: Reply, message: Message, context: Context) -> None:
    field = reply.dossier.ask or ""
    if field in OPTIONAL and (message.choice == answers.UNKNOWN or message.is_act("ne_sait_pas", "nier")):
        _given(reply, field, context)
        return
    if message.is_act("ne_sait_pas") and message.confidence >= answers.SURE_ENOUGH:
        _again(reply, context)  # « je ne sais pas » is nobody's name
        return
    if field == "telephone" and not reply.dossier.pro and message.is_act("nier", "ne_sait_pas"):
        _without_phone(reply, context)
        return
    label = next((item["label"] for item in reply.dossier.choix if item["id"] == message.choice), message.text)
    try:
        with session_scope() as session:
            drafts.put(session, context.conversation_id, field, label, context.now)
            if field == "partenaire_contact":
                _follow_up_by_mail(session, label, context)
    except DetailError as error:
        reply.say(f"utter_refus_{error.code}")
        _again(reply, context, said=True)
        return
    _given(reply, field, context)


def _follow_up_by_mail(session: Session, contact: str, context: Context) -> None:
    """A mail is told that an appointment exists; a phone number is not."""
    if "@" in contact:
        drafts.put(session, context.conversation_id, envoi.FOLLOW_UP, "oui", context.now)
    else:
        drafts.remove(session, context.conversation_id, envoi.FOLLOW_UP, context.now)


def _without_phone(reply: Reply, context: Context) -> None:
    """Somebody who has no phone is asked for a mail; the channel follows."""
    with session_scope() as session:
        drafts.put(session, context.conversation_id, "canal", "email", context.now)
        drafts.put(session, context.conversation_id, "message_vocal", "non", context.now)
    reply.dossier.canal = "email"
    reply.say("utter_sans_telephone")
    proceed(reply, context)


def _given(reply: Reply, field: str, context: Context) -> None:
    dossier = reply.dossier
    if field not in dossier.donnees:
        dossier.donnees.append(field)
    dossier.a_modifier = None
    proceed(reply, context)


def _again(reply: Reply, context: Context, said: bool = False) -> None:
    """Ask the same detail once more; then pass over an optional one, or leave with the other doors and nothing stored."""
    field = reply.dossier.ask or ""
    if asking.not_understood(reply):
        if not said:
            reply.say("utter_pas_compris")
    elif field in OPTIONAL:
        _given(reply, field, context)
    else:
        give_up(reply, context, "utter_demande_abandonnee")


def _choose_line(reply: Reply, message: Message, context: Context) -> None:
    """« Modifier » : which line of the summary."""
    picked = answers.choice(message, reply.dossier.choix)
    if picked == envoi.FOLLOW_UP:
        _turn_follow_up(reply, context)
        return
    if picked not in steps(reply.dossier):
        if asking.not_understood(reply):
            reply.say("utter_pas_compris")
        else:
            envoi.show(reply, context)
        return
    reply.dossier.a_modifier = picked
    reply.dossier.donnees.remove(picked)
    asking.ask(reply, picked)


def _turn_follow_up(reply: Reply, context: Context) -> None:
    """The professional will know that an appointment exists, or no longer will."""
    with session_scope() as session:
        wanted = drafts.read(session, context.conversation_id, context.now).get(envoi.FOLLOW_UP)
        drafts.put(session, context.conversation_id, envoi.FOLLOW_UP, "non" if wanted == "oui" else "oui", context.now)
    envoi.show(reply, context)

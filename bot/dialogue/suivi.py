"""Following a request: its reference and the phone or mail given in it, then its status, a change or a cancellation."""

from __future__ import annotations

import re
from datetime import datetime

from bot.database import session_scope
from bot.dialogue import answers, asking, demande, texts
from bot.dialogue.context import Context
from bot.dialogue.dates import french_moment
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.errors import DetailError, LookUpClosed, RequestRefused
from bot.requests import requests as service
from bot.requests.context import RequestView

CHANGEABLE = ("telephone", "email", "disponibilites", "numero_allocataire")
ELEMENT = re.compile(r"@|(?:\d\D{0,2}){6,}")  # a mail, or the digits of a phone
WISHES = {"suivi_demande": "suivre", "annuler_demande": "annuler", "modifier_demande": "modifier"}


def begin(reply: Reply, message: Message, context: Context) -> None:
    """Ask for the reference, unless the message holds it."""
    dossier = reply.dossier
    dossier.etape, dossier.prouvee, dossier.a_modifier = "suivi", None, None
    dossier.souhait = WISHES.get(message.act or "", "suivre")
    reference = service.read_reference(message.text)
    if reference in (None, dossier.reference) and dossier.reference:
        dossier.reference_suivie = dossier.reference  # made in this conversation: nothing more to prove
        _look_up(reply, None, context)
    elif reference:
        dossier.reference_suivie = reference
        asking.ask(reply, "telephone")
    else:
        asking.ask(reply, "reference")


def advance(reply: Reply, message: Message, context: Context) -> None:
    """One step of the look-up."""
    steps = {"reference": _take_reference, "telephone": _take_element, "a_modifier": _take_line, "confirmation": _take_confirmation}
    step = steps.get(reply.dossier.ask or "")
    if reply.dossier.prouvee and reply.dossier.a_modifier:
        _take_new_value(reply, message, context)
    elif step is not None:
        step(reply, message, context)
    else:
        _leave(reply, context)
        reply.go_on()


def _take_reference(reply: Reply, message: Message, context: Context) -> None:
    reference = service.read_reference(message.text)
    if reference:
        reply.dossier.reference_suivie = reference
        asking.ask(reply, "telephone")
    elif asking.not_understood(reply):
        reply.say("utter_reference_illisible")
    else:
        reply.say("utter_sans_reference")
        _leave(reply, context)


def _take_element(reply: Reply, message: Message, context: Context) -> None:
    """A phone or a mail is looked up; words are neither, and do not count as a wrong try."""
    if ELEMENT.search(message.text):
        _look_up(reply, message.text, context)
    elif asking.not_understood(reply):
        reply.say("utter_pas_compris")
    else:
        reply.say("utter_sans_reference")
        _leave(reply, context)


def _look_up(reply: Reply, element: str | None, context: Context) -> None:
    """Find the request, and show it; None as element when this conversation made it."""
    dossier = reply.dossier
    try:
        with session_scope() as session:
            view = service.look_up(session, dossier.reference_suivie or "", element, context.now, context.conversation_id)
    except LookUpClosed:
        reply.say("utter_suivi_ferme")
        _leave(reply, context)
        return
    if view is None:
        reply.say("utter_suivi_introuvable")
        asking.ask(reply, "reference")
        return
    dossier.prouvee = view.reference
    _show(reply, view, context)


def _show(reply: Reply, view: RequestView, context: Context) -> None:
    """Say where the request stands, then serve the wish."""
    dossier = reply.dossier
    appointment = datetime.fromisoformat(view.rdv_at) if view.rdv_at else None
    when = french_moment(appointment) if appointment else ""
    reply.say(f"utter_statut_{view.status.value}", reference=view.reference, rendez_vous=when, caf=context.catalogue.cafs[view.caf].name)
    reply.says[-1] = reply.says[-1].with_request(view.reference, view.status.value)
    if not view.open or dossier.souhait == "suivre":
        _leave(reply, context)
    elif dossier.souhait == "annuler":
        asking.ask(reply, "confirmation", _yes_no(context))
    else:
        asking.ask(reply, "a_modifier", [{"id": field, "label": texts.labels()[field]} for field in CHANGEABLE])


def _yes_no(context: Context) -> list[dict[str, str]]:
    return [{"id": "oui", "label": texts.labels()["annuler_ma_demande"]}, {"id": "non", "label": texts.labels()["garder_ma_demande"]}]


def _take_confirmation(reply: Reply, message: Message, context: Context) -> None:
    picked = answers.choice(message, reply.dossier.choix)
    if picked == "oui":
        _cancel(reply, context)
        _leave(reply, context)
    elif picked is not None:
        reply.say("utter_demande_gardee")
        _leave(reply, context)
    elif asking.not_understood(reply):
        reply.say("utter_pas_compris")
    else:
        reply.say("utter_demande_gardee")
        _leave(reply, context)


def _cancel(reply: Reply, context: Context) -> None:
    """Cancel, and say what was really done: an agent may have closed the request meanwhile, or it may have been erased."""
    try:
        with session_scope() as session:
            view = service.cancel(session, reply.dossier.prouvee or "", None, context.now, context.conversation_id)
    except RequestRefused:
        reply.say("utter_demande_close")
        return
    if view is None:
        reply.say("utter_suivi_introuvable")
        return
    reply.say("utter_demande_annulee_suivi", reference=view.reference)
    reply.says[-1] = reply.says[-1].with_request(view.reference, view.status.value)


def _take_line(reply: Reply, message: Message, context: Context) -> None:
    picked = answers.choice(message, reply.dossier.choix)
    if picked in CHANGEABLE:
        reply.dossier.a_modifier = picked
        asking.ask(reply, picked)
    elif asking.not_understood(reply):
        reply.say("utter_pas_compris")
    else:
        reply.say("utter_demande_gardee")
        _leave(reply, context)


def _take_new_value(reply: Reply, message: Message, context: Context) -> None:
    dossier = reply.dossier
    field = dossier.a_modifier or ""
    value = next((item["label"] for item in dossier.choix if item["id"] == message.choice), message.text)
    try:
        with session_scope() as session:
            view = service.change(session, dossier.prouvee or "", None, {field: value}, context.now, context.conversation_id)
    except DetailError as error:
        reply.say(f"utter_refus_{error.code}")
        if not asking.not_understood(reply):
            _leave(reply, context)
        return
    except RequestRefused:
        reply.say("utter_demande_close")
        _leave(reply, context)
        return
    reply.say("utter_demande_modifiee" if view is not None else "utter_suivi_introuvable", reference=dossier.prouvee)
    _leave(reply, context)


def _leave(reply: Reply, context: Context) -> None:
    """Back to what was going on (a request being made, a situation being looked at).

    What was proven stays proven in this conversation: the same request sent again is then a change, not a second one (contract §5).
    """
    dossier = reply.dossier
    dossier.etape, dossier.a_modifier, dossier.reference_suivie = "orientation", None, None
    asking.ask(reply, None)
    if dossier.donnees:
        dossier.etape = "demande"
        demande.proceed(reply, context)
    elif dossier.situations or dossier.offres:
        reply.go_on()

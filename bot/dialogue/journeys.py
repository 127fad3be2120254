"""What moves between journeys: leave, stop, start again, go back, follow a request, want a human."""

from __future__ import annotations

from bot import settings
from bot.conversations import registry
from bot.database import session_scope
from bot.dialogue import asking, demande, orientation, situation, suivi
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.etapes_demande import give_up
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.requests import drafts
from bot.requests import requests as service


def human(reply: Reply, message: Message, context: Context) -> None:
    """Who can be spoken to now, then, when the Caf is known, whether a call is wanted."""
    reply.say("utter_humain")
    dossier = reply.dossier
    if dossier.etape != "orientation":
        return
    if dossier.ask == "situation":
        orientation.wants_call(reply, context)
    elif dossier.caf and context.catalogue.cafs[dossier.caf].receives_requests and dossier.ask not in {"veut_rendez_vous", "territoire"}:
        asking.ask(reply, "veut_rendez_vous")


def payment(reply: Reply, message: Message, context: Context) -> None:
    """A question about a file or a payment: where it is answered; then, when nothing else is going on, whether help is wanted."""
    dossier = reply.dossier
    reply.say("utter_dossier")
    if dossier.etape == "orientation" and dossier.ask in {None, "situation"} and not dossier.pro:
        asking.ask(reply, "veut_rendez_vous", variant="difficulte")


def leave(reply: Reply, message: Message, context: Context) -> None:
    """Say goodbye, keeping the way back open."""
    _drop_draft(reply.dossier, context)
    reply.say("utter_au_revoir")
    _rest(reply)


def stop(reply: Reply, message: Message, context: Context) -> None:
    """Stop the journey: what was typed for a request is forgotten, the doors stay."""
    _drop_draft(reply.dossier, context)
    reply.say("utter_arret")
    _rest(reply)


def cancel_draft(reply: Reply, message: Message, context: Context) -> None:
    """« Je veux annuler ma demande » while it is being made: nothing is sent, the details are forgotten."""
    give_up(reply, context, "utter_demande_annulee")


def later(reply: Reply, message: Message, context: Context) -> None:
    """« Plus tard »: nothing is lost but the contact details, which are not kept."""
    _drop_draft(reply.dossier, context)
    reply.say("utter_plus_tard")
    _rest(reply)


def restart(reply: Reply, message: Message, context: Context) -> None:
    """Forget everything and ask the first question again."""
    _drop_draft(reply.dossier, context)
    old = reply.dossier
    reply.dossier = Dossier(audience=old.audience, message_id=old.message_id)
    reply.say("utter_recommencer")
    situation.ask(reply, context)


def erase(reply: Reply, message: Message, context: Context) -> None:
    """Erase at once what this conversation left: messages, details, the requests it made or proved; say how long a backup lives."""
    with session_scope() as session:
        service.erase_conversation(session, context.conversation_id, context.now, proven_reference=reply.dossier.prouvee)
        registry.erase_past(session, context.conversation_id)
    old = reply.dossier
    reply.dossier = Dossier(audience=old.audience, message_id=old.message_id)
    reply.say("utter_efface", jours=settings.get("REPERE_BACKUP_DAYS"))
    asking.ask(reply, None)


def back(reply: Reply, message: Message, context: Context) -> None:
    """Take back the last answer and ask it again."""
    dossier = reply.dossier
    if dossier.etape == "demande":
        demande.back(reply, context)
        return
    reply.say("utter_retour" if dossier.take_back() else "utter_retour_impossible")


def follow(reply: Reply, message: Message, context: Context) -> None:
    """Follow, change or cancel a request already sent."""
    if reply.dossier.ask == "reference":
        reply.say("utter_ou_est_la_reference")
    suivi.begin(reply, message, context)


def _rest(reply: Reply) -> None:
    """Nothing pending; what is known of the family stays for this conversation."""
    reply.dossier.etape = "orientation"
    asking.ask(reply, None)


def _drop_draft(dossier: Dossier, context: Context) -> None:
    if not dossier.donnees and dossier.etape != "demande":
        return
    with session_scope() as session:
        drafts.discard(session, context.conversation_id)
    dossier.donnees = []
    dossier.a_modifier = None

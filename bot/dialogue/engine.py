"""Plays one turn: what is heard, the side question answered, the journey advanced, and the question that ends the turn."""

from __future__ import annotations

from bot.dialogue import avis, connaissances, counting, demande, hearing, orientation, securite, sens, side, situation, suivi
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.requests import counters

NOT_UNDERSTOOD = frozenset({"utter_pas_compris", "utter_quel_sens"})
JOURNEYS = {"orientation": orientation, "demande": demande, "suivi": suivi, "securite": securite}


def turn(dossier: Dossier, message: Message, context: Context) -> Reply:
    """Answer one message. A message already absorbed (a form run twice for it) only brings back the pending question."""
    reply = Reply(dossier)
    if message.id == dossier.message_id:
        reply.silent = True
        return reply
    dossier.message_id = message.id
    connaissances.put_away(dossier)
    sens.put_away(dossier)
    before, answers = dossier.as_told(), len(dossier.historique)
    reply = _play(reply, sens.read(message), context)
    answered = before["etape"] == "orientation" and before["ask"] and (before["ask"], "orientation") != (dossier.ask, dossier.etape)
    if answered and reply.dossier is dossier and len(dossier.historique) == answers:
        dossier.remember(before)
    return reply


def _play(reply: Reply, message: Message, context: Context) -> Reply:
    """Hear the message, then answer it: danger first, then a side question, then the journey under way."""
    dossier = reply.dossier
    heard = hearing.hear(dossier, message, context)
    if securite.concerns(dossier, message):
        return _go_on(securite.begin(reply, message, context), context)
    if not heard.news and avis.take(reply, message, context):
        return reply
    reply.news = heard.news
    orientation.read_back(reply, message, heard, context)
    if not side.answer(reply, message, context):
        JOURNEYS[dossier.etape].advance(reply, message, context)
    _go_on(reply, context)
    _count(reply, context)
    avis.propose(reply)
    return reply


def _go_on(reply: Reply, context: Context) -> Reply:
    """What follows when a journey is over: the next situation told, the place, a question, a result."""
    while reply.goes_on:
        reply.goes_on = False
        orientation.proceed(reply, context)
    return reply


def _count(reply: Reply, context: Context) -> None:
    """Count a message not understood, for the yearly review: a number by day, nobody in it."""
    if any(say.response in NOT_UNDERSTOOD for say in reply.says):
        caf, audience = reply.dossier.caf, reply.dossier.audience
        counting.count(lambda session: counters.add(session, context.today, "message_non_compris", caf=caf, audience=audience))


def welcome(dossier: Dossier, context: Context) -> Reply:
    """First messages of a conversation: what speaks, what it can do, what not to write, and the first question."""
    reply = Reply(dossier).say("utter_accueil")
    situation.ask(reply, context)
    return reply

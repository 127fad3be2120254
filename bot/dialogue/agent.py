"""The accueil agent: one line of facts in, all the offers out, compact, with sources and what to check."""

from __future__ import annotations

from bot.dialogue import agent_lines, asking, comparison, criteria, lieu, situation, words
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.eligibility import evaluate, next_question


def proceed(reply: Reply, context: Context) -> None:
    """Answer at once with what is known; ask only the place, without which no offer can be named."""
    dossier = reply.dossier
    if len(dossier.offres) > 1 and dossier.caf:
        comparison.offers(reply, context)
        return
    compared = bool(dossier.compares)
    if compared:
        comparison.cafs(reply, context)
    if dossier.caf is None:
        if not dossier.situations and not dossier.facts and not dossier.lieux_possibles:
            situation.ask(reply, context)
        else:
            lieu.ask(reply)
    elif dossier.facts or dossier.situations or dossier.offres or dossier.resultats:
        _answer(reply, context, short=compared)
    else:
        asking.ask(reply, "situation", [])


def _answer(reply: Reply, context: Context, short: bool) -> None:
    """The offers of the Caf for this family, then the one question that would settle most, or what to do with the answer."""
    dossier = reply.dossier
    evaluation = evaluate(context.catalogue, dossier.caf or "autre", "agent", dossier.facts, context.today)
    shown = agent_lines.shown_offers(reply, evaluation, context)
    dossier.resultats = {result.offer_id: {"verdict": result.verdict, "access": result.access} for result in shown}
    dossier.traitees += [situation for situation in dossier.situations if situation not in dossier.traitees]
    dossier.en_cours = dossier.situations[0] if dossier.situations else dossier.en_cours
    dossier.situations, dossier.offres = [], []
    (agent_lines.say_short if short else agent_lines.say)(reply, shown, evaluation, context)
    open_ones = [result for result in shown if result.verdict != "ineligible" and result.access != "ferme"]
    dossier.offre = open_ones[0].offer_id if open_ones else None
    _ask_next(reply, context)


def _ask_next(reply: Reply, context: Context) -> None:
    """The one fact that would settle most, or what to do with the answer. After violence nothing is asked: the call back comes first."""
    dossier = reply.dossier
    offers = list(dossier.resultats)
    fact = next_question(
        context.catalogue, dossier.caf or "autre", "agent", dossier.facts, context.today, offers=offers, skip=dossier.inconnus
    )
    if fact is not None and dossier.posees < 1 and not dossier.violence:
        dossier.posees += 1
        asking.ask_fact(reply, fact, context)
        return
    dossier.posees = 0
    receives = context.catalogue.cafs[dossier.caf or "autre"].receives_requests
    asking.ask(reply, "veut_rendez_vous" if receives else None, variant="securite" if receives and dossier.violence else None)


def details(reply: Reply, message: Message, context: Context) -> bool:
    """« Détail des critères », pressed or typed, whatever is being asked. True when it was that."""
    shown = list(reply.dossier.resultats)
    if not shown or not (message.choice == "details" or words.said("criteres", message.text)):
        return False
    criteria.say(reply, shown, context)
    return True

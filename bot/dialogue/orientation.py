"""From what happens to the offer that applies: situation, place, the questions that still matter, then the result."""

from __future__ import annotations

from bot.dialogue import (
    agent,
    asking,
    contacts,
    demande,
    hearing,
    hors_caf,
    lieu,
    partenaire,
    proche,
    results,
    sens,
    situation,
    territoire,
    texts,
    wording,
)
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.next_fact import MAX_QUESTIONS, useful_fact
from bot.dialogue.offers import put_closed_last
from bot.dialogue.reply import Reply

GRIEF_DATES = ("date_deces", "date_naissance_sans_vie")  # never read back: the person knows
DELICATE = 3  # sensitivity of a question on a death or on violence
CHANGES = ("corriger", "information")


def advance(reply: Reply, message: Message, context: Context) -> None:
    """Take the message as the answer to the pending question, or as news, then go on."""
    dossier = reply.dossier
    before = dossier.ask
    understood = _take(reply, message, context)
    if before is None and not reply.news and not dossier.pro and not message.is_act("rendez_vous", "eligibilite"):
        _wake(reply, message, context)
        return
    if before == "veut_rendez_vous" and understood:
        return  # the wish is served: a request, the next situation, or nothing
    if before == territoire.ASK and understood and not dossier.rappel:
        territoire.say(reply, context)
        return
    if dossier.etape != "orientation" or dossier.ask != before:
        return  # another journey, or another question, began while the answer was taken
    if understood or reply.news or dossier.compares:
        proceed(reply, context)
        if dossier.ask == before and not reply.says and not reply.goes_on:
            reply.say("utter_note")  # something else was told: the question alone would look deaf
    elif message.is_act("rendez_vous"):
        wants_call(reply, context)
    elif message.is_act("eligibilite") and asking.not_understood(reply):
        reply.say("utter_avant_de_repondre")
    elif asking.not_understood(reply) and not _delicate(dossier, context):
        if not sens.offer(reply, message):
            reply.say("utter_pas_compris")
    else:
        _give_up(reply, context)


def _wake(reply: Reply, message: Message, context: Context) -> None:
    """« Oui », « non » or unclear words when nothing was asked: what was left, or what can be done now."""
    dossier = reply.dossier
    agrees = message.is_act("affirmer")
    if message.is_act("nier"):
        reply.say("utter_d_accord")
    elif agrees and (dossier.situations or dossier.offres):
        reply.go_on()
    elif agrees and dossier.traitees and not dossier.reference and _receives(dossier, context):
        results.ask_wish(reply)
    else:
        situation.ask(reply, context, variant="autre")
        if not agrees and not message.is_act("ne_sait_pas") and not sens.offer(reply, message):
            reply.say("utter_pas_compris")


def _receives(dossier: Dossier, context: Context) -> bool:
    return dossier.caf is not None and context.catalogue.cafs[dossier.caf].receives_requests


def _delicate(dossier: Dossier, context: Context) -> bool:
    """True for a question that grief or violence makes hard: it is never asked a second time."""
    question = context.catalogue.questions.get(dossier.ask or "")
    return question is not None and question.sensitivity >= DELICATE and not dossier.pro


def wants_call(reply: Reply, context: Context) -> None:
    """A call is wanted: now when something is known of the situation; else after asking once what happens, which may stay untold."""
    dossier = reply.dossier
    if dossier.ask == "situation" and asking.not_understood(reply):
        situation.ask(reply, context, variant="rappel")
    else:
        demande.begin(reply, context)


def read_back(reply: Reply, message: Message, heard: hearing.Heard, context: Context) -> None:
    """Say what was understood of a correction or of a date, and open the last answer again when it rests on what changed."""
    dossier = reply.dossier
    if (
        heard.situations
        and dossier.voix == "allocataire"
        and not dossier.hors_caf
        and not proche.pending(dossier)
        and not message.is_act("procedure_partenaire")
        and not hearing.supposed(dossier, message)
    ):
        _sympathise(reply, heard.situations[0], context)
    if heard.place and dossier.voix != "agent":
        lieu.read_back(reply, heard.place_before, context)
    dates = [fact for fact in heard.dates if fact not in heard.changed and not fact.startswith(GRIEF_DATES)]
    facts = [*heard.changed, *dates]
    if not facts or dossier.audience == "agent":
        return
    words = " ; ".join(wording.fact_words(fact, dossier.facts[fact], context) for fact in facts if fact in dossier.facts)
    reply.say("utter_corrige" if heard.changed else "utter_date_lue", compris=words)


def _sympathise(reply: Reply, situation: str, context: Context) -> None:
    """A word for what happens, before any question, naming the Caf when the place was said."""
    own, caf = f"utter_ecoute_{situation}", wording.caf_named(reply.dossier, context)
    if texts.has(own):
        reply.say(own, caf=caf)
    elif reply.dossier.ask in {"situation", None}:
        reply.say("utter_ecoute", caf=caf)  # beside an answer (« je vis seul »), the plain word would only slow the person


def proceed(reply: Reply, context: Context) -> None:
    """Ask what is still needed, or give the result; a new fact opens the last answer again."""
    dossier = reply.dossier
    if not dossier.situations and not dossier.offres and dossier.en_cours and not dossier.rappel:
        dossier.situations = [dossier.en_cours]
    if hors_caf.concerns(dossier):
        hors_caf.say(reply, context)
        return
    if proche.pending(dossier):
        proche.ask(reply)
        return
    put_closed_last(dossier, context)
    if dossier.rappel and dossier.caf:
        dossier.rappel = False
        demande.begin(reply, context)
        return
    if contacts.say_sought(reply, context):
        return
    if dossier.audience == "partenaire" and dossier.violence and dossier.caf and dossier.situations[:1] == ["violences"]:
        partenaire.say_violence(reply, context)
    elif dossier.audience == "agent":
        agent.proceed(reply, context)
    elif (not dossier.situations and not dossier.offres) or situation.too_vague(dossier, context):
        situation.ask(reply, context)
    elif dossier.caf is None:
        lieu.ask(reply)
    elif not _ask_fact(reply, context):
        results.show(reply, context)
        territoire.ask_after_answer(reply, context)


def _take(reply: Reply, message: Message, context: Context) -> bool:
    """True when the message answers the pending question."""
    dossier = reply.dossier
    if dossier.ask == "situation":
        return _take_situation(dossier, message, context)
    if dossier.ask == "commune":
        return lieu.take(reply, message)
    if dossier.ask == "caf":
        return lieu.take_choice(dossier, message)
    if dossier.ask == territoire.ASK:
        return territoire.take(dossier, message, context)
    if dossier.ask == proche.ASK and proche.pending(dossier):
        return _take_for_whom(reply, message, context)
    if dossier.ask == "audience":
        return partenaire.take_audience(reply, message)
    if dossier.ask == "veut_rendez_vous":
        return results.take_wish(reply, message, context)
    return hearing.answer_fact(dossier, message, context)


def _take_for_whom(reply: Reply, message: Message, context: Context) -> bool:
    """For whom help is sought; what happened is then a fact of that family."""
    taken = proche.take(reply, message)
    for told_one in reply.dossier.situations if taken else ():
        told = context.catalogue.situations[told_one].facts
        hearing.learn(reply.dossier, {fact: value for fact, value in told.items() if fact not in reply.dossier.facts}, context)
    return taken


def _take_situation(dossier: Dossier, message: Message, context: Context) -> bool:
    picked = situation.chosen(message, context)
    if picked is not None:
        dossier.add_situation(picked)
        hearing.learn(dossier, context.catalogue.situations[picked].facts, context)
    return bool(dossier.situations)


def _ask_fact(reply: Reply, context: Context) -> bool:
    """Ask the next fact that can still change the answer. False when none can, or enough was asked."""
    dossier = reply.dossier
    if dossier.posees >= MAX_QUESTIONS or dossier.caf is None or _hush(dossier):
        return False
    fact = useful_fact(dossier, context)
    if fact is None:
        return False
    dossier.posees += fact != dossier.ask  # the same question coming back is not one more
    asking.ask_fact(reply, fact, context)
    return True


def _hush(dossier: Dossier) -> bool:
    """True for a family that speaks of a child's death without having said more: nothing is asked, not even an age (a stillbirth)."""
    grief = dossier.situations[:1] == ["deces_enfant"] and not dossier.offres
    return grief and not dossier.pro and not dossier.facts.get("deces_enfant")


def _give_up(reply: Reply, context: Context) -> None:
    """A question not understood twice: a fact is left unknown, a place means the national offers, a situation means the doors."""
    dossier = reply.dossier
    question = context.catalogue.questions.get(dossier.ask or "")
    if question is not None:
        dossier.inconnus += [fact for fact in question.fills if fact not in dossier.inconnus]
        reply.say("utter_passer")
        proceed(reply, context)
    elif dossier.ask == territoire.ASK:
        territoire.keep(dossier, None)
        proceed(reply, context) if dossier.rappel else territoire.say(reply, context)
    elif dossier.ask in {"commune", "caf"}:
        dossier.caf = "autre"
        reply.say("utter_lieu_inconnu")
        proceed(reply, context)
    else:
        reply.say("utter_portes")
        asking.ask(reply, None)
        dossier.essais = 0

"""The accueil agent: one line of facts in, all the offers out, compact, with sources and what to check."""

from __future__ import annotations

from bot.dialogue import asking, orientation, texts, wording
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply, Say
from bot.eligibility import Evaluation, OfferResult, evaluate, next_question

MAX_REASONS = 5
MAX_LINES = 6


def proceed(reply: Reply, context: Context) -> None:
    """Answer at once with what is known; ask only the place, without which no offer can be named."""
    dossier = reply.dossier
    if dossier.caf is None:
        if not dossier.situations and not dossier.facts and not dossier.lieux_possibles:
            orientation.ask_situation(reply, context)
        else:
            orientation.ask_place(reply, context)
        return
    if dossier.compares:
        _compare(reply, context)
    evaluation = evaluate(context.catalogue, dossier.caf, "agent", dossier.facts, context.today)
    shown = _shown(reply, evaluation, context)
    dossier.resultats = {result.offer_id: {"verdict": result.verdict, "access": result.access} for result in shown}
    dossier.traitees += [situation for situation in dossier.situations if situation not in dossier.traitees]
    dossier.en_cours = dossier.situations[0] if dossier.situations else dossier.en_cours
    dossier.situations, dossier.offres = [], []
    _say(reply, shown, evaluation, context)
    open_ones = [result for result in shown if result.verdict != "ineligible" and result.access != "ferme"]
    dossier.offre = open_ones[0].offer_id if open_ones else None
    _ask_next(reply, context)


def _compare(reply: Reply, context: Context) -> None:
    """The same family in the other Cafs named, one message each; the request stays with the Caf of the family."""
    dossier = reply.dossier
    own, others = dossier.caf, [caf for caf in dossier.compares if caf != dossier.caf]
    for caf in others:
        dossier.caf = caf
        evaluation = evaluate(context.catalogue, caf, "agent", dossier.facts, context.today)
        _say(reply, _shown(reply, evaluation, context), evaluation, context)
    dossier.caf, dossier.compares = own, []


def _shown(reply: Reply, evaluation: Evaluation, context: Context) -> list[OfferResult]:
    """The offers worth a line: those of the situations told, and those that the facts already open; best first."""
    stakes = {*orientation.stakes(reply.dossier, context), *reply.dossier.resultats}
    for situation in (*reply.dossier.situations, *reply.dossier.traitees):
        stakes |= set(orientation.offers_of(situation, reply.dossier, context))
    kept = [result for result in evaluation.offers.values() if result.offer_id in stakes or result.verdict == "eligible"]
    order = {"eligible": 0, "unknown": 1, "ineligible": 2}
    return sorted(kept or list(evaluation.offers.values()), key=lambda result: (order[result.verdict], result.access == "ferme"))[
        :MAX_LINES
    ]


def _say(reply: Reply, shown: list[OfferResult], evaluation: Evaluation, context: Context) -> None:
    """One message: the Caf, one line an offer, and what is understood of the facts."""
    dossier = reply.dossier
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    document = context.catalogue.documents[caf.document]
    lines = "\n".join(line(result, context) for result in shown)
    facts = ", ".join(wording.fact_words(name, value, context) for name, value in dossier.facts.items() if name in context.catalogue.facts)
    missing = {fact for result in shown if result.verdict == "unknown" for fact in result.missing[:2]}
    checks = ", ".join(sorted(wording.fact_label(fact, context) for fact in missing))
    response = "utter_agent_reponse" if checks else "utter_agent_reponse_complete"
    cards = tuple({"id": r.offer_id, "verdict": r.verdict, "access": r.access} for r in shown)
    variables = {
        "caf": caf.name,
        "annee": document.year,
        "lignes": lines,
        "faits": facts or "—",
        "verifier": checks,
        "prudence": caf.notice or document.notice or "",
    }
    reply.says.append(Say(response=response, variables=variables, offers=cards))


def line(result: OfferResult, context: Context) -> str:
    """« ✔ impayés de loyer : 2 enfants, parc privé · 000:313 · ouvert »."""
    offer = context.catalogue.offer(result.offer_id)
    labels = texts.labels()
    wanted = {"eligible": {"met"}, "ineligible": {"not_met"}, "unknown": {"unknown", "text_unclear"}}[result.verdict]
    reasons = [reason for reason in result.reasons if reason.status in wanted][:MAX_REASONS]
    words = " ; ".join(dict.fromkeys(reason.fr.rstrip(".") for reason in reasons))
    sources = ", ".join(dict.fromkeys(reason.source for reason in reasons if reason.source))
    return f"{labels['verdict_' + result.verdict]} {offer.title} : {words} · {sources} · {labels['acces_' + result.access]}"


def _ask_next(reply: Reply, context: Context) -> None:
    """The one fact that would settle most, or what to do with the answer."""
    dossier = reply.dossier
    offers = list(dossier.resultats)
    fact = next_question(
        context.catalogue, dossier.caf or "autre", "agent", dossier.facts, context.today, offers=offers, skip=dossier.inconnus
    )
    if fact is not None and dossier.posees < 1:
        dossier.posees += 1
        asking.ask_fact(reply, fact, context)
        return
    dossier.posees = 0
    receives = context.catalogue.cafs[dossier.caf or "autre"].receives_requests
    asking.ask(reply, "veut_rendez_vous" if receives else None)

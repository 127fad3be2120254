"""Chooses the next question about the family: one offer after the other, and nothing about what was not told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.offers import stakes
from bot.eligibility import OfferResult, evaluate, next_question, read_facts
from bot.errors import FactError

MAX_QUESTIONS = 6  # before a first answer


def useful_fact(dossier: Dossier, context: Context, passed: Collection[str] = ()) -> str | None:
    """The next fact of the main offer; of the one after it only when the main one does not apply, or is closed. None when none helps.

    `passed` holds facts to leave out beside those that the person does not know.
    """
    skip = {*dossier.inconnus, *passed}
    if not opened(dossier, context):
        return next((fact for fact in _first_facts(dossier, context) if fact not in skip and fact not in dossier.facts), None)
    caf, facts = dossier.caf or "autre", supposed(dossier, context)
    found = evaluate(context.catalogue, caf, dossier.audience, facts, context.today).offers
    for offer in stakes(dossier, context):
        fact = next_question(context.catalogue, caf, dossier.audience, facts, context.today, offers=[offer], skip=skip)
        if fact is not None or _may_apply(found.get(offer)):
            return fact
    return None


def _may_apply(result: OfferResult | None) -> bool:
    return result is not None and result.verdict != "ineligible" and result.access != "ferme"


def opened(dossier: Dossier, context: Context) -> bool:
    """False while nothing tells that the situation puts an offer at stake: debts, until a rent or a home loan is in arrears."""
    first = _first_facts(dossier, context)
    return not first or any(dossier.facts.get(fact) is True for fact in first)


def _first_facts(dossier: Dossier, context: Context) -> list[str]:
    """Facts of which one must be true before anything else is asked, those that the offers of this Caf read."""
    if dossier.offres or not dossier.situations:
        return []
    wanted = context.catalogue.situations[dossier.situations[0]].first
    found = evaluate(context.catalogue, dossier.caf or "autre", dossier.audience, {}, context.today).offers
    read = {fact for offer in stakes(dossier, context) for fact in found[offer].missing}
    return [fact for fact in wanted if fact in read]


def supposed(dossier: Dossier, context: Context) -> dict[str, Any]:
    """The facts known, and a no for what this family has not told and need not be asked. Only questions and wording may rest on them."""
    facts = dict(dossier.facts)
    situation = next(iter(dossier.situations), dossier.en_cours)
    for rule in context.catalogue.untold:
        concerned = dossier.audience in rule.roles and situation not in rule.except_in
        if concerned and all(facts.get(fact) for fact in rule.when_known):
            facts = _with(facts, rule.facts, context)
    return facts


def _with(facts: dict[str, Any], untold: dict[str, Any], context: Context) -> dict[str, Any]:
    """The facts with those left untold, but for one that is known, or that the others contradict."""
    for fact, value in untold.items():
        try:
            known = read_facts({fact: value, **facts}, context.today).values
        except FactError:
            continue
        if known.get(fact) == value:
            facts = {fact: value, **facts}
    return facts

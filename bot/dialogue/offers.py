"""The offers of the person's Caf for what happens: which are at stake, in what order, and how they stand on the facts known."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Say
from bot.eligibility import OfferResult, evaluate

WAY_IN = {"ouvert": 0, "non_precise": 1, "ferme": 2}  # an access that depends on a delay counts as open
RANK = {"eligible": 0, "unknown": 1, "ineligible": 2}
OPEN_FIRST = {"ouvert": 0, "inconnu": 1, "non_precise": 1, "ferme": 2}


def stakes(dossier: Dossier, context: Context) -> list[str]:
    """Offers that the present situation, or the offer named, puts at stake in this Caf; best first."""
    if dossier.offres:
        return [offer for offer in dossier.offres if offer in context.catalogue.offers]
    return offers_of(dossier.situations[0], dossier, context) if dossier.situations else []


def offers_of(situation: str, dossier: Dossier, context: Context) -> list[str]:
    """Offers of the person's Caf for one situation: those this role may ask for first, then the most useful."""
    here = [offer for offer in context.catalogue.cafs[dossier.caf or "autre"].offers.values() if situation in offer.situations]
    order = context.catalogue.situations[situation].offers
    place = {offer: rank for rank, offer in enumerate(order)}
    here.sort(key=lambda offer: (WAY_IN.get(offer.access[dossier.audience].value or "", 0), place.get(offer.id, len(place))))
    return [offer.id for offer in here]


def results_of(offers: list[str], dossier: Dossier, context: Context) -> list[OfferResult]:
    """How these offers stand on the facts known, the most useful first."""
    found = evaluate(context.catalogue, dossier.caf or "autre", dossier.audience, dossier.facts, context.today).offers
    return rank([found[offer] for offer in offers])


def rank(results: list[OfferResult]) -> list[OfferResult]:
    """The offers, most useful first: eligible, then to be checked, then not; of the same verdict, the open ones first."""
    return sorted(results, key=lambda result: (RANK[result.verdict], OPEN_FIRST[result.access]))


def ranked_ids(situation: str, dossier: Dossier, context: Context) -> list[str]:
    """The offers of the Caf for a situation, on the facts known, the most useful for this audience first."""
    return [result.offer_id for result in results_of(offers_of(situation, dossier, context), dossier, context)]


def offer_for(situation: str, dossier: Dossier, context: Context) -> str | None:
    """The offer that a request about this situation is for, on the facts known; None for a general request."""
    return offer_of_request(results_of(offers_of(situation, dossier, context), dossier, context))


def offer_of_request(ranked: list[OfferResult]) -> str | None:
    """The offer that a request would be for; None (a general request) when the best one is closed or refused."""
    best = next((result for result in ranked if result.verdict != "ineligible" and result.access != "ferme"), None)
    return best.offer_id if best else None


def put_closed_last(dossier: Dossier, context: Context) -> None:
    """Of several situations told, those whose offers are all closed to this role, or that have none here, come last."""
    if dossier.caf is not None and len(dossier.situations) > 1:
        dossier.situations.sort(key=lambda situation: not _may_be_asked_for(situation, dossier, context))


def _may_be_asked_for(situation: str, dossier: Dossier, context: Context) -> bool:
    offers = [context.catalogue.offer(offer) for offer in offers_of(situation, dossier, context)]
    return any(offer.access[dossier.audience].value != "ferme" for offer in offers)


def close_situation(dossier: Dossier) -> None:
    """The situation looked at is answered."""
    if dossier.offres:
        dossier.offres = []
    elif dossier.situations:
        dossier.en_cours = dossier.situations.pop(0)
        if dossier.en_cours not in dossier.traitees:
            dossier.traitees.append(dossier.en_cours)


def card(result: OfferResult) -> dict[str, str]:
    """What a message shows of an offer beside its words."""
    return {"id": result.offer_id, "verdict": result.verdict, "access": result.access}


def with_cards(say: Say, offers: list[str], dossier: Dossier, context: Context) -> Say:
    """The same message, showing these offers with their verdicts, which are kept."""
    found = evaluate(context.catalogue, dossier.caf or "autre", dossier.audience, dossier.facts, context.today).offers
    dossier.resultats = {offer: {"verdict": found[offer].verdict, "access": found[offer].access} for offer in offers}
    return replace(say, offers=tuple(card(found[offer]) for offer in offers))

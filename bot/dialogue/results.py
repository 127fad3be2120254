"""Says the result: verdict first, why and by which source, what it brings, how to ask, other doors, and whether a call is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.catalog.records import Offer
from bot.dialogue import answers, asking, demande, orientation, partenaire
from bot.dialogue.context import Context
from bot.dialogue.dates import french_date
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply, Say
from bot.eligibility import OfferResult, evaluate
from bot.eligibility.results import Reason

RANK = {"eligible": 0, "unknown": 1, "ineligible": 2}
OPEN_FIRST = {"ouvert": 0, "inconnu": 1, "non_precise": 1, "ferme": 2}
EXCLUSIONS = frozenset({"beneficiaire_rsa", "referent_unique_rsa", "accompagnee_par_ts"})  # what can only close an offer
MAX_CONTENTS = 3
MAX_DOORS = 3


def show(reply: Reply, context: Context) -> None:
    """Say the result of the offers at stake, then ask whether a call is wanted, or what else happens."""
    dossier = reply.dossier
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    evaluation = evaluate(context.catalogue, caf.id, dossier.audience, dossier.facts, context.today)
    ranked = rank([evaluation.offers[offer] for offer in orientation.stakes(dossier, context)])
    dossier.resultats = {result.offer_id: {"verdict": result.verdict, "access": result.access} for result in ranked}
    dossier.posees = 0
    close_situation(dossier)
    if ranked:
        say_offer(reply, ranked[0], context)
        _say_others(reply, ranked[1:], context)
    else:
        reply.say("utter_aucune_offre", caf=caf.name)
    dossier.offre = _offer_of_request(ranked)
    if not caf.receives_requests:
        reply.say("utter_rien_envoye", caf=caf.name)
        _after(reply, context)
    else:
        asking.ask(reply, "veut_rendez_vous", variant="message" if ranked and dossier.offre is None and not dossier.pro else None)


def rank(results: list[OfferResult]) -> list[OfferResult]:
    """The offers, most useful first: eligible, then to be checked, then not; of the same verdict, the open ones first."""
    return sorted(results, key=lambda result: (RANK[result.verdict], OPEN_FIRST[result.access]))


def say_offer(reply: Reply, result: OfferResult, context: Context) -> None:
    """One message for one offer."""
    offer = context.catalogue.offer(result.offer_id)
    name = "deuil" if _grief(reply.dossier) and result.verdict != "ineligible" else kind(result)
    reply.says.append(
        Say(response=f"utter_offre_{name}", variables=_variables(offer, result, reply.dossier, context), offers=(_card(result),))
    )


def _grief(dossier: Dossier) -> bool:
    """True for a family that speaks of a death: no good news, nothing said to be missing."""
    return dossier.audience == "allocataire" and dossier.en_cours in {"deces_enfant", "deces_parent"}


def kind(result: OfferResult) -> str:
    """Which response says this result."""
    if result.access == "ferme" and result.verdict != "ineligible":
        return "fermee"
    if result.verdict == "ineligible":
        return "pas_encore" if result.not_yet else "a_verifier" if result.confirm else "non"
    if result.verdict == "eligible":
        return "oui_a_confirmer" if result.confirm else "oui"
    if result.missing and set(result.missing) <= EXCLUSIONS:
        return "sous_reserve"
    return "incomplet" if result.missing else "non_tranche"


def _card(result: OfferResult) -> dict[str, str]:
    return {"id": result.offer_id, "verdict": result.verdict, "access": result.access}


def _variables(offer: Offer, result: OfferResult, dossier: Dossier, context: Context) -> dict[str, Any]:
    caf = context.catalogue.cafs[offer.caf]
    document = context.catalogue.documents[caf.document]
    decisive = _decisive(result)
    access = offer.access[dossier.audience]
    return {
        "titre": offer.title,
        "public": offer.public,
        "source": f"{caf.name}, {document.year}",
        "contenus": "\n".join(f"• {item.text}" for item in offer.contents[:MAX_CONTENTS]),
        "raison": decisive[0].fr if decisive else offer.public,
        "manque": ", ".join(context.catalogue.facts[fact].label for fact in result.missing[:3]),
        "comment": "\n".join(f"• {partenaire.with_mailbox(step, access, caf, dossier)}" for step in access.how),
        "prudence": " ".join(filter(None, (caf.notice, offer.notice))),
        "limite": french_date(result.deadline) if result.deadline else "",
    }


def _decisive(result: OfferResult) -> list[Reason]:
    """The reasons that make the verdict: what is not met for a refusal, what is open otherwise."""
    wanted = {"not_met"} if result.verdict == "ineligible" else {"unknown", "text_unclear"}
    return [reason for reason in result.reasons if reason.status in wanted] or list(result.reasons)


def _say_others(reply: Reply, others: list[OfferResult], context: Context) -> None:
    """The other offers of the situation in one line each, or other doors when the best one is not open."""
    useful = [result for result in others if result.verdict != "ineligible"]
    if useful:
        lines = "\n".join(f"• {context.catalogue.offer(result.offer_id).title}" for result in useful)
        reply.says.append(
            Say(response="utter_autres_offres", variables={"offres": lines}, offers=tuple(_card(result) for result in useful))
        )
    best = reply.says[-1].offers[0] if reply.says[-1].offers else None
    if best and best["verdict"] == "ineligible":
        say_doors(reply, context.catalogue.offer(best["id"]).other_doors, context)


def say_doors(reply: Reply, doors: tuple[str, ...], context: Context) -> None:
    """Other services to turn to, with their numbers."""
    known = [context.catalogue.doors[door] for door in doors if door in context.catalogue.doors][:MAX_DOORS]
    if known:
        lines = (f"• {door.label} : {door.text}" + (f" ({door.value})" if door.value else "") for door in known)
        reply.say("utter_autres_portes", portes="\n".join(lines))


def offer_for(situation: str, dossier: Dossier, context: Context) -> str | None:
    """The offer that a request about this situation is for, on the facts known; None for a general request."""
    caf = dossier.caf or "autre"
    offers = evaluate(context.catalogue, caf, dossier.audience, dossier.facts, context.today).offers
    return _offer_of_request(rank([offers[offer] for offer in orientation.offers_of(situation, dossier, context)]))


def with_cards(say: Say, offers: list[str], dossier: Dossier, context: Context) -> Say:
    """The same message, showing these offers with their verdicts, which are kept."""
    found = evaluate(context.catalogue, dossier.caf or "autre", dossier.audience, dossier.facts, context.today).offers
    dossier.resultats = {offer: {"verdict": found[offer].verdict, "access": found[offer].access} for offer in offers}
    return replace(say, offers=tuple(_card(found[offer]) for offer in offers))


def _offer_of_request(ranked: list[OfferResult]) -> str | None:
    """The offer that a request would be for; None (a general request) when the best one is closed or refused."""
    best = next((result for result in ranked if result.verdict != "ineligible" and result.access != "ferme"), None)
    return best.offer_id if best else None


def close_situation(dossier: Dossier) -> None:
    """The situation looked at is answered."""
    if dossier.offres:
        dossier.offres = []
    elif dossier.situations:
        dossier.en_cours = dossier.situations.pop(0)
        if dossier.en_cours not in dossier.traitees:
            dossier.traitees.append(dossier.en_cours)


def take_wish(reply: Reply, message: Message, context: Context) -> bool:
    """The answer to « voulez-vous qu'un travailleur social vous appelle ? »."""
    picked = answers.choice(message, texts_of_wish(reply.dossier))
    if picked is None and message.is_act("rendez_vous", "humain"):
        picked = "oui"
    if picked == "oui":
        demande.begin(reply, context)
    elif picked in {"non", "plus_tard", answers.UNKNOWN}:
        reply.say("utter_plus_tard")
        _after(reply, context)
    elif picked in {"autre_question", "autre_chose"}:
        reply.say("utter_autre_question")
        _after(reply, context)
    return picked is not None


def texts_of_wish(dossier: Dossier) -> list[dict[str, str]]:
    """Choices of the wish, with the plain « non » that a person may type."""
    return [*dossier.choix, {"id": "non", "label": "non"}]


def _after(reply: Reply, context: Context) -> None:
    """What follows a result: the next situation told, or nothing pending."""
    dossier = reply.dossier
    if dossier.situations:
        reply.say("utter_situation_suivante", situation=context.catalogue.situations[dossier.situations[0]].label)
        asking.ask(reply, None)
        orientation.proceed(reply, context)
    else:
        asking.ask(reply, None)

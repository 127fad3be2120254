"""Says the result: verdict first, why and by which source, what it brings, how to ask, other doors, and whether a call is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.catalog.records import Caf, Offer
from bot.dialogue import answers, asking, demande, orientation, partenaire, texts, wording
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
        say_offer(reply, ranked[0], context, others=ranked[1:])
    elif dossier.situations:
        orientation.proceed(reply, context)  # this Caf has nothing for that one: the other situation told may have an offer
        return
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


def say_offer(reply: Reply, result: OfferResult, context: Context, others: list[OfferResult]) -> None:
    """One message: the best offer, then the other offers of the situation, or other doors when it is not open."""
    offer, dossier = context.catalogue.offer(result.offer_id), reply.dossier
    useful = [other for other in others if other.verdict != "ineligible"]
    name = "deuil" if _grief(dossier) and result.verdict != "ineligible" else kind(result)
    variables = {**_variables(offer, result, dossier, context), "suite": _more(result, offer, useful, dossier, context)}
    cards = tuple(_card(shown) for shown in (result, *useful))
    reply.says.append(Say(response=f"utter_offre_{name}", variables=variables, offers=cards))


def _more(result: OfferResult, offer: Offer, useful: list[OfferResult], dossier: Dossier, context: Context) -> str:
    """What ends the message of an offer: the other offers, one line each; after a refusal without another offer, other doors."""
    if useful:
        lines = "\n".join(f"• {context.catalogue.offer(other.offer_id).title}" for other in useful)
        return "\n" + texts.text("utter_autres_offres", dossier.audience, offres=lines)
    doors = [context.catalogue.doors[door] for door in offer.other_doors if door in context.catalogue.doors][:MAX_DOORS]
    if result.verdict != "ineligible" or not doors:
        return ""
    lines = "\n".join(f"• {door.label} : {door.text}" + (f" ({door.value})" if door.value else "") for door in doors)
    return "\n" + texts.text("utter_autres_portes", dossier.audience, portes=lines)


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
    decisive = _decisive(result)
    return {
        "titre": offer.title,
        "public": offer.public,
        "source": wording.source(offer, context),
        "contenus": "\n".join(f"• {item.text}" for item in offer.contents[:MAX_CONTENTS]),
        "raison": decisive[0].fr if decisive else offer.public,
        "manque": ", ".join(wording.fact_label(fact, context) for fact in result.missing[:3]),
        "comment": "\n".join(f"• {step}" for step in _steps(offer, dossier, caf)),
        "prudence": " ".join(filter(None, (caf.notice, offer.notice))),
        "limite": french_date(result.deadline) if result.deadline else "",
    }


def _steps(offer: Offer, dossier: Dossier, caf: Caf) -> list[str]:
    """How this audience asks for the offer, with the addresses: the territory's when the place tells it."""
    access = offer.access[dossier.audience]
    steps = [partenaire.with_mailbox(step, access, caf, dossier) for step in access.how]
    return steps + partenaire.contact_lines(access, caf, dossier, " ".join(steps)) if dossier.pro else steps


def _decisive(result: OfferResult) -> list[Reason]:
    """The reasons that make the verdict: what is not met for a refusal, what is open otherwise."""
    wanted = {"not_met"} if result.verdict == "ineligible" else {"unknown", "text_unclear"}
    return [reason for reason in result.reasons if reason.status in wanted] or list(result.reasons)


def ranked_ids(situation: str, dossier: Dossier, context: Context) -> list[str]:
    """The offers of the Caf for a situation, on the facts known, the most useful for this audience first."""
    found = evaluate(context.catalogue, dossier.caf or "autre", dossier.audience, dossier.facts, context.today).offers
    return [result.offer_id for result in rank([found[offer] for offer in orientation.offers_of(situation, dossier, context)])]


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
        if not reply.dossier.situations:
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

"""The agent's compact answer: one line an offer with its decisive conditions, the others by name, what to check and where to send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.catalog.records import Caf
from bot.dialogue import partenaire, services, texts, wording
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.offers import card, offers_of, rank, stakes
from bot.dialogue.reply import Reply, Say
from bot.eligibility import Evaluation, OfferResult, decisive_reasons, read_facts
from bot.eligibility.results import Reason

SAID_WHOLE = frozenset({"not_met", "text_unclear"})  # what fails, or is not decided, is said with what the offer asks for
MOST_CHECKS = 2  # facts to check, of one offer


def shown_offers(reply: Reply, evaluation: Evaluation, context: Context) -> list[OfferResult]:
    """The offers worth a line of their own: those of the situations told, and those that the facts already open; best first."""
    dossier = reply.dossier
    wanted = {*stakes(dossier, context), *dossier.resultats, *dossier.offres}
    for situation in (*dossier.situations, *dossier.traitees, *_situations_of(dossier, context)):
        wanted |= set(offers_of(situation, dossier, context))
    kept = [result for result in evaluation.offers.values() if result.offer_id in wanted or result.verdict == "eligible"]
    return rank(kept)


def _situations_of(dossier: Dossier, context: Context) -> list[str]:
    """The situations that the facts tell by themselves: a person who lives alone with a child is a parent seul."""
    known = dossier.facts.items()
    return [name for name, situation in context.catalogue.situations.items() if situation.facts and situation.facts.items() <= known]


def say_short(reply: Reply, shown: list[OfferResult], evaluation: Evaluation, context: Context) -> None:
    """One side of a comparison: the offers of a Caf and their delays, nothing more. Another Caf is said to be another one."""
    caf = context.catalogue.cafs[evaluation.caf]
    decisive = decisive_reasons(context.catalogue, evaluation.caf, evaluation.role, reply.dossier.facts, context.today)
    lines = [line(result, decisive[result.offer_id], context) for result in shown]
    delays = [
        f"{texts.labels()['delai']}, {context.catalogue.offer(result.offer_id).title} : {item.text} — {item.source}"
        for result in shown
        for item in context.catalogue.offer(result.offer_id).delays
    ]
    blocks = (uncovered(reply.dossier, caf, context), *lines, *delays, notice(caf, context))
    variables = {**_head(caf, context), "lignes": "\n".join(filter(None, blocks))}
    response = "utter_agent_sa_caf" if caf.id == (reply.dossier.lieu or {}).get("caf", reply.dossier.caf) else "utter_agent_ailleurs"
    reply.says.append(Say(response=response, variables=variables, offers=tuple(card(result) for result in shown)))


def uncovered(dossier: Dossier, caf: Caf, context: Context) -> str:
    """The situations told for which this Caf describes no offer."""
    told = dict.fromkeys((*dossier.situations, *dossier.traitees))
    here = {situation for offer in caf.offers.values() for situation in offer.situations}
    names = [context.catalogue.situations[situation].label for situation in told if situation not in here]
    return texts.text("utter_agent_rien", "agent", situations=" · ".join(names)) if names else ""


def stated(dossier: Dossier, context: Context) -> list[str]:
    """The facts worth reading back: those that do not follow from the others."""
    facts = {name: value for name, value in dossier.facts.items() if name in context.catalogue.facts}
    for name in list(facts):
        rest = {other: value for other, value in facts.items() if other != name}
        if read_facts(rest, context.today, dossier.caf or "autre", context.catalogue).values.get(name) == facts[name]:
            facts = rest
    return list(facts)


def _head(caf: Caf, context: Context) -> dict[str, Any]:
    return {"caf": caf.name, "document": caf.document, "annee": context.catalogue.documents[caf.document].year}


def notice(caf: Caf, context: Context) -> str | None:
    """The caution that every answer of this Caf carries."""
    return caf.notice or context.catalogue.documents[caf.document].notice


def say(reply: Reply, shown: list[OfferResult], evaluation: Evaluation, context: Context) -> None:
    """One message: the Caf, one line an offer, the others by name, what is understood of the facts and what to check."""
    dossier = reply.dossier
    caf = context.catalogue.cafs[evaluation.caf]
    decisive = decisive_reasons(context.catalogue, evaluation.caf, evaluation.role, dossier.facts, context.today)
    rest = [result for result in evaluation.offers.values() if result not in shown]
    facts = [wording.fact_words(name, dossier.facts[name], context) for name in stated(dossier, context)]
    blocks = (
        uncovered(dossier, caf, context),
        "\n".join(line(result, decisive[result.offer_id], context) for result in shown),
        others("utter_agent_non", [result for result in rest if result.verdict == "ineligible"], context),
        others("utter_agent_non_dit", [result for result in rest if result.verdict != "ineligible"], context),
        checks(shown, dossier, context),
        route(shown, dossier, context),
        doors(shown, dossier, context),
        notice(caf, context),
    )
    variables = {
        **_head(caf, context),
        "lignes": "\n".join(filter(None, blocks)),
        "faits": " · ".join(facts) or "—",
    }
    reply.says.append(Say(response="utter_agent_reponse", variables=variables, offers=tuple(card(result) for result in shown)))


def line(result: OfferResult, reasons: Sequence[Reason], context: Context) -> str:
    """« ✔ impayés de loyer (ouvert) : 2 enfants, parc privé · 000:208, 000:313 »."""
    labels = texts.labels()
    sources = ", ".join(dict.fromkeys(reason.source for reason in reasons if reason.source))
    offer = context.catalogue.offer(result.offer_id)
    way = "hors_delai" if result.access == "ferme" and offer.access["agent"].late else result.access
    return f"{labels['verdict_' + result.verdict]} {offer.title} ({labels['acces_' + way]}) : {_words(reasons, context)} — {sources}"


def _words(reasons: Sequence[Reason], context: Context) -> str:
    """The conditions in words: what holds in its first sentence, what fails with what the offer asks for, what is missing by its name."""
    told = [r.fr.rstrip(".") if r.status in SAID_WHOLE else r.fr.split(". ")[0].rstrip(".") for r in reasons if r.status != "unknown"]
    missing = dict.fromkeys(wording.fact_label(r.criterion, context) for r in reasons if r.status == "unknown")
    asked = [texts.text("utter_agent_manque", "agent", liste=", ".join(missing))] if missing else []
    return " · ".join(dict.fromkeys([*told, *asked]))


def others(response: str, results: Sequence[OfferResult], context: Context) -> str:
    """The names of the offers that have no line of their own."""
    names = " · ".join(context.catalogue.offer(result.offer_id).title for result in results)
    return texts.text(response, "agent", offres=names) if names else ""


def _in_doubt(result: OfferResult) -> bool:
    """True for an offer that the agent can settle: what nobody can ask for is not looked into."""
    return result.verdict == "unknown" and result.access != "ferme"


def checks(results: Sequence[OfferResult], dossier: Dossier, context: Context) -> str:
    """What to check with the person: the facts that could still decide, and a number of children taken for children à charge."""
    missing = [fact for result in results if _in_doubt(result) for fact in result.missing[:MOST_CHECKS]]
    names = [wording.fact_label(fact, context) for fact in dict.fromkeys(missing)]
    if "nb_enfants_a_charge" in dossier.facts:
        names.append(texts.labels()["enfants_bien_a_charge"])
    return texts.text("utter_agent_verifier", "agent", liste=" · ".join(names)) if names else ""


def doors(results: Sequence[OfferResult], dossier: Dossier, context: Context) -> str:
    """The other doors, when no offer shown may be asked for; those that other Cafs name for the situation when none is described."""
    if any(result.verdict != "ineligible" and result.access != "ferme" for result in results):
        return ""
    found = services.of_offers((result.offer_id for result in results), context)
    if not results:
        found = services.of_situations((*dossier.situations, *dossier.traitees), dossier.caf, context)
    return texts.text("utter_agent_portes", "agent", liste=" · ".join(door.label for door in found)) if found else ""


def route(results: Sequence[OfferResult], dossier: Dossier, context: Context) -> str:
    """How the agent sends the family to the best offer that may be asked for."""
    best = next((result for result in results if result.verdict != "ineligible" and result.access != "ferme"), None)
    if best is None:
        return ""
    offer = context.catalogue.offer(best.offer_id)
    access = offer.access["agent"]
    points = [contact.value for contact in partenaire.contact_points(access, context.catalogue.cafs[offer.caf], dossier, "")]
    steps = " ".join((*access.how, *points[:1]))
    return texts.text("utter_agent_voie", "agent", titre=offer.title, voie=steps, source=access.source or "")

"""Says the result: verdict first, why and by which source, what it brings, how to ask, other doors, and whether a call is wanted."""

from __future__ import annotations

from typing import Any

from bot.catalog.records import Door, Offer
from bot.dialogue import answers, asking, demande, partenaire, services, texts, wording, words
from bot.dialogue.context import Context
from bot.dialogue.dates import french_date
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.next_fact import opened, supposed
from bot.dialogue.offers import card, close_situation, offer_of_request, ranked_ids, results_of, stakes
from bot.dialogue.reply import Reply, Say
from bot.eligibility import OfferResult, decisive_reasons, evaluate, read_facts
from bot.eligibility.results import Reason

EXCLUSIONS = frozenset({"beneficiaire_rsa", "referent_unique_rsa", "accompagnee_par_ts"})  # what can only close an offer
GRIEF = frozenset({"deces_enfant", "deces_parent"})
OPEN_KINDS = frozenset({"oui", "oui_a_confirmer", "sous_reserve", "incomplet", "non_tranche"})
MAX_CONTENTS = 3
ADULT = 18


def show(reply: Reply, context: Context) -> None:
    """Say the result of the offers at stake, then ask whether a call is wanted, or what else happens."""
    dossier = reply.dossier
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    ranked = results_of(stakes(dossier, context) if opened(dossier, context) else [], dossier, context)
    dossier.resultats = {result.offer_id: {"verdict": result.verdict, "access": result.access} for result in ranked}
    dossier.posees = 0
    close_situation(dossier)
    if ranked:
        say_offer(reply, ranked[0], context, others=ranked[1:])
        _pass_over(dossier, ranked[0], context)
    elif dossier.situations:
        reply.go_on()  # this Caf has nothing for that one: the other situation told may have an offer
        return
    else:
        services.say_no_offer(reply, dossier.en_cours, context)
    dossier.offre = offer_of_request(ranked)
    if not caf.receives_requests:
        reply.say("utter_rien_envoye", caf=caf.name)
        _after(reply, context)
    elif ranked and dossier.offre is None and dossier.situations and not dossier.pro:
        _after(reply, context)  # the other situation told may have an offer: a message to the Caf comes after it
    else:
        ask_wish(reply)


def ask_wish(reply: Reply) -> None:
    """Ask whether a call is wanted; a message to the Caf when its offers are closed or refused."""
    dossier = reply.dossier
    asking.ask(reply, "veut_rendez_vous", variant="message" if dossier.resultats and dossier.offre is None and not dossier.pro else None)


def _pass_over(dossier: Dossier, best: OfferResult, context: Context) -> None:
    """A situation told beside this one, whose best offer is the one just shown, is answered with it, unless that one was refused."""
    if best.verdict == "ineligible":
        return
    same = [situation for situation in dossier.situations if ranked_ids(situation, dossier, context)[:1] == [best.offer_id]]
    dossier.situations = [situation for situation in dossier.situations if situation not in same]
    dossier.traitees += [situation for situation in same if situation not in dossier.traitees]


def say_offer(reply: Reply, result: OfferResult, context: Context, others: list[OfferResult]) -> None:
    """One message: the best offer, then the other offers of the situation, or other doors when it is not open."""
    offer, dossier = context.catalogue.offer(result.offer_id), reply.dossier
    useful = [other for other in others if _likely(other, dossier, context).verdict != "ineligible"]
    likely = _likely(result, dossier, context)
    variables = {**_variables(offer, result, likely, context, dossier), "suite": _more(result, likely, offer, useful, dossier, context)}
    cards = tuple(card(shown) for shown in (result, *useful))
    reply.says.append(Say(response=_response(kind(result, likely, dossier, context), dossier), variables=variables, offers=cards))


def _likely(result: OfferResult, dossier: Dossier, context: Context) -> OfferResult:
    """The same offer when what was not told is not so: it chooses the words, never the verdict."""
    if result.verdict != "unknown":
        return result
    facts = supposed(dossier, context)
    return evaluate(context.catalogue, dossier.caf or "autre", dossier.audience, facts, context.today).offers[result.offer_id]


def kind(result: OfferResult, likely: OfferResult, dossier: Dossier, context: Context) -> str:
    """Which response says this result."""
    offer = context.catalogue.offer(result.offer_id)
    if result.access == "ferme" and result.verdict != "ineligible":
        return "hors_delai" if offer.access[dossier.audience].late else "fermee"
    if likely.verdict == "ineligible":
        return _kind_of_refusal(result, likely)
    if result.verdict == "eligible" and offer.entry:
        return "proposee"
    if result.verdict == "eligible":
        return "oui_a_confirmer" if result.confirm else "oui"
    missing = missing_facts(likely, dossier, context)
    if missing and set(missing) <= EXCLUSIONS:
        return "sous_reserve"
    return "incomplet" if missing else "non_tranche"


def _kind_of_refusal(result: OfferResult, likely: OfferResult) -> str:
    if likely.not_yet:
        return "pas_encore"
    if likely.confirm:
        return "a_verifier"
    return "non" if result.verdict == "ineligible" else "peu_probable"


def _response(kind_said: str, dossier: Dossier) -> str:
    """The response for this result, in the words of grief for a family that speaks of a death, without joy for a minor."""
    name = f"utter_offre_{kind_said}"
    if dossier.voix != dossier.audience and kind_said in OPEN_KINDS:
        return "utter_offre_proche"
    if dossier.voix != "allocataire":
        return name
    if dossier.en_cours in GRIEF and kind_said in OPEN_KINDS:
        return "utter_offre_deuil"
    own = f"{name}_deuil" if dossier.en_cours in GRIEF else f"{name}_mineur" if dossier.facts.get("age_demandeur", ADULT) < ADULT else name
    return own if texts.has(own) else name


def missing_facts(likely: OfferResult, dossier: Dossier, context: Context) -> list[str]:
    """What could still decide and that the person may be asked: not what only the file tells, nor what was answered already."""
    questions = context.catalogue.questions
    asked = {fact for question in questions.values() if question.roles[dossier.audience] for fact in question.fills}
    return [fact for fact in likely.missing if fact in asked and fact not in dossier.precisions]


def _more(result: OfferResult, likely: OfferResult, offer: Offer, useful: list[OfferResult], dossier: Dossier, context: Context) -> str:
    """What ends the message of an offer: the other offers, one line each; after a refusal without another offer, other doors."""
    own = _own_doors(dossier, context)
    if useful:
        lines = "\n".join(f"• {context.catalogue.offer(other.offer_id).title}" for other in useful)
        return "\n" + texts.text("utter_autres_offres", dossier.voix, offres=lines) + _doors(own, dossier)
    others = services.of_offers([offer.id], context)
    refused = likely.verdict == "ineligible" and not likely.not_yet
    return _doors([*own, *(others if refused else [])], dossier)


def _own_doors(dossier: Dossier, context: Context) -> list[Door]:
    """The doors of the situation itself, said whatever the offers are."""
    situation = context.catalogue.situations.get(dossier.en_cours or "")
    return [context.catalogue.doors[door] for door in situation.doors] if situation else []


def _doors(doors: list[Door], dossier: Dossier) -> str:
    return "\n" + texts.text("utter_autres_portes", dossier.voix, portes=services.lines(doors[: services.MAX_DOORS])) if doors else ""


def _variables(offer: Offer, result: OfferResult, likely: OfferResult, context: Context, dossier: Dossier) -> dict[str, Any]:
    caf = context.catalogue.cafs[offer.caf]
    reasons = _decisive(result, likely, dossier, context)
    missing = missing_facts(likely, dossier, context)
    return {
        "titre": offer.title,
        "public": offer.public,
        "entree": offer.entry.text if offer.entry else "",
        "retard": offer.access[dossier.audience].late,
        "source": wording.source(offer, context),
        "contenus": "\n".join(f"• {item.text}" for item in offer.contents[:MAX_CONTENTS]),
        "raison": reasons[0].fr if reasons else texts.text("utter_pour_qui", dossier.voix, public=offer.public),
        "manque": ", ".join(wording.fact_label(fact, context) for fact in missing[:3]),
        "comment": partenaire.way(offer, dossier, context) if dossier.pro else _own_way(offer),
        "prudence": " ".join(filter(None, (caf.notice, offer.notice))),
        "limite": french_date(result.deadline) if result.deadline else "",
    }


def _own_way(offer: Offer) -> str:
    return "\n".join(f"• {step}" for step in offer.access["allocataire"].how)


def _decisive(result: OfferResult, likely: OfferResult, dossier: Dossier, context: Context) -> list[Reason]:
    """The reasons that make the answer and rest on what was told."""
    facts = dossier.facts if likely is result else supposed(dossier, context)
    found = decisive_reasons(context.catalogue, dossier.caf or "autre", dossier.audience, facts, context.today)[result.offer_id]
    known, thought = (read_facts(values, context.today).values for values in (dossier.facts, facts))
    return [reason for reason in found if known.get(reason.criterion) == thought.get(reason.criterion)]


def take_wish(reply: Reply, message: Message, context: Context) -> bool:
    """The answer to « voulez-vous qu'un travailleur social vous appelle ? ». « Non, j'ai 3 enfants » corrects: it is no refusal."""
    if message.is_act("corriger") and message.heard:
        return False
    picked = answers.choice(message, texts_of_wish(reply.dossier))
    if picked is None and (message.is_act("rendez_vous", "humain") or (reply.dossier.pro and words.said("preparer", message.text))):
        picked = "oui"
    if picked is None and words.said("refus", message.text):
        picked = "plus_tard"
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
        reply.go_on()
    else:
        asking.ask(reply, None)

"""Knowledge: what Caf social work is, by topic; what an offer contains; and the other services, each with its source."""

from __future__ import annotations

from bot.catalog.records import Offer
from bot.dialogue import texts, wording
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.offers import stakes
from bot.dialogue.reply import Reply, Say

TOPIC = "utter_info_service/"  # the response of a topic: utter_info_service/gratuit
CHOICE = "sujet_"  # the id of a choice between topics: sujet_gratuit
SURE = 0.6  # confidence from which a topic is answered; nine in ten are right (tests/nlu_parsers/test_topics.py)
NEAR = 0.1  # below, a topic is not even offered
OFFERED = 3


def answer(reply: Reply, message: Message, context: Context) -> None:
    """The topic asked about; a choice between the nearest ones when none is sure; what can be explained when there is none."""
    near = [topic for topic, confidence in message.topics if confidence >= NEAR and texts.has(TOPIC + topic)]
    if near and sure(message):
        say(reply, near[0], context)
    elif near:
        _offer(reply, near[:OFFERED])
    else:
        reply.say("utter_connaissances")


def sure(message: Message) -> bool:
    """True for a question on social work whose topic leaves no doubt."""
    return message.is_act("info_service") and bool(message.topics) and message.topics[0][1] >= SURE


def picked(message: Message) -> str | None:
    """The topic whose button was pressed."""
    chosen = (message.choice or "").removeprefix(CHOICE)
    return chosen if chosen != message.choice and texts.has(TOPIC + chosen) else None


def say(reply: Reply, topic: str, context: Context) -> None:
    """The answer on a topic, in the words of the person's Caf where it has its own, with its documents."""
    response, dossier = TOPIC + topic, reply.dossier
    sources = texts.variation(response, dossier.audience, dossier.caf)["metadata"]["sources"]
    reply.say(response, source=_source(sources, dossier, context))


def _source(sources: list[str], dossier: Dossier, context: Context) -> str:
    """The documents by their short titles; their lines too for an agent, who may have to check."""
    lines: dict[str, list[str]] = {}
    for source in sources:
        lines.setdefault(source.split(":")[0], []).append(source)
    shown = [(context.catalogue.documents[short].short_title, ", ".join(found)) for short, found in lines.items()]
    return " ; ".join(f"{title} ({found})" if dossier.audience == "agent" else title for title, found in shown)


def _offer(reply: Reply, near: list[str]) -> None:
    """The topics as buttons, beside those of the pending question, which keeps waiting."""
    dossier = reply.dossier
    choices = [{"id": CHOICE + topic, "label": texts.variation(TOPIC + topic, dossier.audience)["metadata"]["titre"]} for topic in near]
    if dossier.ask is None:
        reply.says.append(Say(response="utter_quel_sujet", choices=tuple(choices)))
    else:
        reply.say("utter_quel_sujet")
        dossier.choix = [*dossier.choix, *choices]


def put_away(dossier: Dossier) -> None:
    """Topics are offered once: at the next message the pending question has its own choices alone."""
    dossier.choix = [choice for choice in dossier.choix if not choice["id"].startswith(CHOICE)]


def answer_offer(reply: Reply, message: Message, context: Context) -> None:
    """What the offer at stake contains; without one, the list of what exists here, or what social work is."""
    dossier = reply.dossier
    offers = stakes(dossier, context) if dossier.caf else []
    last = [dossier.offre] if dossier.offre and dossier.ask == "veut_rendez_vous" else []
    shown = (dossier.offres and offers) or last or offers or list(dossier.resultats)
    if dossier.ask == "veut_rendez_vous":
        dossier.offres = []  # named to be known, beside the answer that is on the screen
    if shown:
        offer = context.catalogue.offer(shown[0])
        reply.say("utter_contenu_offre", titre=offer.title, contenus=contents(offer), source=wording.source(offer, context))
    elif dossier.caf:
        caf = context.catalogue.cafs[dossier.caf]
        titles = "\n".join(f"• {offer.title}" for offer in caf.offers.values() if offer.access[dossier.audience].value != "ferme")
        reply.say("utter_liste_offres", caf=caf.name, offres=titles)
    else:
        say(reply, "travail_social", context)


def contents(offer: Offer) -> str:
    """What the offer brings, then how and until when, one line an item."""
    return "\n".join(f"• {item.text}" for item in (*offer.contents, *offer.modalities, *offer.delays))

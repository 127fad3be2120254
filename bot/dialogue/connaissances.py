"""Knowledge: what an offer contains, what Caf social work is, and the other services, each with its source."""

from __future__ import annotations

from bot.catalog.knowledge import Knowledge, best_answer
from bot.catalog.records import Offer
from bot.dialogue import orientation, wording
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply


def answer(reply: Reply, message: Message, context: Context) -> None:
    """What Caf social work is, who does it, what it is not: the answer nearest to the question, with its source and its age."""
    found = best_answer(message.text, reply.dossier.audience, reply.dossier.caf)
    if found is None:
        reply.say("utter_info_service")
    else:
        reply.say("utter_connaissance", texte=found.text, source=knowledge_source(found, context), prudence=found.age or "")


def knowledge_source(found: Knowledge, context: Context) -> str:
    """The documents an answer comes from, by their short titles."""
    shorts = dict.fromkeys(source.split(":")[0] for source in found.sources)
    return " ; ".join(context.catalogue.documents[short].short_title for short in shorts if short in context.catalogue.documents)


def answer_doors(reply: Reply, message: Message, context: Context) -> None:
    """Child support unpaid, child care, holidays: the national services."""
    reply.say("utter_orientation_externe")


def answer_offer(reply: Reply, message: Message, context: Context) -> None:
    """What the offer at stake contains; without one, the list of what exists here, or what social work is."""
    dossier = reply.dossier
    offers = orientation.stakes(dossier, context) if dossier.caf else []
    last = [dossier.offre] if dossier.offre and dossier.ask == "veut_rendez_vous" else []
    shown = last or offers or list(dossier.resultats)
    if shown:
        offer = context.catalogue.offer(shown[0])
        reply.say("utter_contenu_offre", titre=offer.title, contenus=contents(offer), source=wording.source(offer, context))
    elif dossier.caf:
        caf = context.catalogue.cafs[dossier.caf]
        titles = "\n".join(f"• {offer.title}" for offer in caf.offers.values() if offer.access[dossier.audience].value != "ferme")
        reply.say("utter_liste_offres", caf=caf.name, offres=titles)
    else:
        reply.say("utter_info_service")


def contents(offer: Offer) -> str:
    """What the offer brings, then how and until when, one line an item."""
    return "\n".join(f"• {item.text}" for item in (*offer.contents, *offer.modalities, *offer.delays))

"""Every condition of an offer, with its status and its source, for an agent who asks for the detail."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue import texts, wording
from bot.dialogue.context import Context
from bot.dialogue.offers import card
from bot.dialogue.reply import Reply, Say
from bot.eligibility import OfferResult, evaluate


def say(reply: Reply, offers: Sequence[str], context: Context) -> None:
    """Every condition of these offers, with its status and its source, in one message."""
    dossier = reply.dossier
    cafs = dict.fromkeys(context.catalogue.offer(offer).caf for offer in offers)
    found = {
        name: result
        for caf in cafs
        for name, result in evaluate(context.catalogue, caf, dossier.audience, dossier.facts, context.today).offers.items()
    }
    blocks = [_all_of(found[offer], context) for offer in offers if offer in found]
    cards = tuple(card(found[offer]) for offer in offers if offer in found)
    reply.says.append(Say(response="utter_agent_criteres", variables={"criteres": "\n\n".join(blocks)}, offers=cards))


def _all_of(result: OfferResult, context: Context) -> str:
    offer, labels = context.catalogue.offer(result.offer_id), texts.labels()
    head = f"{labels['verdict_' + result.verdict]} {offer.title} — {wording.source(offer, context)}, {labels['acces_' + result.access]}"
    lines = [f"{labels['statut_' + reason.status]} {reason.fr} [{reason.source}]" for reason in result.reasons]
    delays = [f"{labels['delai']} : {item.text} [{item.source}]" for item in offer.delays]
    return "\n".join([head, *lines, *delays])

"""Other public services for what Caf social work does not do: unpaid child support, child care, holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.catalog.records import Door
from bot.dialogue import asking
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.nlu.normalise import normalise

MAX_DOORS = 3
LAST = "departement"  # it receives everybody


def answer(reply: Reply, message: Message, context: Context) -> None:
    """The services that the words name, otherwise all those that people ask for."""
    known = [door for door in context.catalogue.doors.values() if door.words]
    plain = normalise(message.text)
    named = [door for door in known if any(re.search(rf"\b{word}", plain) for word in door.words)]
    reply.say("utter_orientation_externe", portes=lines(named or known))
    if reply.dossier.ask == "situation" and not reply.dossier.pro:
        asking.ask(reply, "situation", reply.dossier.choix, variant="autre")


def lines(doors: Iterable[Door]) -> str:
    """« • ADIL (www.anil.org). Un juriste… »: each door with how to reach it."""
    return "\n".join(f"• {door.label}" + (f" ({door.value})" if door.value else "") + f". {door.text}" for door in doors)


def say_no_offer(reply: Reply, situation: str | None, context: Context) -> None:
    """This Caf describes no offer for the situation: who can be turned to all the same."""
    caf = context.catalogue.cafs[reply.dossier.caf or "autre"]
    doors = of_situations(filter(None, [situation]), reply.dossier.caf, context)
    shown = doors if len(doors) <= MAX_DOORS else [*doors[: MAX_DOORS - 1], doors[-1]]  # the last one receives everybody
    reply.say("utter_aucune_offre", caf=caf.name, portes=lines(shown))


def of_offers(offers: Iterable[str], context: Context) -> list[Door]:
    """The other doors that these offers name, each once."""
    names = dict.fromkeys(door for offer in offers for door in context.catalogue.offer(offer).other_doors)
    return [context.catalogue.doors[name] for name in names if name in context.catalogue.doors]


def of_situations(names: Iterable[str], caf: str | None, context: Context) -> list[Door]:
    """Where to turn when this Caf describes no offer: the doors of the situations, those that offers name elsewhere, the département."""
    told = [context.catalogue.situations[name] for name in names if name in context.catalogue.situations]
    own = [context.catalogue.doors[door] for situation in told for door in situation.doors]
    elsewhere = of_offers((offer for situation in told for offer in situation.offers), context)
    found = dict.fromkeys((*own, *elsewhere, context.catalogue.doors[LAST]))
    return [door for door in found if door.caf in (None, caf)]

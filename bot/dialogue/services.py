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

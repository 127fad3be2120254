"""Contact points: those of the Caf known that the question names, for the audience that asks; the national ones otherwise."""

from __future__ import annotations

import re

from bot.catalog.records import Contact
from bot.dialogue import asking, territoire
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.nlu.normalise import normalise

MAX_SHOWN = 6
PLACES = frozenset({"commune", "caf"})


def answer(reply: Reply, message: Message, context: Context) -> None:
    """The contact points asked for; without a place, the national ones and the question of the place, after which they are given."""
    dossier = reply.dossier
    sought = words_of(message.text, context)
    if dossier.caf and context.catalogue.contacts(dossier.caf, dossier.audience):
        say(reply, sought, context)
        return
    reply.say("utter_contacts_nationaux")
    if dossier.caf is None and (dossier.ask is None or (dossier.pro and dossier.ask == "situation")):
        dossier.cherche = sought
        asking.ask(reply, "commune")


def say_sought(reply: Reply, context: Context) -> bool:
    """The contact points asked for before the place was known. True when nothing else is to be said in this turn."""
    dossier = reply.dossier
    sought, dossier.cherche = dossier.cherche, []
    if not sought or dossier.caf is None:
        return False
    say(reply, sought, context)
    if dossier.ask in PLACES:
        asking.ask(reply, None)
    return not dossier.situations or dossier.ask == territoire.ASK


def say(reply: Reply, sought: list[str], context: Context) -> None:
    """The contact points of the Caf that answer what is sought, or the main ones; a territory that decides between them is asked."""
    dossier = reply.dossier
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    others = territoire.elsewhere(dossier, caf)
    seen = [contact for contact in context.catalogue.contacts(caf.id, dossier.audience) if contact.id not in others]
    found = best(seen, sought)
    if found and dossier.pro and dossier.ask == "situation":
        asking.ask(reply, None)  # a precise question has its answer: nothing else is asked for it
    by_territory = {item.contact for item in caf.territories}
    if found and {contact.id for contact in found} <= by_territory and territoire.open_to_question(dossier, context):
        territoire.ask(reply, context)
        return
    lines = [territoire.contact_line(contact) for contact in (found or seen)[:MAX_SHOWN]]
    reply.say("utter_contacts", caf=caf.name, contacts="\n".join(lines), prudence=caf.notice or "")


def words_of(text: str, context: Context) -> list[str]:
    """The words of the contact points, of any Caf, that a question holds. They are kept until the place is known, the question is not."""
    plain = normalise(text)
    known = {word for caf in context.catalogue.cafs.values() for contact in caf.contacts.values() for word in contact.words}
    return sorted(word for word in known if re.search(rf"\b{re.escape(word)}", plain))


def best(contacts: list[Contact], sought: list[str]) -> list[Contact]:
    """The contact points that the most words ask for; none when no word does."""
    shared = {contact.id: len(set(contact.words) & set(sought)) for contact in contacts}
    most = max(shared.values(), default=0)
    return [contact for contact in contacts if most and shared[contact.id] == most]

"""Contact points: of the Caf known, for the audience that asks, and the national ones otherwise."""

from __future__ import annotations

from bot.catalog.records import Contact
from bot.dialogue import asking, partenaire
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.nlu.normalise import normalise

MAX_SHOWN = 6
STEM = 5  # letters by which two words are the same: document, documents
KINDS = {"phone": "telephone appeler numero", "mail": "courriel", "post": "courrier postal", "place": "accueil agence"}


def answer(reply: Reply, message: Message, context: Context) -> None:
    """The contact points of the Caf that this audience may see; without a place, the national ones and the question of the place."""
    dossier = reply.dossier
    if dossier.pro and dossier.offres:
        partenaire.say_named(reply, context)
        return
    contacts = context.catalogue.contacts(dossier.caf, dossier.audience) if dossier.caf else ()
    if contacts and dossier.caf:
        caf = context.catalogue.cafs[dossier.caf]
        territory = (dossier.lieu or {}).get("territoire")
        mailboxes = {item.contact: item.id for item in caf.territories}
        shown = [c for c in contacts if c.id not in mailboxes or territory in (None, mailboxes[c.id])]
        shown.sort(key=lambda contact: -_shared(contact, message.text))
        lines = [f"• {contact.label} : {contact.value}" + (f" ({contact.note})" if contact.note else "") for contact in shown]
        reply.say("utter_contacts", caf=caf.name, contacts="\n".join(lines[:MAX_SHOWN]), prudence=caf.notice or "")
    else:
        reply.say("utter_contacts_nationaux")
        if dossier.ask is None and dossier.caf is None:
            asking.ask(reply, "commune")


def _shared(contact: Contact, text: str) -> int:
    """How many words of the question name this contact point: « envoyer un document », « téléphone »."""
    asked = {word[:STEM] for word in normalise(text).split() if len(word) >= STEM}
    named = {
        word[:STEM] for word in normalise(f"{contact.label} {contact.kind} {KINDS.get(contact.kind, '')}").split() if len(word) >= STEM
    }
    return len(asked & named)

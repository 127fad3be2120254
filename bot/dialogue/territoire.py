"""The territory of a Caf that the commune does not tell: a professional is asked for it, a family never, since it cannot know."""

from __future__ import annotations

import re

from bot.catalog.records import Access, Caf, Contact
from bot.dialogue import answers, asking, texts
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.nlu.normalise import normalise

ASK = "territoire"


def known(dossier: Dossier) -> str | None:
    """The territory of the family, when its commune or a professional has told it."""
    found: str | None = (dossier.lieu or {}).get("territoire")
    return found


def open_to_question(dossier: Dossier, context: Context) -> bool:
    """True while the territory of the family is not known, and a professional who may know it was not asked."""
    asked = (dossier.lieu or {}).get("territoire_demande", False)
    return dossier.pro and known(dossier) is None and not asked and len(_caf(dossier, context).territories) > 1


def ask(reply: Reply, context: Context) -> None:
    """Ask the territory, with those of the Caf as choices."""
    caf = _caf(reply.dossier, context)
    choices = [{"id": item.id, "label": item.label} for item in caf.territories]
    own = caf.id if texts.has(f"utter_question_{caf.id}_{ASK}") else None
    asking.ask(reply, ASK, [*choices, {"id": answers.UNKNOWN, "label": texts.labels()["ne_sait_pas"]}], variant=own)


def ask_after_answer(reply: Reply, context: Context) -> None:
    """Ask the territory instead of proposing a request, when the way that was just told goes through it."""
    dossier = reply.dossier
    if dossier.audience != "partenaire" or dossier.ask != "veut_rendez_vous" or dossier.offre is None:
        return
    access = context.catalogue.offer(dossier.offre).access[dossier.audience]
    if goes_through(access, _caf(dossier, context)) and open_to_question(dossier, context):
        ask(reply, context)


def goes_through(access: Access, caf: Caf) -> bool:
    """True when this way in uses the contact point of a territory."""
    return access.territory_contact or bool({item.contact for item in caf.territories} & set(access.contacts))


def take(dossier: Dossier, message: Message, context: Context) -> bool:
    """Keep the territory said: a choice, or the town it is named after. « Je ne sais pas » is an answer, as is the same commune again."""
    picked = answers.choice(message, dossier.choix) or named(message.text, _caf(dossier, context))
    if picked is None and (dossier.lieu or {}).get("nom") and normalise(message.text) == normalise((dossier.lieu or {})["nom"]):
        picked = answers.UNKNOWN
    if picked is not None:
        keep(dossier, None if picked == answers.UNKNOWN else picked)
    return picked is not None


def keep(dossier: Dossier, territory: str | None) -> None:
    """The territory told; None when the professional does not know it: the request then goes to the Caf's own queue."""
    dossier.lieu = {**(dossier.lieu or {}), "territoire": territory, "territoire_demande": True}


def named(text: str, caf: Caf) -> str | None:
    """The one territory whose towns the words name."""
    plain = normalise(text)
    found = [t.id for t in caf.territories if any(re.search(rf"\b{re.escape(normalise(town))}\b", plain) for town in t.communes)]
    return found[0] if len(found) == 1 else None


def say(reply: Reply, context: Context) -> None:
    """The contact point of the territory told, or all of them when it stays unknown; then the request is proposed."""
    dossier = reply.dossier
    caf = _caf(dossier, context)
    lines = "\n".join(contact_line(contact) for contact in points(dossier, caf))
    reply.say("utter_territoire" if known(dossier) else "utter_territoire_inconnu", contacts=lines, caf=caf.name)
    wanted = caf.receives_requests and (dossier.offre is not None or bool(dossier.traitees))
    asking.ask(reply, "veut_rendez_vous" if wanted else None, variant="securite" if wanted and dossier.violence else None)


def points(dossier: Dossier, caf: Caf) -> list[Contact]:
    """The contact points of the territory of the family; of all the territories while it is not known."""
    own = known(dossier)
    shown = [caf.contacts[item.contact] for item in caf.territories if own in (None, item.id) and item.contact in caf.contacts]
    return [contact for contact in shown if dossier.audience in contact.audiences]


def elsewhere(dossier: Dossier, caf: Caf) -> set[str]:
    """The contact points of the territories where the family does not live."""
    own = known(dossier)
    return {item.contact for item in caf.territories if own not in (None, item.id)}


def contact_line(contact: Contact) -> str:
    """« • Courrier : adresse (note) »."""
    return f"• {contact.label} : {contact.value}" + (f" ({contact.note.rstrip('.')})" if contact.note else "")


def _caf(dossier: Dossier, context: Context) -> Caf:
    return context.catalogue.cafs[dossier.caf or "autre"]

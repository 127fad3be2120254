"""Professionals: someone who speaks as one is asked, then gets the steps to refer a family to an offer of its Caf."""

from __future__ import annotations

from bot.catalog.records import Access, Caf, Offer
from bot.dialogue import answers, asking, orientation, results, wording
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply


def answer(reply: Reply, message: Message, context: Context) -> None:
    """How to refer. In the public chat the person is first asked whether they are a professional."""
    dossier = reply.dossier
    if dossier.ask in {"commune", "caf", "audience"}:
        reply.say("utter_pourquoi_commune" if dossier.ask != "audience" else "utter_pourquoi_audience")
    if dossier.audience == "allocataire":
        dossier.partenaire_propose = True
        asking.ask(reply, "audience")
        return
    offers = orientation.stakes(dossier, context) if dossier.caf else []
    if dossier.offres and dossier.caf:
        say_named(reply, context)
    elif not dossier.caf:
        asking.ask(reply, "commune") if not dossier.lieux_possibles else orientation.ask_place(reply, context)
    elif not offers:
        say_general(reply, context)
    elif message.heard or (dossier.facts and dossier.ask not in context.catalogue.questions):
        orientation.proceed(reply, context)
    elif dossier.ask in context.catalogue.questions:
        say_procedure(reply, context.catalogue.offer(offers[0]), context)
    else:
        say_procedure(reply, context.catalogue.offer(offers[0]), context)
        asking.ask(reply, "veut_rendez_vous")


def take_audience(reply: Reply, message: Message) -> bool:
    """The answer to « êtes-vous un professionnel ? »: a declaration, which opens nothing confidential."""
    picked = answers.choice(message, [*reply.dossier.choix, {"id": "partenaire", "label": "oui"}, {"id": "allocataire", "label": "non"}])
    if picked == "oui":
        picked = "partenaire"
    if picked == "partenaire":
        reply.dossier.audience = "partenaire"
        reply.say("utter_bienvenue_partenaire")
    return picked is not None


def say_procedure(reply: Reply, offer: Offer, context: Context) -> None:
    """The steps to refer a family to this offer, with the mailbox of its territory when the commune gives it."""
    caf = context.catalogue.cafs[offer.caf]
    access = offer.access[reply.dossier.audience]
    steps = [step.text for step in offer.procedure] or list(access.how)
    steps = [with_mailbox(step, access, caf, reply.dossier) for step in steps]
    steps += contact_lines(access, caf, reply.dossier, " ".join(steps))
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    document = context.catalogue.documents[caf.document]
    notice = caf.notice or document.notice or ""
    reply.say("utter_procedure", titre=offer.title, caf=caf.name, etapes=numbered, source=wording.source(offer, context), prudence=notice)


def say_named(reply: Reply, context: Context) -> None:
    """The steps of the offer called by its name; a request can follow, unless the offer is for professionals themselves."""
    dossier = reply.dossier
    offer = context.catalogue.offer(dossier.offres[0])
    say_procedure(reply, offer, context)
    reply.says[-1] = results.with_cards(reply.says[-1], [offer.id], dossier, context)
    dossier.offres = []
    for_families = offer.access["allocataire"].value != "ferme" and offer.access[dossier.audience].value != "ferme"
    if for_families and context.catalogue.cafs[offer.caf].receives_requests:
        dossier.offre = offer.id
        asking.ask(reply, "veut_rendez_vous")
    elif dossier.situations:
        orientation.proceed(reply, context)
    else:
        asking.ask(reply, None)


def say_violence(reply: Reply, context: Context) -> None:
    """The Caf's procedure for a victim of violence, at once and without a question; then a request of a safe call can be made."""
    dossier = reply.dossier
    results.close_situation(dossier)
    offers = [context.catalogue.offer(offer) for offer in results.ranked_ids("violences", dossier, context)]
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    if not offers:
        reply.say("utter_aucune_offre", caf=caf.name)
    for offer in offers[:1]:
        say_procedure(reply, offer, context)
        reply.says[-1] = results.with_cards(reply.says[-1], [item.id for item in offers], dossier, context)
    dossier.offre = offers[0].id if offers else None
    asking.ask(reply, "veut_rendez_vous" if caf.receives_requests else None, variant="securite")


def with_mailbox(step: str, access: Access, caf: Caf, dossier: Dossier) -> str:
    """The step that names the territory's mailbox, with its address; with all of them when the place does not tell: it is never guessed."""
    if not access.territory_contact or "territoire" not in step:
        return step
    own = (dossier.lieu or {}).get("territoire")
    known = [item for item in caf.territories if own in (None, item.id) and item.contact in caf.contacts]
    addresses = [
        f"{item.label} : {caf.contacts[item.contact].value}" if own is None else caf.contacts[item.contact].value for item in known
    ]
    return f"{step.split(' : ')[0].rstrip('.')} : {' ; '.join(addresses)}" if addresses else step


def contact_lines(access: Access, caf: Caf, dossier: Dossier, said: str) -> list[str]:
    """The contact points of an offer that are not said yet: those of the family's territory when there are several."""
    own = (dossier.lieu or {}).get("territoire")
    others = {territory.contact for territory in caf.territories if own not in (None, territory.id)}
    shown = [caf.contacts[name] for name in access.contacts if name in caf.contacts and name not in others]
    return [
        f"{contact.label} : {contact.value}" for contact in shown if contact.value not in said and dossier.audience in contact.audiences
    ]


def say_general(reply: Reply, context: Context) -> None:
    """The contact points of the Caf that a professional may use, when no offer is named."""
    dossier = reply.dossier
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    lines = [f"• {contact.label} : {contact.value}" for contact in context.catalogue.contacts(caf.id, dossier.audience)]
    reply.say("utter_contacts", caf=caf.name, contacts="\n".join(lines[:8]), prudence=caf.notice or "")

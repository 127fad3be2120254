"""Professionals: someone who speaks as one is asked, then gets the steps to refer a family to an offer of its Caf."""

from __future__ import annotations

from bot.catalog.records import Access, Caf, Contact, Offer
from bot.dialogue import answers, asking, contacts, lieu, services, territoire, texts, wording, words
from bot.dialogue import offers as offers_here
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.eligibility import next_question


def answer(reply: Reply, message: Message, context: Context) -> None:
    """How to refer. In the public chat the person is first asked whether they are a professional."""
    dossier = reply.dossier
    if dossier.ask in {"commune", "caf", "audience", territoire.ASK}:
        reply.say(f"utter_pourquoi_{dossier.ask}")
    if dossier.audience == "allocataire":
        asking.ask(reply, "audience")
        return
    if words.said("accord", message.text):
        reply.say("utter_accord_toujours")
        return
    offers = offers_here.stakes(dossier, context) if dossier.caf else []
    if dossier.ask == "veut_rendez_vous" and dossier.offre and not dossier.offres and not reply.news:
        _say_again(reply, message, context)
    elif dossier.offres and dossier.caf:
        say_named(reply, context)
    elif not dossier.caf:
        dossier.cherche = contacts.words_of(message.text, context)
        lieu.ask(reply)
    elif not offers:
        contacts.answer(reply, message, context)
    elif message.heard or (dossier.facts and dossier.ask not in context.catalogue.questions):
        reply.go_on()
    else:
        say_procedure(reply, context.catalogue.offer(offers[0]), context)
        if dossier.ask not in context.catalogue.questions:
            dossier.offre = offers[0]
            asking.ask(reply, "veut_rendez_vous")
            territoire.ask_after_answer(reply, context)


def _say_again(reply: Reply, message: Message, context: Context) -> None:
    """Beside a result: the contact point that the words name, otherwise the way to the offer in hand."""
    if contacts.words_of(message.text, context):
        contacts.answer(reply, message, context)
    else:
        say_procedure(reply, context.catalogue.offer(reply.dossier.offre or ""), context)


def answer_contact(reply: Reply, message: Message, context: Context) -> None:
    """A contact point asked for; by a professional who names an offer, the way to that offer."""
    if reply.dossier.pro and reply.dossier.offres:
        say_named(reply, context)
    else:
        contacts.answer(reply, message, context)


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
    """The steps to refer a family to this offer, the contact points of its territory, the delays and who is left out."""
    caf = context.catalogue.cafs[offer.caf]
    notice = " ".join(filter(None, (caf.notice or context.catalogue.documents[caf.document].notice, offer.notice)))
    limits = (_list("utter_exclusions_offre", [item.text for item in offer.exclusions], reply.dossier),)
    words = {"titre": offer.title, "source": wording.source(offer, context), "prudence": notice}
    reply.say("utter_procedure", etapes="\n".join(filter(None, (way(offer, reply.dossier, context), *limits))), **words)


def say_named(reply: Reply, context: Context) -> None:
    """The way to the offer called by its name. An offer for professionals asks whether they are one; for a family, a request can follow."""
    dossier = reply.dossier
    offer = context.catalogue.offer(dossier.offres[0])
    say_procedure(reply, offer, context)
    reply.says[-1] = offers_here.with_cards(reply.says[-1], [offer.id], dossier, context)
    for_families = offer.access["allocataire"].value != "ferme" and offer.access[dossier.audience].value != "ferme"
    own = None if for_families else _own_fact(offer, dossier, context)
    if own is not None:
        dossier.offres = [offer.id]
        asking.ask_fact(reply, own, context)
        return
    dossier.offres = []
    if for_families and context.catalogue.cafs[offer.caf].receives_requests:
        dossier.offre = offer.id
        asking.ask(reply, "veut_rendez_vous")
        territoire.ask_after_answer(reply, context)
    elif dossier.situations:
        reply.go_on()
    else:
        asking.ask(reply, None)


def _own_fact(offer: Offer, dossier: Dossier, context: Context) -> str | None:
    """What an offer for professionals must know of the one who asks."""
    facts, skip = dossier.facts, dossier.inconnus
    return next_question(context.catalogue, offer.caf, dossier.audience, facts, context.today, offers=[offer.id], skip=skip)


def say_violence(reply: Reply, context: Context) -> None:
    """The Caf's procedure for a victim of violence, at once and without a question; then a request of a safe call can be made."""
    dossier = reply.dossier
    told = "violences" in dossier.traitees
    offers_here.close_situation(dossier)
    offers = [context.catalogue.offer(offer) for offer in offers_here.ranked_ids("violences", dossier, context)]
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    if not offers:
        services.say_no_offer(reply, "violences", context)
    for offer in offers[:1]:
        say_procedure(reply, offer, context)
        reply.says[-1] = offers_here.with_cards(reply.says[-1], [item.id for item in offers], dossier, context)
        doors = services.lines(services.of_offers([offer.id], context))
        if not told:
            reply.say("utter_autres_portes", portes=doors)
    dossier.offre = offers[0].id if offers else None
    asking.ask(reply, "veut_rendez_vous" if caf.receives_requests else None, variant="securite")


def way(offer: Offer, dossier: Dossier, context: Context) -> str:
    """How this professional reaches the offer: the steps, then the contact points that they do not give, then the delays."""
    caf = context.catalogue.cafs[offer.caf]
    access = offer.access[dossier.audience]
    if access.late and dossier.resultats.get(offer.id, {}).get("access") == "ferme":
        return access.late
    written = [step.text for step in offer.procedure] if dossier.audience == "partenaire" and offer.procedure else list(access.how)
    told = [with_mailbox(step, access, caf, dossier) for step in written]
    numbered = access.value != "non_precise"  # a way that the document does not describe is no list of steps
    lines = [f"{number}. {step}" if numbered else f"• {step}" for number, step in enumerate(told, 1)]
    points = [territoire.contact_line(contact) for contact in contact_points(access, caf, dossier, " ".join(told))]
    delays = [item.text for item in offer.delays]
    blocks = ("\n".join(lines), _list("utter_contacts_offre", points, dossier), _list("utter_delais_offre", delays, dossier))
    return "\n".join(filter(None, blocks))


def _list(response: str, items: list[str], dossier: Dossier) -> str:
    """A titled list inside a message; nothing when it is empty."""
    lines = "\n".join(items) if response == "utter_contacts_offre" else " ".join(items)
    return texts.text(response, dossier.audience, liste=lines) if items else ""


def with_mailbox(step: str, access: Access, caf: Caf, dossier: Dossier) -> str:
    """The step that names the mailbox of the territory, with its address when the territory is known: it is never guessed."""
    if not access.territory_contact or "territoire" not in step or territoire.known(dossier) is None:
        return step
    addresses = [contact.value for contact in territoire.points(dossier, caf)]
    return f"{step.split(' : ')[0].rstrip('.')} : {' ; '.join(addresses)}." if addresses else step


def contact_points(access: Access, caf: Caf, dossier: Dossier, said: str) -> list[Contact]:
    """The contact points of an offer that are not said yet: those of the family's territory when there are several."""
    others = territoire.elsewhere(dossier, caf)
    shown = [caf.contacts[name] for name in access.contacts if name in caf.contacts and name not in others]
    return [contact for contact in shown if contact.value not in said and dossier.audience in contact.audiences]

"""The end of a request: the summary with its lines, then the sending, and only then the reference."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.catalog import Catalogue
from bot.conversations import registry
from bot.database import session_scope
from bot.dialogue import answers, asking, proche, texts
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.etapes_demande import AGREEMENTS, REFERRER, give_up, steps
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.eligibility import OfferResult, evaluate
from bot.errors import RequestRefused
from bot.requests import drafts
from bot.requests import requests as service
from bot.requests.context import RequestContext

SHOWN = ("nom", "prenom", "telephone", "email", "canal", "disponibilites", "numero_allocataire")
FOLLOW_UP = "partenaire_suivi"  # the professional is told by mail that an appointment exists, unless refused in the summary


def show(reply: Reply, context: Context) -> None:
    """Show the summary of what will be sent, and ask to confirm it."""
    with session_scope() as session:
        details = drafts.read(session, context.conversation_id, context.now)
        known = service.would_change(session, context.conversation_id, request_context(reply.dossier, context), details)
    if not details:
        give_up(reply, context, "utter_brouillon_expire")
        return
    labels = texts.labels()
    lines = [f"• {labels[field]} : {_shown(field, details[field])}" for field in (*SHOWN, *REFERRER, FOLLOW_UP) if field in details]
    reply.say("utter_recapitulatif", objet=subject(reply.dossier, context.catalogue), lignes="\n".join(lines))
    if known:
        reply.say("utter_deja_demande", reference=known)
    asking.ask(reply, "confirmation")


def _shown(field: str, value: str) -> str:
    """A detail as the person reads it: a French number in pairs of digits, a channel in words."""
    if field in {"telephone", "partenaire_contact"} and value.startswith("+33"):
        return " ".join(re.findall("..", f"0{value[3:]}"))
    return texts.labels().get(f"{field}_{value}", value)


def subject(dossier: Dossier, catalogue: Catalogue) -> str:
    """What the request is about: the offer and the Caf."""
    caf = catalogue.cafs[dossier.caf or "autre"].name
    if dossier.violence and not dossier.pro:
        return caf  # the screen may be seen by somebody else
    return f"{catalogue.offer(dossier.offre).title}, {caf}" if dossier.offre else caf


def advance(reply: Reply, message: Message, context: Context) -> None:
    """Send, change a line, or cancel. Only a clear yes sends."""
    picked = _picked(reply.dossier, message)
    if picked == "envoyer":
        send(reply, context)
    elif picked == "modifier":
        _ask_line(reply, context)
    elif picked == "annuler":
        give_up(reply, context, "utter_demande_annulee")
    elif asking.not_understood(reply):
        reply.say("utter_pas_compris")
    else:
        give_up(reply, context, "utter_demande_abandonnee")


def _picked(dossier: Dossier, message: Message) -> str | None:
    picked = answers.choice(message, [*dossier.choix, {"id": "oui", "label": "oui"}, {"id": "non", "label": "non"}])
    if picked is None and message.is_act("corriger", "modifier_demande"):
        return "modifier"
    if picked is None and message.is_act("arreter", "annuler_demande", "plus_tard"):
        return "annuler"
    return {"oui": "envoyer", "non": "modifier"}.get(picked or "", picked)


def _ask_line(reply: Reply, context: Context) -> None:
    labels = texts.labels()
    fields = [field for field in steps(reply.dossier) if field not in AGREEMENTS]
    with session_scope() as session:
        if FOLLOW_UP in drafts.read(session, context.conversation_id, context.now):
            fields.append(FOLLOW_UP)
    asking.ask(reply, "a_modifier", [{"id": field, "label": labels[field]} for field in fields])


def send(reply: Reply, context: Context) -> None:
    """Store the request, then say the reference: never before it is stored."""
    dossier = reply.dossier
    try:
        with session_scope() as session:
            case = replace(request_context(dossier, context), agent_id=registry.agent_of(session, context.conversation_id))
            submitted = service.submit(session, context.conversation_id, case, context.now)
    except RequestRefused as refusal:
        _mend(reply, refusal, context)
        return
    dossier.reference, dossier.etape, dossier.donnees, dossier.canal = submitted.reference, "orientation", [], None
    dossier.historique = []  # what led to a request sent is not taken back: it is followed, changed or cancelled
    territory = (dossier.lieu or {}).get("territoire")
    caf = context.catalogue.cafs[dossier.caf or "autre"]
    response = "utter_envoye_change" if submitted.change else "utter_envoye_discret" if dossier.violence else "utter_envoye"
    where = next((f"{caf.name}, {t.label}" for t in caf.territories if t.id == territory), caf.name)
    reply.say(response, reference=submitted.reference, destination=where, suite=caf.callback.text if caf.callback else "")
    reply.says[-1] = reply.says[-1].with_request(submitted.reference, submitted.status)
    asking.ask(reply, None)
    if dossier.situations:
        reply.say("utter_situation_suivante", situation=context.catalogue.situations[dossier.situations[0]].label)
        reply.go_on()


def _mend(reply: Reply, refusal: RequestRefused, context: Context) -> None:
    """Ask what is missing, or leave when the request cannot be."""
    if refusal.code == "demande_incomplete" and refusal.fields:
        reply.dossier.donnees = [field for field in reply.dossier.donnees if field not in refusal.fields]
        asking.ask(reply, refusal.fields[0])
    elif refusal.code == "moins_de_15_ans":
        give_up(reply, context, "utter_moins_de_15_ans")
    else:
        give_up(reply, context, "utter_brouillon_expire")


def request_context(dossier: Dossier, context: Context) -> RequestContext:
    """The case behind the request: facts and verdict as they are now, and the version of the catalogue that gave it."""
    caf = dossier.caf or "autre"
    results = evaluate(context.catalogue, caf, dossier.audience, dossier.facts, context.today).offers
    offers = list(dossier.resultats)
    about = dossier.offre or (offers[0] if offers else None)
    result = results.get(about) if about else None
    return RequestContext(
        caf=caf,
        audience=dossier.audience,
        today=context.today,
        territoire=(dossier.lieu or {}).get("territoire"),
        commune=_commune(dossier),
        offre=about,
        access=result.access if result else None,
        verdict=result.verdict if result else None,
        facts=dict(dossier.facts),
        reasons=_reasons(result, dossier) if result else [],
        situations=[*dossier.traitees, *dossier.situations],
        violence=dossier.violence,
        catalogue_version=context.catalogue.version,
        receives_requests=context.catalogue.cafs[caf].receives_requests,
        proven_reference=dossier.prouvee,
        source="accueil" if dossier.audience == "agent" else proche.RELATIVE if dossier.pour_qui == proche.RELATIVE else "chat",
    )


def _reasons(result: OfferResult, dossier: Dossier) -> list[dict[str, str]]:
    """The conditions read, each with the answer given when it settled no fact (« moins de 3 mois »)."""
    said = dossier.precisions
    return [{**reason._asdict(), "fr": " ".join(filter(None, (reason.fr, said.get(reason.criterion))))} for reason in result.reasons]


def _commune(dossier: Dossier) -> str | None:
    """The commune where the family lives; None when only the département is known."""
    place = dossier.lieu or {}
    return place.get("nom") if place.get("nom") != place.get("departement_nom") else None

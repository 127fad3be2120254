"""The details that a request asks for, in order, and how it is left."""

from __future__ import annotations

from bot.database import session_scope
from bot.dialogue import asking
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.reply import Reply
from bot.requests import drafts

REFERRER = ("partenaire_nom", "partenaire_structure", "partenaire_contact")
STEPS = {
    "allocataire": ("consentement", "nom", "prenom", "canal", "coordonnee", "disponibilites", "numero_allocataire"),
    "partenaire": ("accord_famille", *REFERRER, "nom", "prenom", "telephone", "disponibilites", "numero_allocataire"),
    "agent": ("consentement", "nom", "prenom", "telephone", "disponibilites", "numero_allocataire"),
    "violence": ("consentement", "canal", "coordonnee", "disponibilites", "nom", "prenom"),
}
AGREEMENTS = frozenset({"consentement", "accord_famille"})


def steps(dossier: Dossier) -> list[str]:
    """The details this request asks for, in order."""
    kind = "violence" if dossier.violence and not dossier.pro else dossier.audience
    coordinate = "email" if dossier.canal == "email" else "telephone"
    wanted = [coordinate if step == "coordonnee" else step for step in STEPS[kind]]
    return [step for step in wanted if not (step == "disponibilites" and dossier.canal == "email")]


def give_up(reply: Reply, context: Context, response: str) -> None:
    """Leave the request: the draft is deleted, and the other doors are shown."""
    with session_scope() as session:
        drafts.discard(session, context.conversation_id)
    dossier = reply.dossier
    dossier.etape, dossier.donnees, dossier.canal = "orientation", [], None
    reply.says = [say for say in reply.says if not (say.response or "").startswith("utter_refus_")]
    reply.say(response)
    asking.ask(reply, None)

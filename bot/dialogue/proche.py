"""A family that writes for a relative: it is asked for whom, then the questions and the answer speak of that person."""

from __future__ import annotations

from bot.dialogue import answers, asking, words
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply

TO_ASK, ONESELF, RELATIVE = "a_demander", "soi", "proche"  # values of Dossier.pour_qui
ASK = "audience"


def hear(dossier: Dossier, message: Message) -> None:
    """Note, once, that help may be sought for somebody else."""
    if dossier.audience == "allocataire" and dossier.pour_qui is None and words.said("proche", message.text):
        dossier.pour_qui = TO_ASK


def pending(dossier: Dossier) -> bool:
    """True while the person must say for whom help is sought."""
    return dossier.pour_qui == TO_ASK


def ask(reply: Reply) -> None:
    """« Pour qui cherchez-vous une aide ? »"""
    asking.ask(reply, ASK, variant="proche")


def take(reply: Reply, message: Message) -> bool:
    """The answer: oneself, a relative, or a family followed at work."""
    dossier = reply.dossier
    picked = answers.choice(message, dossier.choix) or (RELATIVE if words.said("proche", message.text) else None)
    if picked == "partenaire":
        dossier.audience = picked
        reply.say("utter_bienvenue_partenaire")
    elif picked == RELATIVE:
        reply.say("utter_ecoute_proche")
    if picked is not None:
        dossier.pour_qui = RELATIVE if picked == RELATIVE else ONESELF
    return picked is not None

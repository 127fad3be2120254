"""A message that may mean two things: the person chooses between the readings, instead of writing again."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import texts
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply

CHOICE = "sens_"  # id of a reading, and name of its label in labels.yml
NEAR = 0.12  # an act less likely than this is not proposed
MOST = 2


def read(message: Message) -> Message:
    """The message as the person has just chosen to read it; itself when no reading was chosen."""
    act = (message.choice or "").removeprefix(CHOICE)
    if not message.choice or act == message.choice:
        return message
    return replace(message, choice=None, act=act, confidence=1.0)


def offer(reply: Reply, message: Message) -> bool:
    """Propose the most likely readings beside the choices of the pending question. False when none is likely enough."""
    labels = texts.labels()
    near = [act for act, confidence in message.ranking if confidence >= NEAR and CHOICE + act in labels][:MOST]
    if not near or message.choice is not None:
        return False
    reply.say("utter_quel_sens")
    reply.dossier.choix = [*({"id": CHOICE + act, "label": labels[CHOICE + act]} for act in near), *reply.dossier.choix]
    return True


def put_away(dossier: Dossier) -> None:
    """Readings are proposed once: at the next message the pending question has its own choices alone."""
    dossier.choix = [choice for choice in dossier.choix if not choice["id"].startswith(CHOICE)]

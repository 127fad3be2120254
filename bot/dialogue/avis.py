"""« Cela vous a-t-il aidé ? »: asked once, at the end; the answer is counted with nobody in it."""

from __future__ import annotations

from bot.dialogue import answers, counting, texts
from bot.dialogue.context import Context
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply, Say
from bot.requests import counters

QUESTION = "utter_avis"
ASKED, CLOSED = "demande", "clos"  # values of Dossier.avis
GRIEF = frozenset({"deces_enfant", "deces_parent", "violences"})  # nobody is asked to judge in mourning or in danger


def propose(reply: Reply) -> None:
    """Ask, the first time that nothing else is going on after an answer."""
    dossier = reply.dossier
    ended = dossier.ask is None and dossier.etape == "orientation" and bool(dossier.resultats or dossier.traitees)
    delicate = dossier.violence or dossier.detresse or bool(GRIEF & set(dossier.traitees))
    if ended and not delicate and dossier.avis is None and dossier.audience == "allocataire" and reply.says:
        dossier.avis = ASKED
        reply.says.append(Say(response=QUESTION, choices=tuple(texts.choices(QUESTION, dossier.voix))))


def take(reply: Reply, message: Message, context: Context) -> bool:
    """Count the answer. False when the message is something else: it is then never asked again."""
    dossier = reply.dossier
    if dossier.avis != ASKED:
        return False
    dossier.avis = CLOSED
    picked = answers.choice(message, texts.choices(QUESTION, dossier.voix))
    if picked not in {"oui", "non"}:
        return False
    counting.count(lambda session: counters.count_help(session, dossier.caf, picked == "oui", context.now))
    reply.say(f"utter_avis_{picked}")
    return True

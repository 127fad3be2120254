"""An agent puts side by side two Cafs for the same family, or two offers; the example of 2018 is always another Caf."""

from __future__ import annotations

from bot.catalog.records import Caf
from bot.dialogue import agent_lines, asking, criteria, texts
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply
from bot.eligibility import evaluate

MOST = 2  # other Cafs in one turn, beside the family's own


def cafs(reply: Reply, context: Context) -> None:
    """The same family in the other Cafs named, one message each, then what exists on one side only; the request stays with its own Caf."""
    dossier = reply.dossier
    own, others = dossier.caf, [caf for caf in dossier.compares if caf != dossier.caf][:MOST]
    shown, told = dossier.resultats, bool(dossier.facts or dossier.situations or dossier.traitees)
    for caf in others:
        if told:
            dossier.caf, dossier.resultats = caf, {}
            evaluation = evaluate(context.catalogue, caf, "agent", dossier.facts, context.today)
            agent_lines.say_short(reply, agent_lines.shown_offers(reply, evaluation, context), evaluation, context)
        elif own:
            _differences(reply, context.catalogue.cafs[own], context.catalogue.cafs[caf], context)
    dossier.caf, dossier.resultats, dossier.compares = own, shown, []


def _differences(reply: Reply, own: Caf, other: Caf, context: Context) -> None:
    """The situations that one of two Cafs answers and the other does not; nobody's case is needed."""
    labels = {name: situation.label for name, situation in context.catalogue.situations.items()}
    here, there = ({name for offer in caf.offers.values() for name in offer.situations} for caf in (own, other))
    none = texts.labels()["aucune"]
    reply.say(
        "utter_agent_differences",
        ici=own.name,
        autre=other.name,
        seulement_ici=" · ".join(labels[name] for name in labels if name in here - there) or none,
        seulement_la=" · ".join(labels[name] for name in labels if name in there - here) or none,
        prudence=other.notice or "",
    )


def offers(reply: Reply, context: Context) -> None:
    """Every condition of the offers named, one below the other."""
    dossier = reply.dossier
    criteria.say(reply, dossier.offres, context)
    dossier.offres, dossier.situations = [], []
    if not dossier.resultats:
        asking.ask(reply, None)

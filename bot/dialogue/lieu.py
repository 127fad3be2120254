"""Where the family lives: heard in any message, asked when it is not known, corrected, or left untold."""

from __future__ import annotations

from typing import Any

from bot.dialogue import answers, asking, wording, words
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.reply import Reply
from bot.territory import Place, extract_place, find_places

MENTIONS = ("commune", "code_postal", "departement")
ANYWHERE = "autre"  # the Caf of a family that does not say where it lives: the national offers


def hear(dossier: Dossier, mentions: dict[str, Any]) -> bool:
    """Settle where the family lives from the place mentioned. Returns True when a place was said."""
    said = {name: mentions[name] for name in MENTIONS if mentions.get(name)}
    places = find_places(**said) if said else []
    if places:
        settle(dossier, places)
    return bool(places)


def settle(dossier: Dossier, places: list[Place]) -> None:
    """Keep the place when one Caf fits all of them, else keep them as candidates to ask between."""
    dossier.lieu, dossier.caf, dossier.lieux_possibles = None, None, []
    if len({place.departement for place in places}) == 1:
        dossier.lieu, dossier.caf = _as_dict(places[0], precise=len(places) == 1), places[0].caf
    else:
        dossier.lieux_possibles = [_as_dict(place, precise=True) for place in places[:6]]


def _as_dict(place: Place, precise: bool) -> dict[str, Any]:
    """The place as the dossier keeps it; with several communes in one département, only the département is sure."""
    return {
        "nom": place.nom if precise else place.departement_nom,
        "departement": place.departement,
        "departement_nom": place.departement_nom,
        "territoire": place.territoire if precise else None,
        "caf": place.caf,
    }


def ask(reply: Reply) -> None:
    """Ask where the family lives, or which of the places that fit."""
    if reply.dossier.lieux_possibles:
        asking.ask(reply, "caf", _candidates(reply.dossier))
    else:
        asking.ask(reply, "commune", variant=reply.dossier.variante if reply.dossier.ask == "commune" else None)


def take(reply: Reply, message: Message) -> bool:
    """The answer to « où habitez-vous ? »: a place, or the wish not to say it, for which the département is enough, then nothing."""
    dossier = reply.dossier
    if dossier.caf or dossier.lieux_possibles:
        return True  # heard already
    refused = message.is_act("nier") or words.said("refus", message.text)
    unknown = message.choice == answers.UNKNOWN or (message.is_act("ne_sait_pas") and not refused)
    if unknown or (refused and dossier.variante == "departement"):
        dossier.caf = ANYWHERE
        reply.say("utter_sans_lieu")
        return True
    if refused:
        reply.say("utter_commune_inutile")
        asking.ask(reply, "commune", variant="departement")
        return True
    said = extract_place(message.text, expected=True)
    if said is not None and said.places:
        settle(dossier, list(said.places))
    return said is not None


def take_choice(dossier: Dossier, message: Message) -> bool:
    """Which of the places that bear this name."""
    picked = answers.choice(message, _candidates(dossier))
    place = next((place for place in dossier.lieux_possibles if place["departement"] == picked), None)
    if place is not None:
        dossier.lieu, dossier.caf, dossier.lieux_possibles = place, place["caf"], []
    return dossier.caf is not None


def _candidates(dossier: Dossier) -> list[dict[str, str]]:
    return [{"id": place["departement"], "label": f"{place['nom']} ({place['departement_nom']})"} for place in dossier.lieux_possibles]


def read_back(reply: Reply, before: dict[str, Any] | None, context: Context) -> None:
    """Say the place understood when it was told apart from any question on it: corrected, or said before anything else."""
    dossier = reply.dossier
    place = dossier.lieu
    if place is None or place == before or (before is None and dossier.ask in {"commune", "caf"}):
        return
    if before is not None:
        reply.say("utter_lieu_corrige", lieu=place["nom"], caf=wording.caf_named(dossier, context))
    elif dossier.ask in {"situation", None} and not dossier.situations:
        reply.say("utter_lieu_note", lieu=place["nom"], caf=wording.caf_named(dossier, context))

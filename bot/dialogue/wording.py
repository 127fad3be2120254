"""Facts in words, as they are read back to the person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.catalog.records import Offer
from bot.dialogue import texts
from bot.dialogue.context import Context
from bot.dialogue.dates import french_date
from bot.dialogue.dossier import Dossier


def fact_words(name: str, value: Any, context: Context) -> str:
    """A fact as read back: its sentence, or its label and its value."""
    spec = context.catalogue.facts[name]
    if spec.type == "bool":
        return (spec.yes if value else spec.no).rstrip(".") or spec.label
    if spec.type == "date":
        return f"{spec.label} : {date_words(value)}"
    if isinstance(value, list):
        ages = [str(child["age"]) if isinstance(child, dict) else str(child) for child in value]
        return f"{spec.label} : {', '.join(ages) or '0'}"
    return f"{spec.label} : {spec.values.get(str(value), value)}"


def fact_label(name: str, context: Context) -> str:
    """Name of a fact for a list of what is missing; what is kept with each child has its label among ours."""
    spec = context.catalogue.facts.get(name)
    return spec.label if spec else texts.labels().get(name, name)


def source(offer: Offer, context: Context) -> str:
    """« Caf de l'Aisne, 2024 »: the document an offer comes from; the national core is no document of the person's own Caf."""
    caf = context.catalogue.cafs[offer.caf]
    name = texts.labels()["socle_national"] if caf.id == "autre" else caf.name
    return f"{name}, {context.catalogue.documents[caf.document].year}"


def caf_named(dossier: Dossier, context: Context) -> str:
    """« la Caf de l'Aisne » once the place is known, « la Caf » before."""
    if dossier.caf is None or dossier.caf == "autre":
        return texts.labels()["la_caf"]
    return texts.labels()["la_caf_de"].format(nom=context.catalogue.cafs[dossier.caf].name)


def date_words(value: Any) -> str:
    """A date fact in words: the day, or its middle with « vers le » when it is not known to the day."""
    if isinstance(value, dict):
        first, last = date.fromisoformat(value["du"]), date.fromisoformat(value["au"])
        return f"{texts.labels()['vers_le']} {french_date(first + timedelta(days=(last - first).days // 2))}"
    return french_date(date.fromisoformat(value) if isinstance(value, str) else value)

"""French words of the workspace, from labels.yml and the catalogue; dates as people read them."""

from __future__ import annotations

import functools
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.catalog import load_catalogue
from bot.clock import PARIS

FILE = Path(__file__).parent / "labels.yml"


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def label(kind: str, value: object) -> str:
    """The French of a coded value; the value itself when no word is known, and a dash for nothing."""
    if value is None or value == "":
        return "—"
    if kind in ("caf", "territoire", "offre"):
        return _from_catalogue(kind, str(value))
    return _words()[kind].get(str(value), str(value))


def choices(kind: str) -> dict[str, str]:
    """Every coded value of a kind with its French, in the file's order."""
    return _words()[kind]


def _from_catalogue(kind: str, value: str) -> str:
    """Name of a Caf or an offer, label of a territory (« caf:territoire »)."""
    catalogue = load_catalogue()
    if kind == "caf":
        return catalogue.cafs[value].name if value in catalogue.cafs else value
    if kind == "offre":
        return catalogue.offers[value].title if value in catalogue.offers else value
    caf, _, territory = value.partition(":")
    places = catalogue.cafs[caf].territories if caf in catalogue.cafs else ()
    return next((place.label for place in places if place.id == territory), territory)


def moment(instant: datetime | None) -> str:
    """« 23/11/2026 à 10:05 », in Paris."""
    return instant.astimezone(PARIS).strftime("%d/%m/%Y à %H:%M") if instant else "—"


def day(value: date | datetime | None) -> str:
    """« 23/11/2026 », in Paris."""
    if value is None:
        return "—"
    return (value.astimezone(PARIS) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def facts_of(facts: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The facts of a request as label and value, in the order of the vocabulary."""
    known = load_catalogue().facts
    order = {name: place for place, name in enumerate(known)}
    named = sorted((facts or {}).items(), key=lambda item: order.get(item[0], len(order)))
    return [(known[name].label if name in known else name, _said(known.get(name), value)) for name, value in named]


def _said(spec: Any, value: Any) -> str:
    """One value as it is read."""
    if isinstance(value, bool):
        return label("oui_non", "oui" if value else "non")
    if isinstance(value, dict) and {"du", "au"} <= set(value):
        return f"{_said(spec, value['du'])} – {_said(spec, value['au'])}"
    if isinstance(value, list):
        return ", ".join(_child(item) for item in value) or "—"
    if spec is not None and spec.type == "date":
        return day(date.fromisoformat(str(value)))
    return str(spec.values.get(value, value)) if spec is not None else str(value)


def _child(item: Any) -> str:
    """One child of a list: an age, with what else is known of them."""
    if not isinstance(item, dict):
        return f"{item} {label('unites', 'ans')}"
    return f"{item.get('age', '?')} {label('unites', 'ans')}"

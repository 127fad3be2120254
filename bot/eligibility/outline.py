"""The conditions of an offer as an outline in French, for the people who own the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalog import Catalogue
from bot.eligibility import logic
from bot.eligibility.conditions import Is
from bot.eligibility.program import CompiledOffer, Use
from bot.eligibility.sentences import sentences

KINDS = {logic.All: "all", logic.Any: "any", logic.Not: "not", logic.OpenIfFalse: "open_if_false", logic.OpenIfTrue: "open_if_true"}


@dataclass(frozen=True)
class Line:
    """One line of the outline: a test (text and source) or an operator with the lines below it."""

    kind: str  # leaf | all | any | not | open_if_false | open_if_true
    text: str
    source: str
    below: tuple[Line, ...] = ()


def outline(catalogue: Catalogue, offer: CompiledOffer, today: date) -> Line:
    """The outline of the conditions of an offer, with the figures in force on `today`."""
    return _line(catalogue, offer, offer.root, today)


def _line(catalogue: Catalogue, offer: CompiledOffer, node: logic.Node, today: date) -> Line:
    if isinstance(node, logic.Leaf):
        use = offer.uses[node.place]
        return Line("leaf", _words(catalogue, use, today), use.source)
    parts = getattr(node, "parts", None) or (node.part,)  # type: ignore[attr-defined]
    below = tuple(_line(catalogue, offer, part, today) for part in parts)
    return Line(KINDS[type(node)], getattr(node, "unclear", ""), "", below)


def _words(catalogue: Catalogue, use: Use, today: date) -> str:
    condition = use.condition
    spec = catalogue.facts[condition.fact]
    if isinstance(condition, Is) and spec.type == "bool":
        return spec.yes if condition.value else spec.no
    return catalogue.test_texts["outline"].format(label=spec.label, needed=sentences(catalogue).needed(use, today))

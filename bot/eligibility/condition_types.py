"""The kinds of test that a catalogue file may use: a new kind is one small class and one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.eligibility.child_conditions import Children, Dependent, SomeBelow
from bot.eligibility.conditions import AtLeastTimes, Between, Condition, Figure, In, Is, Presumption
from bot.eligibility.delay_conditions import LastMonths, LessThanMonths, WithinMonths


def _is(spec: Any, node: dict[str, Any], figure: Callable[[Any], Figure]) -> Condition:
    return Is(spec.name, node["is"], _presumption(node))


def _presumption(node: dict[str, Any]) -> Presumption | None:
    if "presumed" not in node:
        return None
    limit = node.get("presumed_if") or {}
    return Presumption(bool(node["presumed"]), limit.get("fact"), int(limit.get("below", 0)))


def _dependent(spec: Any, node: dict[str, Any], figure: Callable[[Any], Figure]) -> Condition:
    below, above = (figure(name) for name in node["pay"])
    return Dependent(spec.name, node["dependent"] == "housing", below, above)


Maker = Callable[[Any, dict[str, Any], Callable[[Any], Figure]], Condition]

# YAML key -> (class, how it is made from the fact, the YAML leaf, and a reader of figures)
CONDITION_TYPES: dict[str, tuple[type[Condition], Maker]] = {
    "is": (Is, _is),
    "in": (In, lambda spec, node, figure: In(spec.name, frozenset(node["in"]), spec.partial)),
    "between": (Between, lambda spec, node, figure: Between(spec.name, figure(node["between"][0]), figure(node["between"][1]))),
    "at_least": (Between, lambda spec, node, figure: Between(spec.name, low=figure(node["at_least"]))),
    "at_most": (Between, lambda spec, node, figure: Between(spec.name, high=figure(node["at_most"]))),
    "below": (Between, lambda spec, node, figure: Between(spec.name, below=figure(node["below"]))),
    "children": (Children, lambda spec, node, figure: Children(spec.name, figure(node["children"]))),
    "some_below": (SomeBelow, lambda spec, node, figure: SomeBelow(spec.name, figure(node["some_below"]))),
    "within_months": (WithinMonths, lambda spec, node, figure: WithinMonths(spec.name, figure(node["within_months"]))),
    "less_than_months": (
        LessThanMonths,
        lambda spec, node, figure: LessThanMonths(spec.name, figure(node["less_than_months"]), node.get("or_since")),
    ),
    "last_months_before": (LastMonths, lambda spec, node, figure: LastMonths(spec.name, figure(node["last_months_before"]))),
    "at_least_times": (
        AtLeastTimes,
        lambda spec, node, figure: AtLeastTimes(spec.name, figure(node["at_least_times"]), node["of"], bool(node.get("dated"))),
    ),
    "dependent": (Dependent, _dependent),
}

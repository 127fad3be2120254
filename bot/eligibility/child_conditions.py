"""The tests on children: how many are à charge, how old, and the child à charge of the Isère booklet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from typing_extensions import override

from bot.eligibility.conditions import Condition, Figure, Values
from bot.eligibility.derivations import least_children, most_children
from bot.eligibility.values import FALSE, HIGH, LOW, MIDDLE, SOFT, STUCK, TRUE, UNKNOWN, truth

COUNTED = ("enfants", "beneficiaire_ajpp", "beneficiaire_aeeh")  # read when the number of children is not known


@dataclass(frozen=True)
class Children(Condition):
    """At least `least` children à charge: the number, else what the ages and the AJPP or AEEH tell."""

    least: Figure
    KEY = "children"
    FACT_TYPES = ("int",)

    @override
    def reads(self) -> tuple[str, ...]:
        return (self.fact, *COUNTED)

    @override
    def test(self, values: Values, today: date) -> int:
        least = self.least.at(today)
        if least_children(values) >= least:
            return TRUE
        most = most_children(values)
        return FALSE if most is not None and most < least else UNKNOWN

    @override
    def criterion(self, values: Values) -> str:
        if self.fact in values:
            return self.fact
        if "enfants" in values:
            return "enfants"
        return next((right for right in ("beneficiaire_ajpp", "beneficiaire_aeeh") if values.get(right) is True), self.fact)

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"least": self.least.at(today)}


@dataclass(frozen=True)
class SomeBelow(Condition):
    """At least one child of the list is younger than `below` years."""

    below: Figure
    KEY = "some_below"
    FACT_TYPES = ("children", "ages")

    @override
    def test(self, values: Values, today: date) -> int:
        children = values.get(self.fact)
        if children is None:
            return UNKNOWN
        below = self.below.at(today)
        return truth(any((child["age"] if isinstance(child, dict) else child) < below for child in children))

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"below": self.below.at(today)}


@dataclass(frozen=True)
class Dependent(Condition):
    """A child à charge as the Isère booklet counts it: age, schooling, pay of the older ones; the number only without ages."""

    housing: bool  # the three housing offers keep a child until the 21st birthday
    surely_below: Figure
    surely_above: Figure
    KEY = "dependent"
    FACT_TYPES = ("children",)

    @override
    def reads(self) -> tuple[str, ...]:
        return ("nb_enfants_a_charge", *COUNTED)

    @override
    def test(self, values: Values, today: date) -> int:
        children = values.get("enfants")
        if children is None:
            if least_children(values) >= 1:
                return TRUE
            most = most_children(values)
            return FALSE if most is not None and most < 1 else UNKNOWN
        return max((self._child(child, today) for child in children), default=FALSE)

    def _child(self, child: dict[str, Any], today: date) -> int:
        age = child["age"]
        if age < 6:
            return TRUE
        if age < 16:
            return truth(child.get("obligation_scolaire_remplie", True))
        if age >= 21:
            return FALSE
        pay = self._pay(child.get("remuneration_mensuelle_nette"), today)
        return STUCK if age == 20 and not self.housing and pay == TRUE else pay

    def _pay(self, pay: float | None, today: date) -> int:
        if pay is None:
            return UNKNOWN
        if pay < self.surely_below.at(today):
            return TRUE
        return SOFT if pay > self.surely_above.at(today) else STUCK

    @override
    def criterion(self, values: Values) -> str:
        if "enfants" in values:
            return "enfants"
        return "nb_enfants_a_charge" if "nb_enfants_a_charge" in values else "enfants"

    @override
    def asks(self, values: Values) -> tuple[str, ...]:
        return ("remuneration_mensuelle_nette",) if "enfants" in values else ("enfants",)

    @override
    def reach(self, values: Values) -> tuple[int, int]:
        if "enfants" not in values or self.housing:
            return LOW, HIGH
        below = any(16 <= child["age"] < 20 and "remuneration_mensuelle_nette" not in child for child in values["enfants"])
        stuck = any(self._child(child, date.max) == STUCK for child in values["enfants"])
        return MIDDLE if stuck else LOW, HIGH if below else MIDDLE

"""One tiny class per kind of test on a fact, all in CONDITION_TYPES; a new kind is one class and one line there.

`test(values, today)` gives one of the six values of bot.eligibility.values. `asks(values)` names the missing facts that would settle it,
`criterion(values)` the fact that decides, `reach(values)` the lowest and highest level it may still take when it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from typing_extensions import override

from bot.catalog.records import Parameter
from bot.eligibility.dates import Period, add_months, earliest, holds
from bot.eligibility.derivations import least_children, most_children
from bot.eligibility.values import FALSE, HIGH, LOW, MIDDLE, SOFT, STUCK, TRUE, UNKNOWN, truth

Values = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A number of a rule: plain, or a dated parameter read on the day of the evaluation."""

    plain: float
    parameter: Parameter | None = None

    def at(self, today: date) -> float:
        """The number in force on that day."""
        return self.plain if self.parameter is None else self.parameter.at(today)


@dataclass(frozen=True)
class Presumption:
    """What the test gives when the fact is missing; `fact` and `below` limit it to an age."""

    value: bool
    fact: str | None = None
    below: int = 0

    def read(self, values: Values) -> bool | None:
        """The presumed answer, or None when the presumption does not apply."""
        if self.fact is None:
            return self.value
        age = values.get(self.fact)
        return self.value if age is not None and age < self.below else None


@dataclass(frozen=True)
class Condition:
    """A test on one fact."""

    fact: str
    KEY: ClassVar[str] = ""
    FACT_TYPES: ClassVar[tuple[str, ...]] = ()

    def test(self, values: Values, today: date) -> int:
        """One of the six values."""
        raise NotImplementedError

    def criterion(self, values: Values) -> str:
        """The fact that decides."""
        return self.fact

    def asks(self, values: Values) -> tuple[str, ...]:
        """The missing facts that would settle the test, when it is UNKNOWN."""
        return (self.fact,)

    def reach(self, values: Values) -> tuple[int, int]:
        """Lowest and highest level the test may still take, when it is UNKNOWN."""
        return LOW, HIGH

    def last_day(self, values: Values, today: date) -> date | None:
        """Last day on which a delay that holds today still holds; None when no delay is read."""
        return None

    def early(self, values: Values, today: date) -> bool:
        """True when the test fails only because its period has not begun."""
        return False

    def needs(self, today: date) -> dict[str, Any]:
        """The figures of the test, to be said in French."""
        return {}


@dataclass(frozen=True)
class Is(Condition):
    """The fact has exactly this value (booleans, numbers, choices)."""

    value: Any
    presumed: Presumption | None = None
    KEY = "is"
    FACT_TYPES = ("bool", "int")

    @override
    def test(self, values: Values, today: date) -> int:
        seen = values.get(self.fact)
        if seen is None:
            return UNKNOWN if self.presumed is None else truth(self.presumed.read(values))
        return TRUE if seen == self.value else FALSE

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"value": self.value}


@dataclass(frozen=True)
class In(Condition):
    """The choice is one of these; a vague answer (a housing benefit, kind not sure) decides only when every kind agrees."""

    values_in: frozenset[str]
    partial: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    KEY = "in"
    FACT_TYPES = ("choice",)

    @override
    def test(self, values: Values, today: date) -> int:
        seen = values.get(self.fact)
        if seen is None:
            return UNKNOWN
        if seen in self.partial:
            inside = [value in self.values_in for value in self.partial[seen]]
            return TRUE if all(inside) else UNKNOWN if any(inside) else FALSE
        return TRUE if seen in self.values_in else FALSE

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"values": sorted(self.values_in)}


@dataclass(frozen=True)
class Between(Condition):
    """A number from `low` to `high`, both included; either may be absent. `below` excludes its bound."""

    low: Figure | None = None
    high: Figure | None = None
    below: Figure | None = None
    KEY = "between"
    FACT_TYPES = ("int", "number")

    @override
    def test(self, values: Values, today: date) -> int:
        seen = values.get(self.fact)
        if seen is None:
            return UNKNOWN
        if self.low is not None and seen < self.low.at(today):
            return FALSE
        if self.high is not None and seen > self.high.at(today):
            return FALSE
        return FALSE if self.below is not None and seen >= self.below.at(today) else TRUE

    @override
    def needs(self, today: date) -> dict[str, Any]:
        bounds = {"low": self.low, "high": self.high, "below": self.below}
        return {name: figure.at(today) for name, figure in bounds.items() if figure is not None}


@dataclass(frozen=True)
class Children(Condition):
    """At least `least` children à charge: the number, else what the ages and the AJPP or AEEH tell."""

    least: Figure
    KEY = "children"
    FACT_TYPES = ("int",)

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
class WithinMonths(Condition):
    """From the day of the event to the same day `months` later, both included."""

    months: Figure
    KEY = "within_months"
    FACT_TYPES = ("date",)
    SHORTER: ClassVar[int] = 0  # days taken from the end

    @override
    def test(self, values: Values, today: date) -> int:
        return truth(holds(values.get(self.fact), lambda event: event <= today <= self.end(event, today)))

    def end(self, event: date, today: date) -> date:
        """Last day of the delay that starts on `event`."""
        return add_months(event, int(self.months.at(today))) - timedelta(days=self.SHORTER)

    @override
    def last_day(self, values: Values, today: date) -> date | None:
        return self.end(earliest(values[self.fact]), today) if self.fact in values else None

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"months": self.months.at(today)}


@dataclass(frozen=True)
class LessThanMonths(WithinMonths):
    """From the day of the event to the eve of the same day `months` later; `or_since` is read when the first date decides nothing."""

    or_since: str | None = None
    KEY = "less_than_months"
    SHORTER = 1

    @override
    def test(self, values: Values, today: date) -> int:
        value = super().test(values, today)
        if value == UNKNOWN and self._since_holds(values, today):
            return TRUE
        return value

    def _since_holds(self, values: Values, today: date) -> bool:
        """The declaration cannot precede its event: an event recent enough is enough."""
        since = values.get(self.or_since) if self.or_since else None
        return holds(since, lambda event: event <= today <= self.end(event, today)) is True

    @override
    def criterion(self, values: Values) -> str:
        return self.or_since if self.or_since and self.fact not in values and self.or_since in values else self.fact

    @override
    def last_day(self, values: Values, today: date) -> date | None:
        own = super().last_day(values, today)
        if self.or_since and self._since_holds(values, today):
            other = self.end(earliest(values[self.or_since]), today)
            return other if own is None else max(own, other)
        return own


@dataclass(frozen=True)
class LastMonths(Condition):
    """The last `months` months before the date, both ends included; earlier is not yet."""

    months: Figure
    KEY = "last_months_before"
    FACT_TYPES = ("date",)

    @override
    def test(self, values: Values, today: date) -> int:
        return truth(holds(values.get(self.fact), lambda end: self._start(end, today) <= today <= end))

    def _start(self, end: date, today: date) -> date:
        return add_months(end, -int(self.months.at(today)))

    @override
    def early(self, values: Values, today: date) -> bool:
        end = values.get(self.fact)
        return end is not None and today < self._start(earliest(end), today)

    @override
    def last_day(self, values: Values, today: date) -> date | None:
        return earliest(values[self.fact]) if self.fact in values else None

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"months": self.months.at(today)}


@dataclass(frozen=True)
class AtLeastTimes(Condition):
    """An amount that reaches `times` times another amount, equality included; `dated` makes a refusal "à vérifier"."""

    times: Figure
    of: str
    dated: bool = False
    KEY = "at_least_times"
    FACT_TYPES = ("number",)

    @override
    def test(self, values: Values, today: date) -> int:
        amount, unit = values.get(self.fact), values.get(self.of)
        if amount is None or unit is None:
            return UNKNOWN
        if amount >= self.times.at(today) * unit:
            return TRUE
        return SOFT if self.dated else FALSE

    @override
    def asks(self, values: Values) -> tuple[str, ...]:
        return tuple(name for name in (self.fact, self.of) if name not in values)

    @override
    def needs(self, today: date) -> dict[str, Any]:
        return {"times": self.times.at(today), "of": self.of}


@dataclass(frozen=True)
class Dependent(Condition):
    """A child à charge as the Isère booklet counts it: age, schooling, pay of the older ones; the number only without ages."""

    housing: bool  # the three housing offers keep a child until the 21st birthday
    surely_below: Figure
    surely_above: Figure
    KEY = "dependent"
    FACT_TYPES = ("children",)

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

__all__ = ["CONDITION_TYPES", "Condition", "Figure", "Period"]

"""What a condition is, and the plain tests: a value, a choice, a number, an amount beside another.

`test(values, today)` gives one of the six values of bot.eligibility.values. `asks(values)` names the missing facts that would settle it,
`criterion(values)` the fact that decides, `reach(values)` the lowest and highest level it may still take when it is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from typing_extensions import override

from bot.catalog.records import Parameter
from bot.eligibility.values import FALSE, HIGH, LOW, SOFT, TRUE, UNKNOWN, truth

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

    def reads(self) -> tuple[str, ...]:
        """Every fact that the test or its sentence may read."""
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
    def reads(self) -> tuple[str, ...]:
        return (self.fact, self.presumed.fact) if self.presumed and self.presumed.fact else (self.fact,)

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
class AtLeastTimes(Condition):
    """An amount that reaches `times` times another amount, equality included; `dated` makes a refusal "à vérifier"."""

    times: Figure
    of: str
    dated: bool = False
    KEY = "at_least_times"
    FACT_TYPES = ("number",)

    @override
    def reads(self) -> tuple[str, ...]:
        return (self.fact, self.of)

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

"""The tests on dates: delays from an event, and the months before an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from typing_extensions import override

from bot.eligibility.conditions import Condition, Figure, Values
from bot.eligibility.dates import add_months, earliest, holds
from bot.eligibility.values import TRUE, UNKNOWN, truth


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

    @override
    def reads(self) -> tuple[str, ...]:
        return (self.fact, self.or_since) if self.or_since else (self.fact,)

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

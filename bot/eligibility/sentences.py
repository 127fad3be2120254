"""The French sentence of each condition, made from the texts of facts.yml and of the leaf."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.catalog import Catalogue
from bot.catalog.records import FactSpec
from bot.eligibility.dates import Period
from bot.eligibility.program import Use


class Sentences:
    """Builds the sentence of a leaf for a status and the known values; texts come from the catalogue only."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._facts, self._texts = catalogue.facts, catalogue.test_texts
        self._months = self._texts["months"].split()
        self._today: date | None = None
        self._needed: dict[int, str] = {}  # what each leaf asks for today

    def say(self, use: Use, criterion: str, status: str, values: dict[str, Any], today: date) -> str:
        """The sentence of one leaf: its own, else the fact's by value, else what is seen beside what is needed."""
        own = use.texts.get(status)
        if own:
            return own
        spec = self._facts.get(criterion) or self._facts[use.condition.fact]
        seen = values.get(criterion)
        if spec.type == "bool" and use.condition.KEY == "is":
            return self._bool(spec, seen)
        if today != self._today:
            self._today, self._needed = today, {}
        needed = self._needed.get(id(use))
        if needed is None:
            needed = self._needed[id(use)] = self.needed(use, today)
        shown = self._texts["unknown"] if seen is None else self.show(spec, seen)
        return self._texts["line"].format(label=spec.label, seen=shown, needed=needed)

    def _bool(self, spec: FactSpec, seen: bool | None) -> str:
        if seen is None:
            return spec.unknown or self._texts["bool_unknown"].format(label=spec.label)
        return spec.yes if seen else spec.no

    def needed(self, use: Use, today: date) -> str:
        """What the test asks for: « au moins 1 enfant à charge »."""
        needs = {name: self._figure(value) for name, value in use.condition.needs(today).items()}
        condition = use.condition
        if "values" in needs:
            words = self._facts[condition.fact].values
            return self._join([words[value] for value in condition.needs(today)["values"]], self._texts["or"])
        if "of" in needs:
            needs["of"] = self._facts[needs["of"]].label
        unit = self._facts[condition.fact].unit
        name = f"{condition.KEY}_{'_'.join(needs)}" if condition.KEY == "between" else condition.KEY
        return self._texts[name].format(unit=unit, **needs)

    def _figure(self, value: Any) -> str:
        if isinstance(value, float):
            return f"{value:g}".replace(".", ",")
        return str(value)

    def show(self, spec: FactSpec, value: Any) -> str:
        """A value in French: « 2 », « 12 mars 2026 », « 4 et 7 ans », « non »."""
        if spec.type == "bool":
            return self._texts["yes"] if value else self._texts["no"]
        if spec.type == "choice":
            return spec.values.get(value, value)
        if spec.type in ("children", "ages"):
            ages = [child["age"] if isinstance(child, dict) else child for child in value]
            return (
                self._texts["ages"].format(ages=self._join([str(age) for age in ages], self._texts["and"])) if ages else self._texts["none"]
            )
        if isinstance(value, Period):
            return self._texts["period"].format(du=self.day(value.du), au=self.day(value.au))
        if isinstance(value, date):
            return self.day(value)
        return f"{self._figure(value)} {spec.unit}".strip()

    def day(self, day: date) -> str:
        """« 1er mars 2026 »."""
        number = self._texts["first"] if day.day == 1 else str(day.day)
        return f"{number} {self._months[day.month - 1]} {day.year}"

    def _join(self, words: list[str], last: str) -> str:
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentences(catalogue: Catalogue) -> Sentences:
    """The sentences of a catalogue, kept with it."""
    if "sentences" not in catalogue.memo:
        catalogue.memo["sentences"] = Sentences(catalogue)
    return catalogue.memo["sentences"]

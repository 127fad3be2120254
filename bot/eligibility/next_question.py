"""The fact whose answer settles most, among those that can still change an open verdict and may be asked of this role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from bot.catalog import Catalogue
from bot.eligibility.asking import SENSITIVE
from bot.eligibility.derivations import EVENT_OF_DATE
from bot.eligibility.evaluate import Run, access_of, checked_facts
from bot.eligibility.facts import Facts
from bot.eligibility.logic import Bounds
from bot.eligibility.program import CompiledOffer, shape
from bot.eligibility.relevance import Weight, askable_levels, weigh_access, weigh_verdict
from bot.eligibility.results import Evaluation
from bot.eligibility.values import SOFT, is_unknown


def next_question(
    catalogue: Catalogue,
    caf: str,
    role: str,
    facts: Facts | Mapping[str, Any],
    today: date,
    offers: Collection[str] | None = None,
    skip: Collection[str] = (),
) -> str | None:
    """The question to ask next, named as in questions.yml, or None when nothing that may be asked can settle more.

    `offers` keeps only those offers (default: all of the Caf); `skip` holds the facts that the person does not know. Offers closed to the
    role, and what is never asked of it, are left out. Raises BadInput or FactError.
    """
    known = checked_facts(catalogue, caf, role, facts, today)
    return Chooser(Run.start(catalogue, caf, role, known.values, today), skip).choose(offers)


def evaluate_with_question(catalogue: Catalogue, caf: str, role: str, facts: Facts | Mapping[str, Any], today: date) -> Evaluation:
    """The evaluation and its next question, the tests being run once. Raises BadInput or FactError."""
    known = checked_facts(catalogue, caf, role, facts, today)
    run = Run.start(catalogue, caf, role, known.values, today)
    evaluation = run.evaluation()
    evaluation.next_question = Chooser(run).choose()
    return evaluation


class Chooser:
    """Chooses the next question of one evaluation."""

    def __init__(self, run: Run, skip: Collection[str] = ()) -> None:
        self.run, self.book, self.role, self.values, self.skip = run, run.book, run.role, run.values, skip
        self._targets: dict[str, str | None] = {}
        self._only = self.book.allowed(self.role, self.values)

    def choose(self, offers: Collection[str] | None = None) -> str | None:
        """The best question for these offers (default: all), or None."""
        if self._only == ():
            return None
        weights = self._weights(offers)
        return min(weights, key=lambda name: self._key(name, weights[name]), default=None)

    def _weights(self, offers: Collection[str] | None) -> dict[str, Weight]:
        run = self.run
        bounds = run.levels
        if self._only is None:  # what is held back is not out of reach: the social worker will see to it
            bounds = askable_levels(run.program, run.results, self.values, bounds, self._askable)
        total: dict[str, Weight] = {}
        for name, offer in run.program.offers.items():
            if offers is None or name in offers:
                for fact, weight in self._open_facts(offer, bounds).items():
                    target = self._target(fact)
                    if target is not None:
                        total.setdefault(target, Weight()).add(weight)
        return total

    def _open_facts(self, offer: CompiledOffer, bounds: list[Bounds]) -> dict[str, Weight]:
        run = self.run
        access = access_of(offer, self.role, run.results)
        value = shape(offer, run.results).value
        if access == "ferme" or value <= SOFT:
            return {}
        weights = weigh_verdict(run.program, offer, bounds, self.values) if is_unknown(value) else {}
        if access != "inconnu":
            return weights
        dates = weigh_access(offer, self.role, run.results, self.values)
        known = {fact: weight for fact, weight in dates.items() if _happened(self.values, fact)}
        return {**known, **weights}

    def _askable(self, fact: str) -> bool:
        return self._target(fact) is not None

    def _target(self, fact: str) -> str | None:
        if fact not in self._targets:
            target = self.book.target(fact, self.role, self.values, self.skip)
            self._targets[fact] = target if self._only is None or target in self._only else None
        return self._targets[fact]

    def _key(self, name: str, weight: Weight) -> tuple[bool, float, int, int, int]:
        question = self.book.questions[name]
        sensitive = question.sensitivity >= SENSITIVE
        return sensitive, -weight.score, -weight.touches, question.sensitivity, question.order


def _happened(values: dict[str, Any], day: str) -> bool:
    """True when the event of a date is known to have happened, or when the date belongs to none."""
    event = EVENT_OF_DATE.get(day)
    return event is None or values.get(event) is True

"""The fact whose answer settles most, among those that can still change an open verdict and may be asked of this role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from bot.catalog import Catalogue
from bot.eligibility.asking import SENSITIVE, QuestionBook, question_book
from bot.eligibility.derivations import EVENT_OF_DATE
from bot.eligibility.evaluate import Run, access_of, checked_facts
from bot.eligibility.facts import Facts
from bot.eligibility.program import CompiledOffer, Program, program
from bot.eligibility.relevance import Weight, levels, weigh_access, weigh_verdict
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
    compiled = program(catalogue, caf)
    results = [test.test(known.values, today) for test in compiled.tests]
    return Chooser(compiled, question_book(catalogue), role, known.values, skip).choose(results, offers)


def evaluate_with_question(catalogue: Catalogue, caf: str, role: str, facts: Facts | Mapping[str, Any], today: date) -> Evaluation:
    """The evaluation and its next question, the tests being run once. Raises BadInput or FactError."""
    known = checked_facts(catalogue, caf, role, facts, today)
    run = Run.start(catalogue, caf, role, known.values, today)
    evaluation = run.evaluation()
    chooser = Chooser(run.program, run.book, role, known.values, ())
    evaluation.next_question = chooser.choose(run.results, None)
    return evaluation


class Chooser:
    """Chooses the next question from the results of the tests."""

    def __init__(self, compiled: Program, book: QuestionBook, role: str, values: dict[str, Any], skip: Collection[str]) -> None:
        self.program, self.book, self.role, self.values, self.skip = compiled, book, role, values, skip
        self._targets: dict[str, str | None] = {}
        self._only = book.allowed(role, values)

    def choose(self, results: list[int], offers: Collection[str] | None) -> str | None:
        """The best question, or None."""
        if self._only == ():
            return None
        weights = self._weights(results, offers)
        return min(weights, key=lambda name: self._key(name, weights[name]), default=None)

    def _weights(self, results: list[int], offers: Collection[str] | None) -> dict[str, Weight]:
        bounds = levels(self.program, results, self.values, self._askable)
        total: dict[str, Weight] = {}
        for name, offer in self.program.offers.items():
            if offers is None or name in offers:
                for fact, weight in self._open_facts(offer, results, bounds).items():
                    target = self._target(fact)
                    if target is not None:
                        sum_ = total.setdefault(target, Weight())
                        sum_.kills, sum_.wins, sum_.touches = sum_.kills + weight.kills, sum_.wins + weight.wins, sum_.touches + 1
        return total

    def _open_facts(self, offer: CompiledOffer, results: list[int], bounds: list[Any]) -> dict[str, Weight]:
        access = access_of(offer, self.role, results)
        value = offer.root.value(results)
        if access == "ferme" or value <= SOFT:
            return {}
        weights = weigh_verdict(offer, bounds, self.values) if is_unknown(value) else {}
        if access == "inconnu":
            for fact, weight in weigh_access(offer, self.role, results, self.values).items():
                if EVENT_OF_DATE.get(fact) is None or self.values.get(EVENT_OF_DATE[fact]) is True:
                    weights.setdefault(fact, weight)
        return weights

    def _askable(self, fact: str) -> bool:
        return self._target(fact) is not None

    def _target(self, fact: str) -> str | None:
        if fact not in self._targets:
            target = self.book.target(fact, self.role, self.values, self.skip)
            self._targets[fact] = target if self._only is None or target in self._only else None
        return self._targets[fact]

    def _key(self, name: str, weight: Weight) -> tuple[bool, int, int, int, int]:
        question = self.book.questions[name]
        sensitive = question.sensitivity >= SENSITIVE
        return sensitive, -(weight.kills + weight.wins), -weight.touches, question.sensitivity, question.order

"""Verdict and access of every offer of a Caf for the facts of a family, on a given day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.catalog import Catalogue
from bot.catalog.records import ROLES
from bot.eligibility.asking import QuestionBook, question_book
from bot.eligibility.derivations import check_numbers
from bot.eligibility.facts import Facts, read_facts
from bot.eligibility.logic import opened
from bot.eligibility.program import CompiledOffer, Program, program
from bot.eligibility.relevance import levels, weigh_access, weigh_verdict
from bot.eligibility.results import Evaluation, OfferResult, Reason
from bot.eligibility.sentences import Sentences, sentences
from bot.eligibility.values import FALSE, OPEN, SOFT, STATUSES, TRUE, UNKNOWN, VERDICTS, is_unknown
from bot.errors import BadInput


def checked_facts(catalogue: Catalogue, caf: str, role: str, facts: Facts | Mapping[str, Any], today: date) -> Facts:
    """Facts ready for this Caf. Raises BadInput (unknown Caf or role) or FactError."""
    catalogue.caf(caf)
    if role not in ROLES:
        raise BadInput(f"unknown role {role!r}: use one of {', '.join(ROLES)}")
    if isinstance(facts, Facts) and facts.today == today:
        check_numbers(facts.values, ages_prevail=caf == "isere")
        return facts
    return read_facts(facts.stated if isinstance(facts, Facts) else facts, today, caf, catalogue)


def evaluate(catalogue: Catalogue, caf: str, role: str, facts: Facts | Mapping[str, Any], today: date) -> Evaluation:
    """Every offer of `caf`, in the order of its file. Raises BadInput or FactError."""
    known = checked_facts(catalogue, caf, role, facts, today)
    return Run.start(catalogue, caf, role, known.values, today).evaluation()


class Run:
    """One evaluation of the offers of a Caf: the tests are run once, each offer reads them."""

    def __init__(self, compiled: Program, texts: Sentences, book: QuestionBook, role: str, values: dict[str, Any], today: date) -> None:
        self.program, self.texts, self.book, self.role, self.values, self.today = compiled, texts, book, role, values, today
        self.results = [test.test(values, today) for test in compiled.tests]
        self._levels: list[Any] | None = None

    @classmethod
    def start(cls, catalogue: Catalogue, caf: str, role: str, values: dict[str, Any], today: date) -> Run:
        """A run over the offers of `caf`."""
        return cls(program(catalogue, caf), sentences(catalogue), question_book(catalogue), role, values, today)

    def evaluation(self) -> Evaluation:
        """Every offer of the Caf."""
        offers = {name: self.offer(offer) for name, offer in self.program.offers.items()}
        return Evaluation(self.program.caf.id, self.role, self.today, offers)

    def offer(self, offer: CompiledOffer) -> OfferResult:
        """The result of one offer."""
        value = offer.root.value(self.results)
        access = access_of(offer, self.role, self.results)
        steps = self._steps(offer) if value <= SOFT else ()
        return OfferResult(
            offer_id=offer.offer.id,
            verdict=VERDICTS[value],
            access=access,
            confirm=self._confirm(offer, value),
            not_yet=bool(steps),
            reasons=self._reasons(offer),
            missing=self._missing(offer, value, access),
            deadline=self._deadline(offer) if value == TRUE and access == "ouvert" else None,
            steps=steps,
        )

    def _confirm(self, offer: CompiledOffer, value: int) -> bool:
        if self.program.caf.confirm_always or value in (OPEN, SOFT):
            return True
        return offer.confirm is not None and value > SOFT and offer.confirm.value(self.results) == TRUE

    def _steps(self, offer: CompiledOffer) -> tuple[str, ...]:
        """The steps whose absence alone refuses the offer: with them unknown, it would not be refused."""
        facts, results = [], list(self.results)
        for step in offer.steps:
            if self.values.get(step.fact) is False and self._happened(step.events):
                facts.append(step.fact)
                results[step.test] = UNKNOWN
        for place in offer.delays:
            use = offer.uses[place]
            if use.condition.early(self.values, self.today):
                facts.append(use.condition.fact)
                results[use.test] = UNKNOWN
        return tuple(dict.fromkeys(facts)) if facts and offer.root.value(results) > SOFT else ()

    def _happened(self, events: Sequence[str]) -> bool:
        seen = (self.values.get(event) for event in events)
        return any(event is True or isinstance(event, date) for event in seen)

    def _reasons(self, offer: CompiledOffer) -> list[Reason]:
        unclear: dict[int, str] = {}
        if offer.can_open:
            offer.root.mark(self.results, unclear)
        reasons: dict[tuple[str, str, str], Reason] = {}
        for place, use in enumerate(offer.uses):
            value = self.results[use.test]
            sentence = opened(unclear, place, value) if unclear else None
            status = STATUSES[value] if sentence is None else "text_unclear"
            criterion = use.condition.criterion(self.values)
            key = (criterion, status, use.source)
            if key not in reasons:
                fr = sentence or self.texts.say(use, criterion, status, self.values, self.today)
                reasons[key] = Reason(criterion, status, use.source, fr)
        return list(reasons.values())

    def _missing(self, offer: CompiledOffer, value: int, access: str) -> list[str]:
        """Facts that could still change the verdict, then the access; best question first, never-asked last."""
        weights = {}
        if is_unknown(value):
            if self._levels is None:
                self._levels = levels(self.program, self.results, self.values, None)
            weights = weigh_verdict(offer, self._levels, self.values)
        if access == "inconnu" and value > SOFT:
            for fact, weight in weigh_access(offer, self.role, self.results, self.values).items():
                weights.setdefault(fact, weight)
        return sorted(weights, key=lambda fact: self.book.rank(self.role, fact, weights[fact]))

    def _deadline(self, offer: CompiledOffer) -> date | None:
        """Last day before the verdict stops being eligible or the access open, the facts staying as they are."""
        uses = [offer.uses[place] for place in offer.delays] + list(offer.access[self.role].dates)
        ends = {use.condition.last_day(self.values, self.today) for use in uses if self.results[use.test] == TRUE}
        later = list(self.results)
        for end in sorted(day for day in ends if day is not None):
            for use in uses:
                later[use.test] = use.condition.test(self.values, end + timedelta(days=1))
            if offer.root.value(later) != TRUE or access_of(offer, self.role, later) != "ouvert":
                return end
        return None


def access_of(offer: CompiledOffer, role: str, results: Sequence[int]) -> str:
    """Access of a role: as written, or open while a delay from the registration (or an event that precedes it) runs."""
    rule = offer.access[role]
    if rule.access.value is not None:
        return rule.access.value
    if any(results[use.test] == TRUE for use in rule.dates):
        return "ouvert"
    return "ferme" if results[rule.dates[0].test] == FALSE else "inconnu"

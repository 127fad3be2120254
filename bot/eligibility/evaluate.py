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
from bot.eligibility.logic import Bounds
from bot.eligibility.program import CompiledOffer, Program, Shape, Use, program, shape
from bot.eligibility.relevance import MOST_SEEN, Weight, levels, verdict_key, weigh_access, weigh_verdict
from bot.eligibility.results import Evaluation, OfferResult, Reason
from bot.eligibility.sentences import Sentences, sentences
from bot.eligibility.values import FALSE, OPEN, SOFT, STATUSES, TRUE, UNKNOWN, VERDICTS, is_unknown
from bot.errors import BadInput

MOST_TOLD = 2048  # sets of reasons kept for an offer


def checked_facts(catalogue: Catalogue, caf: str, role: str, facts: Facts | Mapping[str, Any], today: date) -> Facts:
    """Facts ready for this Caf. Raises BadInput (unknown Caf or role) or FactError."""
    catalogue.caf(caf)
    if role not in ROLES:
        raise BadInput(f"unknown role {role!r}: use one of {', '.join(ROLES)}")
    if isinstance(facts, Facts) and facts.today == today:
        check_numbers(facts.values, ages_prevail=catalogue.cafs[caf].ages_prevail)
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
        self._levels: list[Bounds] | None = None

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
        seen = shape(offer, self.results)
        value = seen.value
        access = access_of(offer, self.role, self.results)
        steps = self._steps(offer) if value <= SOFT and (offer.steps or offer.early) else ()
        return OfferResult(
            offer_id=offer.offer.id,
            verdict=VERDICTS[value],
            access=access,
            confirm=self._confirm(offer, value),
            not_yet=bool(steps),
            reasons=self._reasons(offer, seen),
            missing=self._missing(offer, value, access) if is_unknown(value) or access == "inconnu" else [],
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
        for use in offer.early:
            if use.condition.early(self.values, self.today):
                facts.append(use.condition.fact)
                results[use.test] = UNKNOWN
        return tuple(dict.fromkeys(facts)) if facts and offer.root.value(results) > SOFT else ()

    def _happened(self, events: Sequence[str]) -> bool:
        seen = (self.values.get(event) for event in events)
        return any(event is True or isinstance(event, date) for event in seen)

    def _reasons(self, offer: CompiledOffer, seen: Shape) -> list[Reason]:
        """The reason of each leaf. Families look alike, so the reasons are kept by what they tell."""
        key: tuple[Any, ...] = (self.today, *map(self.values.get, offer.facts))
        try:
            reasons = offer.told.get(key)
        except TypeError:  # a list of children
            key = tuple(map(repr, key))
            reasons = offer.told.get(key)
        if reasons is None:
            if len(offer.told) >= MOST_TOLD:
                offer.told.clear()
            pairs = zip(offer.uses, seen.unclear, strict=True)
            reasons = offer.told[key] = tuple(dict.fromkeys(self.reason(use, sentence) for use, sentence in pairs))
        return list(reasons)

    def reason(self, use: Use, sentence: str | None) -> Reason:
        """How one leaf stands, with the sentence of what the text leaves open when it does."""
        criterion = use.fixed or use.condition.criterion(self.values)
        status = STATUSES[self.results[use.test]] if sentence is None else "text_unclear"
        fr = sentence or self.texts.say(use, criterion, status, self.values, self.today)
        return Reason(criterion, status, use.source, fr)

    @property
    def levels(self) -> list[Bounds]:
        """The bounds of the tests when any fact may be learnt."""
        if self._levels is None:
            self._levels = levels(self.program, self.results, self.values)
        return self._levels

    def _missing(self, offer: CompiledOffer, value: int, access: str) -> list[str]:
        """Facts that could still change the verdict, then the access; best question first, never-asked last."""
        weights: dict[str, Weight] = {}
        if access == "inconnu" and value > SOFT:
            weights = weigh_access(offer, self.role, self.results, self.values)
        if not is_unknown(value):
            return self._sorted(weights)
        if weights:
            return self._sorted({**weights, **weigh_verdict(self.program, offer, self.levels, self.values)})
        key = (self.role, *verdict_key(offer, self.levels, self.values))
        if key not in offer.ranked:
            if len(offer.ranked) >= MOST_SEEN:
                offer.ranked.clear()
            offer.ranked[key] = self._sorted(weigh_verdict(self.program, offer, self.levels, self.values))
        return list(offer.ranked[key])

    def _sorted(self, weights: dict[str, Weight]) -> list[str]:
        return sorted(weights, key=lambda fact: self.book.rank(self.role, fact, weights[fact]))

    def _deadline(self, offer: CompiledOffer) -> date | None:
        """Last day before the verdict stops being eligible or the access open, the facts staying as they are."""
        if not offer.delays and not offer.access[self.role].dates:
            return None
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

"""Who may be asked what, and after which question: the rules of questions.yml, read once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.catalog import Catalogue
from bot.catalog.records import Question
from bot.eligibility.relevance import Weight

SENSITIVE = 2  # from this sensitivity on, a question comes after the others


class QuestionBook:
    """The questions by fact, with their order and their prerequisites."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.questions = catalogue.questions
        self.holds = catalogue.holds
        self.by_fact: dict[str, Question] = {}
        for question in catalogue.questions.values():
            for fact in question.fills:
                self.by_fact.setdefault(fact, question)
        self.by_fact.update(catalogue.questions)

    def rank(self, role: str, fact: str, weight: Weight) -> tuple[bool, bool, float, int, int, int]:
        """Sorting key of a fact: asked before never asked, plain before sensitive, then what settles most, then file order."""
        question = self.by_fact.get(fact)
        if question is None or not question.roles[role]:
            order = question.order if question else len(self.questions)
            return True, False, -weight.score, -weight.touches, 0, order
        sensitive = question.sensitivity >= SENSITIVE
        return False, sensitive, -weight.score, -weight.touches, question.sensitivity, question.order

    def target(self, fact: str, role: str, values: dict[str, Any], skip: Collection[str]) -> str | None:
        """The question to ask now to learn `fact`: its own, or the one that comes before it; None when it may not be asked.

        A fact known in part (a period, a housing benefit of unknown kind) is asked at once, to be made precise.
        """
        question = self.by_fact.get(fact)
        if question is None or not question.roles[role] or question.name in skip or fact in skip:
            return None
        for condition, wanted in question.only_if.items() if role in question.only_if_roles else ():
            seen = values.get(condition)
            if seen is None:
                return self.target(condition, role, values, skip)
            if seen not in (wanted if isinstance(wanted, list) else [wanted]):
                return None
        for earlier in question.first:
            before = None if earlier in values or fact in values else self.target(earlier, role, values, skip)
            if before is not None:
                return before
        return question.name

    def allowed(self, role: str, values: dict[str, Any]) -> tuple[str, ...] | None:
        """The only questions allowed in a context of violence or of a child's death; None when nothing is held back."""
        for hold in self.holds:
            if role in hold.roles and any(values.get(fact) is True for fact in hold.when_any):
                return hold.allow
        return None


def question_book(catalogue: Catalogue) -> QuestionBook:
    """The questions of a catalogue, kept with it."""
    if "questions" not in catalogue.memo:
        catalogue.memo["questions"] = QuestionBook(catalogue)
    return catalogue.memo["questions"]

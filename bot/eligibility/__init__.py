"""The engine: from the facts of a family to the verdict and access of every offer of its Caf, and the next question."""

from bot.eligibility.decisive import decisive_reasons
from bot.eligibility.evaluate import evaluate
from bot.eligibility.facts import Facts, read_facts
from bot.eligibility.next_question import evaluate_with_question, next_question
from bot.eligibility.results import Evaluation, OfferResult, Reason

__all__ = [
    "Evaluation",
    "Facts",
    "OfferResult",
    "Reason",
    "decisive_reasons",
    "evaluate",
    "evaluate_with_question",
    "next_question",
    "read_facts",
]

"""The six values of a condition: Kleene's three, with why a value is false or unknown.

Only three reach the outside (ineligible, unknown, eligible). The others keep what the answer must say: a refusal that rests on an old
amount, an unknown that no answer of the family can settle, an unknown that the text itself leaves open.
"""

from __future__ import annotations

FALSE = 0
SOFT = 1  # false, but only because of a dated amount: "à vérifier"
UNKNOWN = 2  # a fact is missing
STUCK = 3  # known facts, and the reading of the rule gives no answer
OPEN = 4  # known facts, and the text does not decide (~ and ?)
TRUE = 5

VERDICTS = ("ineligible", "ineligible", "unknown", "unknown", "unknown", "eligible")
STATUSES = ("not_met", "not_met", "unknown", "text_unclear", "text_unclear", "met")

# The same in three steps, to reason about what may still happen.
LOW, MIDDLE, HIGH = 0, 1, 2
LEVELS = (LOW, LOW, MIDDLE, MIDDLE, MIDDLE, HIGH)


def is_unknown(value: int) -> bool:
    """True for the three kinds of unknown."""
    return UNKNOWN <= value <= OPEN


def truth(answer: bool | None) -> int:
    """TRUE, FALSE or UNKNOWN."""
    return UNKNOWN if answer is None else TRUE if answer else FALSE

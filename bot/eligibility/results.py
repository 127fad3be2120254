"""What an evaluation gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Reason(NamedTuple):
    """One condition read: the fact that decides, how it stands, where the rule is written, and its French sentence."""

    criterion: str
    status: str  # met | not_met | unknown | text_unclear
    source: str
    fr: str


@dataclass(slots=True)
class OfferResult:
    """The verdict and access of one offer, why, what could still decide, and the last day to ask."""

    offer_id: str
    verdict: str  # eligible | ineligible | unknown
    access: str  # ouvert | ferme | non_precise | inconnu
    confirm: bool
    not_yet: bool
    reasons: list[Reason]
    missing: list[str]
    deadline: date | None
    steps: tuple[str, ...] = ()  # the facts of the steps to take, when not_yet

    def as_dict(self) -> dict[str, Any]:
        """The shape of the command line."""
        return {
            "verdict": self.verdict,
            "access": self.access,
            "confirm": self.confirm,
            "not_yet": self.not_yet,
            "reasons": [reason._asdict() for reason in self.reasons],
            "missing": self.missing,
            "deadline": self.deadline.isoformat() if self.deadline else None,
        }


@dataclass(slots=True)
class Evaluation:
    """Every offer of a Caf for one role and one day, and the next question when it was asked for."""

    caf: str
    role: str
    today: date
    offers: dict[str, OfferResult]
    next_question: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The shape of the command line."""
        return {"offers": {name: result.as_dict() for name, result in self.offers.items()}, "next_question": self.next_question}

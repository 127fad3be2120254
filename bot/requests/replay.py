"""Evaluates a stored request again, on its own facts, day and catalogue version: the verdict must be the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.database.models import ContactRequest
from bot.eligibility import evaluate
from bot.errors import BadInput
from bot.requests.versions import restore


@dataclass(frozen=True)
class Replay:
    """What was stored, and what the same facts give again."""

    reference: str
    offer: str
    stored: dict[str, Any]
    again: dict[str, Any]

    @property
    def same(self) -> bool:
        """True when verdict, access and reasons are those of the request."""
        return self.stored == self.again

    def as_dict(self) -> dict[str, Any]:
        """JSON shape of the command line."""
        return {"reference": self.reference, "offer": self.offer, "same": self.same, "stored": self.stored, "again": self.again}


def replay(session: Session, request: ContactRequest) -> Replay:
    """Evaluate again. Raises BadInput when the request was about no offer, is anonymous, or its catalogue was never published."""
    if not request.offre_visee or request.evaluated_on is None or request.anonymised_at is not None:
        raise BadInput(f"{request.reference} cannot be replayed: it has no offer, or it was made anonymous")
    catalogue = restore(session, request.catalogue_version)
    evaluation = evaluate(catalogue, request.caf, request.audience, request.facts or {}, request.evaluated_on)
    result = evaluation.offers[request.offre_visee]
    again = {"verdict": result.verdict, "access": result.access, "reasons": _bare([reason._asdict() for reason in result.reasons])}
    stored = {"verdict": request.verdict, "access": request.access, "reasons": _bare(request.reasons or [])}
    return Replay(request.reference, request.offre_visee, stored, again)


def _bare(reasons: list[dict[str, Any]]) -> list[list[str]]:
    """Reasons without their sentences, whose wording may be improved without changing the decision."""
    return [[reason["criterion"], reason["status"], reason["source"]] for reason in reasons]

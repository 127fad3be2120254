"""Statuses of a request and the moves between them (contract §5)."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum


class Status(str, Enum):
    """Where a request stands; the value is the contract's word."""

    NEW = "nouvelle"
    TAKEN = "prise_en_charge"
    BOOKED = "rdv_fixe"
    DONE = "terminee"
    CANCELLED = "annulee"
    DROPPED = "sans_suite"


OPEN = frozenset({Status.NEW, Status.TAKEN, Status.BOOKED})
CLOSED = frozenset(set(Status) - OPEN)

# From each open status: the steps may be skipped forward; an appointment may move or fall through.
MOVES: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.TAKEN, Status.BOOKED}) | CLOSED,
    Status.TAKEN: frozenset({Status.BOOKED}) | CLOSED,
    Status.BOOKED: frozenset({Status.BOOKED, Status.TAKEN}) | CLOSED,
}

# Why a request ends without a meeting: codes, worded in the workspace.
DROP_REASONS = ("injoignable", "refus_famille", "deja_accompagnee", "hors_public", "doublon", "autre_service", "deces", "autre")
# Why an appointment moves or falls through.
BOOKING_REASONS = ("demande_famille", "absence_famille", "absence_agent", "erreur", "autre")

# A responsable may reopen a closed request for that long (contract §5).
REOPEN_WITHIN = timedelta(days=30)

RDV_MODES = ("telephone", "agence", "domicile", "visio", "autre_lieu")


def reason_codes(current: Status, target: Status) -> tuple[str, ...]:
    """The reasons among which one must be given for this move; empty when none is needed."""
    if target is Status.DROPPED:
        return DROP_REASONS
    if current is Status.BOOKED and target in (Status.BOOKED, Status.TAKEN):
        return BOOKING_REASONS
    return ()

"""The errors of Repère, one class per kind of mistake, mapped once to an exit code.

RepereError
├── BadInput            exit 2: bad usage, bad value, unknown id or reference
│   ├── FactError       a fact that is unknown, ill-typed or contradicts another
│   ├── CatalogueError  a catalogue file that cannot be read or is wrong (file, line, mend)
│   └── RequestError    a contact request that cannot be found, stored or changed as asked (`code` names why)
│       ├── DetailError      a malformed contact detail
│       ├── RequestRefused   a request that must not be stored, or not yet
│       ├── UnknownReference no request under that reference
│       ├── LookUpClosed     too many wrong tries: the look-up is closed for an hour
│       └── TransitionError  a change of status that the life cycle forbids
├── FaultsFound         exit 1: the command ran and found faults
└── PartDown            exit 3: a part is missing or does not answer (database, model, port)
    └── TurnLost        a turn that no longer counts: nothing of it is kept
"""

from __future__ import annotations


class RepereError(Exception):
    """Any error whose message is one clear line for the operator."""

    exit_code = 2


class BadInput(RepereError):
    """Bad usage, bad input, unknown id or reference."""


class FactError(BadInput):
    """A fact that is unknown, ill-typed, impossible, or contradicts another."""


class CatalogueError(BadInput):
    """A catalogue file that cannot be read or is wrong; the message names file, line and mend."""


class RequestError(BadInput):
    """A contact request that cannot be found, stored or changed as asked. `code` names why, for whoever words it."""

    def __init__(self, code: str, message: str = "") -> None:
        """`code` is stable and in French words; `message` is the operator's line and never holds the value refused."""
        super().__init__(message or code)
        self.code = code


class DetailError(RequestError):
    """A malformed contact detail."""


class RequestRefused(RequestError):
    """A request that must not be stored, or not yet; `fields` names what is missing."""

    def __init__(self, code: str, message: str = "", fields: tuple[str, ...] = ()) -> None:
        """`fields`: the details to ask again."""
        super().__init__(code, message)
        self.fields = fields


class UnknownReference(RequestError):
    """No request under that reference."""

    def __init__(self) -> None:
        """The same words whatever was wrong: a reference must not be probed."""
        super().__init__("reference_inconnue", "no request under this reference")


class LookUpClosed(RequestError):
    """Too many wrong tries: the look-up is closed for an hour."""

    def __init__(self) -> None:
        """No detail: it would tell what was tried."""
        super().__init__("suivi_ferme", "too many wrong tries: the look-up is closed for an hour")


class TransitionError(RequestError):
    """A change of status that the life cycle forbids."""


class FaultsFound(RepereError):
    """The command ran to its end and found faults."""

    exit_code = 1


class PartDown(RepereError):
    """A part is missing or does not answer: database, model, port, server."""

    exit_code = 3


class TurnLost(PartDown):
    """A turn that no longer counts: too late, overtaken, or its conversation erased. Nothing of it is kept."""

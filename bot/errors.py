"""The errors of Repère, one class per kind of mistake, mapped once to an exit code.

RepereError
├── BadInput            exit 2: bad usage, bad value, unknown id or reference
│   ├── FactError       a fact that is unknown, ill-typed or contradicts another
│   ├── CatalogueError  a catalogue file that cannot be read or is wrong (file, line, mend)
│   └── RequestError    an unknown reference, a forbidden transition, a malformed contact detail
├── FaultsFound         exit 1: the command ran and found faults
└── PartDown            exit 3: a part is missing or does not answer (database, model, port)
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
    """A contact request that cannot be found or changed as asked."""


class FaultsFound(RepereError):
    """The command ran to its end and found faults."""

    exit_code = 1


class PartDown(RepereError):
    """A part is missing or does not answer: database, model, port, server."""

    exit_code = 3

"""`repere understand`: what the model reads in messages, JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import click

from bot.errors import FaultsFound, RepereError

AUDIENCES = ("allocataire", "partenaire", "agent")


def read_line(line: str) -> dict[str, Any]:
    """The message of one line: id, text, audience, today. Raises ValueError saying what is wrong with it."""
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("a line must be a JSON object")
    if not isinstance(record.get("text"), str):
        raise ValueError("« text » is missing or is not a string")
    if record.get("audience") not in (None, *AUDIENCES):
        raise ValueError(f"unknown audience {record['audience']!r}: one of {', '.join(AUDIENCES)}")
    if record.get("today") is not None:
        date.fromisoformat(str(record["today"]))
    return record


def _id_of(line: str) -> Any:
    """The id of a line that may be wrong otherwise, or None."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record.get("id") if isinstance(record, dict) else None


def answers(lines: Iterable[str], understand: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each answer with whether its line was good; blank lines are skipped."""
    for line in lines:
        if not line.strip():
            continue
        try:
            record = read_line(line)
            found = understand(record["text"], record.get("audience"), record.get("today"))
            yield {"id": record.get("id"), **found}, True
        except (ValueError, RepereError) as error:
            yield {"id": _id_of(line), "error": str(error)}, False


@click.command("understand")
def command() -> None:
    """Read messages from standard input and write what is understood, one JSON object a line.

    In: {"id","text","audience"?,"today"?}. Out: {"id","act","confidence","acts","situations","mentions","caf"}.
    """
    from bot.nlu.reader import Reader

    reader = Reader.load()
    faults = 0
    for answer, good in answers(sys.stdin, reader.understand):
        faults += not good
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
        sys.stdout.flush()
    if faults:
        raise FaultsFound(f"{faults} line(s) could not be read")

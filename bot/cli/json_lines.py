"""JSON Lines in, JSON Lines out: same order, one answer a line, a bad line does not stop the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TextIO

from bot.errors import BadInput, FaultsFound, PartDown, RepereError

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def run(lines: Iterable[str], out: TextIO, answer: Answer) -> None:
    """Write the answer to each line that is not blank; raises FaultsFound at the end when some lines were bad."""
    bad = 0
    for line in lines:
        if not line.strip():
            continue
        result = _one(line, answer)
        bad += "error" in result
        out.write(json.dumps(result, ensure_ascii=False) + "\n")
        out.flush()
    if bad:
        raise FaultsFound(f'{bad} bad line{"s" if bad > 1 else ""}: see "error" in the output')


def _one(line: str, answer: Answer) -> dict[str, Any]:
    identifier = None
    try:
        request = json.loads(line, parse_constant=_refuse, object_pairs_hook=_no_duplicates)
        if not isinstance(request, dict):
            raise BadInput("a line must be a JSON object")
        identifier = request.get("id")
        return {"id": identifier, **answer(request)}
    except (ValueError, RecursionError) as error:
        return {"id": identifier, "error": f"not valid JSON: {error}"}
    except PartDown:
        raise
    except RepereError as error:
        return {"id": identifier, "error": str(error)}


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is written twice")
    return seen


def day(request: dict[str, Any], key: str, default: date) -> date:
    """A day of the request, or the default when it is absent. Raises BadInput naming it."""
    if key not in request:
        return default
    try:
        return date.fromisoformat(request[key])
    except (TypeError, ValueError):
        raise BadInput(f"{key}: {request[key]!r} is not a day that exists, written 2026-11-22") from None

"""`repere evaluate`: verdict and access of every offer of a Caf, JSON Lines in and out."""

from __future__ import annotations

import sys
from typing import Any

import click

from bot import clock
from bot.catalog import Catalogue, load_catalogue
from bot.cli import json_lines
from bot.eligibility import evaluate_with_question
from bot.errors import BadInput


@click.command("evaluate")
def command() -> None:
    """Read {"id","caf","role","today"?,"facts"} lines; write the offers of the Caf and the next question, one line each.

    Exits 1 at the end when a line was bad (its answer is {"id","error"}).
    """
    catalogue = load_catalogue()
    json_lines.run(sys.stdin, sys.stdout, lambda request: answer(catalogue, request))


def answer(catalogue: Catalogue, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one line. Raises BadInput or FactError naming what is wrong."""
    for key in ("caf", "role", "facts"):
        if key not in request:
            raise BadInput(f"{key!r} is missing")
    if not isinstance(request["facts"], dict):
        raise BadInput("facts must be an object of names and values")
    today = json_lines.day(request, "today", clock.today())
    return evaluate_with_question(catalogue, request["caf"], request["role"], request["facts"], today).as_dict()

"""Mentions that are a plain statement: `allocataire`, `logement`, `enceinte`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.nlu.rules import apply_rules, first_of_each

STATEMENTS_FILE = Path(__file__).with_name("statements.yml")


def extract_statements(text: str, audience: str) -> dict[str, Any]:
    """The plain statements of a prepared text, by mention."""
    found = first_of_each(apply_rules(STATEMENTS_FILE, text, audience))
    return {fact: statement.value for fact, statement in found.items()}

"""Examples of the parsers: YAML files of message → what is expected, read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("examples")


def examples(name: str) -> list[tuple[str, str, Any]]:
    """Audience, text and expectation of each example of a file; the text may begin with « agent| » or « partenaire| »."""
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    found = []
    for key, expected in content.items():
        audience, bar, text = str(key).partition("|")
        found.append((audience, text, expected) if bar else ("allocataire", str(key), expected))
    return found

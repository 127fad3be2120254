"""domain.yml and the code that speaks must agree: no response missing, none forgotten. Its French: tests/texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
CODE = "\n".join(
    path.read_text(encoding="utf-8") for folder in ("bot/dialogue", "actions", "bot/rasa") for path in (ROOT / folder).glob("*.py")
)
BUILT = (
    "utter_question_",
    "utter_pourquoi_",
    "utter_ecoute_",
    "utter_refus_",
    "utter_statut_",
    "utter_offre_",
    "utter_avis_",
    "utter_danger",
    "utter_detresse",
    "utter_info_service/",
)
OF_RASA = {"utter_default"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r'"(utter_[a-z_0-9]*[a-z0-9])"', CODE))))
def test_every_response_said_exists(name: str) -> None:
    """A response named in the code is in domain.yml."""
    assert name in RESPONSES


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_response_is_said_somewhere(name: str) -> None:
    """A response of domain.yml is said by name, or belongs to a family whose names the engine builds."""
    assert name in OF_RASA or f'"{name}"' in CODE or name.startswith(BUILT)


def test_each_button_says_one_thing() -> None:
    """Buttons of one response have different labels and ids."""
    for name, variations in RESPONSES.items():
        for variation in variations:
            payloads = [button["payload"] for button in variation.get("buttons", ())]
            assert len(payloads) == len(set(payloads)), name

"""The hand-written sentences of places.yml: accuracy of the Caf and of what is stated."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.territory import PlaceMention, extract_place

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "places.yml").read_text(encoding="utf-8"))
TARGET = 0.98


def caf_read(mention: PlaceMention | None) -> str:
    """The Caf as places.yml writes it: an id, `plusieurs` or `aucun`."""
    return "aucun" if mention is None else mention.caf or "plusieurs"


def differences(case: dict[str, Any]) -> list[str]:
    """What was read otherwise than expected, one line each."""
    mention = extract_place(case["t"], expected=case.get("asked", False))
    found = {
        "caf": caf_read(mention),
        "commune": mention.commune if mention else None,
        "departement": mention.departement if mention else None,
        "postal": mention.code_postal if mention else None,
        "territoire": mention.places[0].territoire if mention else None,
    }
    return [f"{case['t']!r} {key}: expected {case[key]}, got {found[key]}" for key in found if key in case and case[key] != found[key]]


def test_the_set_is_large_enough_and_has_enough_sentences_without_place():
    """At least 250 sentences, 80 of them without any place, and none twice."""
    texts = [(case["t"], case.get("asked", False)) for case in CASES]

    assert len(texts) == len(set(texts)) >= 250
    assert sum(case["caf"] == "aucun" for case in CASES) >= 80


def test_place_leads_to_the_right_caf():
    """The Caf, the need to ask, or the absence of place is right in 98 sentences out of 100."""
    wrong = [line for case in CASES for line in differences(case) if " caf: " in line]

    assert len(wrong) <= (1 - TARGET) * len(CASES), "\n".join(wrong)


@pytest.mark.parametrize("key", ["commune", "departement", "postal", "territoire"])
def test_what_is_stated_is_read(key: str):
    """Commune, département, postal code and territory are right 97 times out of 100 where the set gives them."""
    stated = [case for case in CASES if key in case]
    wrong = [line for case in stated for line in differences(case) if f" {key}: " in line]

    assert stated
    assert len(wrong) <= 0.03 * len(stated), "\n".join(wrong)

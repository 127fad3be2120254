"""Every case of tests/offers/**.yml, written from the documents, against the engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalog import load_catalogue
from bot.eligibility import evaluate

FOLDER = Path(__file__).parent
KEYS = {"nom", "role", "today", "facts", "verdict", "access", "confirm", "not_yet", "deadline", "missing", "reasons"}
EXACT = ("verdict", "access", "confirm", "not_yet", "deadline")
LEAST_CASES = 6


def _files() -> dict[str, list[dict[str, Any]]]:
    """The cases of each offer, by offer id."""
    read = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*/*.yml")))
    return {content["offer"]: content["cases"] for content in read}


FILES = _files()
CASES = [pytest.param(offer, case, id=f"{offer}: {case['nom']}") for offer, cases in FILES.items() for case in cases]


def _as_given(value: Any) -> Any:
    """A fact as the contract writes it: days are ISO texts."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _as_given(item) for key, item in value.items()}
    return value


def _caf_of(offer: str) -> str:
    """The Caf of an offer: the national core is read for every other Caf."""
    caf = offer.partition("/")[0]
    return "autre" if caf == "socle" else caf


def _answer(offer: str, case: dict[str, Any]) -> dict[str, Any]:
    facts = {name: _as_given(value) for name, value in case["facts"].items()}
    evaluation = evaluate(load_catalogue(), _caf_of(offer), case.get("role", "allocataire"), facts, case["today"])
    return evaluation.as_dict()["offers"][offer]


@pytest.mark.parametrize(("offer", "case"), CASES)
def test_the_engine_agrees_with_the_document(offer: str, case: dict[str, Any]) -> None:
    """Verdict, access, delays and the decisive conditions are those the document gives."""
    answer = _answer(offer, case)
    expected = {key: _as_given(case[key]) for key in EXACT if key in case}

    assert expected == {key: answer[key] for key in expected}
    if "missing" in case:
        missing = set(case["missing"])
        assert missing <= set(answer["missing"]) if missing else answer["missing"] == []
    for reason in case.get("reasons", []):
        assert (reason["criterion"], reason["status"]) in {(found["criterion"], found["status"]) for found in answer["reasons"]}


def test_every_offer_has_its_cases() -> None:
    """The case files and the catalogue hold the same offers, at least six cases each."""
    assert set(FILES) == set(load_catalogue().offers)
    assert [offer for offer, cases in FILES.items() if len(cases) < LEAST_CASES] == []


def test_case_files_use_known_keys_only() -> None:
    """A misspelt key would make a case check nothing."""
    assert {key for cases in FILES.values() for case in cases for key in case} <= KEYS
    assert len(CASES) == len({param.id for param in CASES})

"""The guide for adding a Caf is followed step by step for its fictional Caf."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import settings
from bot.catalog import Catalogue, load_catalogue
from bot.catalog.check import check
from bot.catalog.pages import offer_page
from bot.eligibility import evaluate

GUIDE = settings.ROOT / "docs" / "ajouter-une-caf.md"
BLOCK = re.compile(r"<!-- (ajouter|créer|cas): (\S+) -->\n```yaml\n(.*?)```", re.S)
TODAY = date(2026, 11, 22)


def blocks(kind: str) -> dict[str, str]:
    """The YAML blocks of the guide of one kind, by file or offer."""
    return {name: text for found, name, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")) if found == kind}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The delivered catalogue with the fictional Caf added as the guide says."""
    folder = tmp_path_factory.mktemp("guide") / "catalog"
    shutil.copytree(settings.catalog_dir(), folder)
    for name, text in blocks("ajouter").items():
        _append(folder / name, text)
    for name, text in blocks("créer").items():
        (folder / name).write_text(text, encoding="utf-8")
    situations = folder / "situations.yml"
    text = situations.read_text(encoding="utf-8")
    situations.write_text(text.replace("offers: [aisne/separation,", "offers: [exemple/separation, aisne/separation,", 1), encoding="utf-8")
    return load_catalogue(folder)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def test_the_guide_leads_to_a_catalogue_without_fault(catalogue: Catalogue) -> None:
    """Following the guide word for word leaves nothing to mend."""
    assert check(catalogue.folder, TODAY) == []
    assert "exemple" in catalogue.cafs
    assert "exemple/separation" in catalogue.situations["separation"].offers


def test_the_offer_of_the_guide_has_its_page(catalogue: Catalogue) -> None:
    """The page shows the conditions of the new offer."""
    assert "Caf Exemple" in offer_page(catalogue, "exemple/separation", TODAY)


def test_the_cases_of_the_guide_hold(catalogue: Catalogue) -> None:
    """The engine decides the cases as the guide says, without a line of code."""
    written: dict[str, Any] = yaml.safe_load(blocks("cas")["exemple/separation"])
    for case in written["cases"]:
        seen = evaluate(catalogue, "exemple", "allocataire", case["facts"], case["today"]).offers[written["offer"]]
        assert case["verdict"] == seen.verdict, case["nom"]
        assert case.get("access", seen.access) == seen.access, case["nom"]
        assert case.get("deadline", seen.deadline) == seen.deadline, case["nom"]
    assert len(written["cases"]) >= 6

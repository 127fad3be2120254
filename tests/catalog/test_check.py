"""`repere offers check`: each fault is found, with its file, its line and a mend."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot import settings
from bot.catalog import load_catalogue
from bot.catalog.check import check
from bot.errors import CatalogueError

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the delivered catalogue, to be broken."""
    copy = tmp_path / "catalog"
    shutil.copytree(settings.catalog_dir(), copy)
    return copy


def broken(folder: Path, file: str, old: str, new: str) -> int:
    """Replace `old` once in a file; returns the line where it stood."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_delivered_catalogue_has_no_fault() -> None:
    """No fault and no warning on the day it is delivered."""
    assert check(settings.catalog_dir(), TODAY) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("aisne.yml", "{fact: separation, is", "{fact: separatoin, is", ["unknown fact 'separatoin'", "Did you mean 'separation'?"]),
        ("aisne.yml", '{fact: separation, is: true, source: "004:55"}', "{fact: separation, is: true}", ["separation", "has no source"]),
        ("aisne.yml", 'source: "004:55"', 'source: "004:9999"', ["004:9999", "428 lines"]),
        ("aisne.yml", 'source: "004:55"', 'source: "044:55"', ["unknown document"]),
        ("aisne.yml", 'source: "004:55"', 'source: "page 3"', ["document:line"]),
        ("aisne.yml", "{fact: separation, is: true", "{fact: separation, ist: true", ["not one known test"]),
        ("aisne.yml", "use: sans_referent", "use: sans_referant", ["unknown shared condition", "sans_referent"]),
        ("aisne.yml", "some_below: age_enfant_deces_parent_aisne", "some_below: age_enfant", ["unknown parameter 'age_enfant'"]),
        ("aisne.yml", "unclear: Le document ne dit pas si un enfant à naître suffit.", "unclear: ''", ["no sentence"]),
        ("aisne.yml", "title: séparation", "title: ''", ["'title' is missing"]),
        ("aisne.yml", "domain: parentalite", "domaine: parentalite", ["unknown key 'domaine'", "domain"]),
        ("aisne.yml", "other_doors: [aripa", "other_doors: [aripaa", ["unknown door 'aripaa'"]),
        ("aisne.yml", "situations: [separation", "situations: [separations", ["unknown situation 'separations'"]),
        ("questions.yml", "question: Touchez-vous le RSA ?", "question: ''", ["'question' is missing"]),
        ("questions.yml", "  etudiant:\n    type: choice", "  etudian:\n    type: choice", ["etudian"]),
        ("situations.yml", "aisne/separation,", "aisne/separations,", ["unknown offer"]),
        ("facts.yml", "type: text, label: Département", "type: texte, label: Département", ["'texte'"]),
    ],
)
def test_a_fault_names_file_line_and_mend(folder: Path, file: str, old: str, new: str, words: list[str]) -> None:
    """The broken file is named with what is wrong and how to mend it."""
    line = broken(folder, file, old, new)
    found = [str(fault) for fault in check(folder, TODAY)]
    matching = [text for text in found if all(word in text for word in words)]

    assert matching, found
    assert any(abs(int(text.split(":")[1]) - line) <= 30 for text in matching), (line, matching)


def test_a_mailbox_of_partners_in_the_route_of_a_family(folder: Path) -> None:
    """A contact shown to an audience that may not see it is a fault."""
    broken(folder, "aisne.yml", "contacts: [formulaire, courrier]", "contacts: [formulaire, mail_violences]")

    assert [fault for fault in check(folder, TODAY) if "not for this audience" in fault.message]


def test_conditions_that_exclude_each_other(folder: Path) -> None:
    """An offer that no set of facts makes eligible is a fault."""
    condition = '- {fact: separation, is: true, source: "004:55"}'
    broken(folder, "aisne.yml", condition, f'{condition}\n        - {{fact: separation, is: false, source: "004:55"}}')

    assert [fault.message for fault in check(folder, TODAY)] == ["offer aisne/separation: no set of facts makes it eligible"]


def test_an_old_check_of_a_figure_is_a_warning(folder: Path) -> None:
    """A figure checked more than a year ago is to be checked again; it is not a fault."""
    found = check(folder, date(2027, 11, 23))

    assert found
    assert all(fault.warning and fault.file == "parameters.yml" for fault in found)
    assert check(folder, date(2027, 11, 22)) == []


def test_a_file_that_is_not_yaml(folder: Path) -> None:
    """The line where the file cannot be read is named."""
    (folder / "isere.yml").write_text("caf: isere\nname: [oops\n", encoding="utf-8")
    found = check(folder, TODAY)

    assert found[0].file == "isere.yml"
    with pytest.raises(CatalogueError, match=r"isere.yml:\d+"):
        load_catalogue(folder)


def test_a_key_written_twice(folder: Path) -> None:
    """The second one would silently hide the first."""
    broken(folder, "isere.yml", "caf: isere\n", "caf: isere\ncaf: isere\n")

    assert "written twice" in str(check(folder, TODAY)[0])

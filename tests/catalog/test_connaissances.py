"""The short answers on social work: well formed, sourced, short, and for known Cafs and audiences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalog import load_catalogue
from bot.catalog.records import ROLES

FILE = Path(__file__).parents[2] / "data" / "catalog" / "connaissances.yml"
KEYS = {"id", "titre", "questions", "texte", "audiences", "cafs", "sources", "age"}
OLD = ("001", "002", "003")  # documents whose age must be told
MOST_SENTENCES = 4
ADDRESS = re.compile(r"\S+@\S+\w|www\.\S+\w|caf\.fr")

ENTRIES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["connaissances"]
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])


def test_ids_are_unique() -> None:
    """Two answers with the same id would hide one of them."""
    assert len(ENTRIES) == len({entry["id"] for entry in ENTRIES}) > 0


@each_entry
def test_entry_is_complete(entry: dict[str, Any]) -> None:
    """Every answer has its keys, three to five ways to ask it, known audiences and Cafs."""
    assert set(entry) == KEYS
    assert 3 <= len(entry["questions"]) <= 5
    assert set(entry["audiences"]) <= set(ROLES)
    assert entry["audiences"]
    assert entry["cafs"] == "all" or set(entry["cafs"]) <= set(load_catalogue().cafs)


@each_entry
def test_entry_is_sourced(entry: dict[str, Any]) -> None:
    """Each source is a line of a document; no document is cited only for what none of them tells."""
    documents = load_catalogue().documents
    for source in entry["sources"]:
        short, line = source.split(":")

        assert 1 <= int(line) <= documents[short].lines
    assert entry["sources"] or entry["age"]


@each_entry
def test_old_source_tells_its_age(entry: dict[str, Any]) -> None:
    """An answer that rests on an old document says so, save a rule that a recent document repeats."""
    shorts = {source[:3] for source in entry["sources"]}

    assert entry["age"] or not shorts <= set(OLD) or not shorts


@each_entry
def test_text_is_short(entry: dict[str, Any]) -> None:
    """Four short sentences at most."""
    sentences = re.split(r"(?<=[.!?])\s+(?=\S)", ADDRESS.sub("adresse", entry["texte"]))

    assert len(sentences) <= MOST_SENTENCES
    assert max(len(sentence.split()) for sentence in sentences) <= 22


@each_entry
def test_mailbox_is_for_professionals(entry: dict[str, Any]) -> None:
    """The mailboxes of the documents are the partners': no family reads one."""
    assert "@" not in entry["texte"] or "allocataire" not in entry["audiences"]

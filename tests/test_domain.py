"""domain.yml and the code that speaks must agree: no response missing, none forgotten. Its French is plain."""

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

TEXTS = [(name, variation["text"]) for name, variations in RESPONSES.items() for variation in variations]
QUESTIONS = yaml.safe_load((ROOT / "data/catalog/questions.yml").read_text(encoding="utf-8"))["questions"]
QUESTION_TEXTS = [
    (f"{name}.{reader}.{key}", text)
    for name, question in QUESTIONS.items()
    for reader in ("famille", "professionnel")
    for key, text in (question.get(reader) or {}).items()
]
LONGEST_SENTENCE = 24  # words; the aim is 15, a list of places or numbers needs more
EXPLAINED = set(re.split(" ", "CAF RSA SMS RDV PMI MSA ALF ALS APL AJPP AEEH UTAS CCAS AS CESF CLCA PACS HLM AAH RIB RIAS"))
OTHER_LANGUAGES = {"utter_autre_langue"}
GENDERED = re.compile(
    r"\w(?:\(e\)|·e|\.e\b)|\b(?:joint|inquiet|inscrit|séparé|seul) ou \w+e\b|êtes-vous (?:séparé|marié|seul|isolé|suivi|inscrit)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """Sentences of a text; each line of a list is one."""
    return [part for line in text.splitlines() for part in re.split(r"(?<=[.!?])\s+", line) if part.strip()]


@pytest.mark.parametrize("name", sorted(set(re.findall(r'"(utter_[a-z_0-9]*[a-z0-9])"', CODE))))
def test_every_response_said_exists(name: str) -> None:
    """A response named in the code is in domain.yml."""
    assert name in RESPONSES


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_response_is_said_somewhere(name: str) -> None:
    """A response of domain.yml is said by name, or belongs to a family whose names the engine builds."""
    assert name in OF_RASA or f'"{name}"' in CODE or name.startswith(BUILT)


@pytest.mark.parametrize(("name", "text"), [*TEXTS, *QUESTION_TEXTS])
def test_sentences_are_short(name: str, text: str) -> None:
    """One idea a sentence: none is longer than the limit."""
    long = [sentence for sentence in sentences(text) if len(sentence.split()) > LONGEST_SENTENCE]

    assert name in OTHER_LANGUAGES or not long


@pytest.mark.parametrize(("name", "text"), [*TEXTS, *QUESTION_TEXTS])
def test_one_question_a_message(name: str, text: str) -> None:
    """A message asks one thing at most (the safety question comes with its offer of a call)."""
    assert text.count("?") <= 1


@pytest.mark.parametrize(("name", "text"), [*TEXTS, *QUESTION_TEXTS])
def test_the_reader_has_no_gender(name: str, text: str) -> None:
    """No sentence needs the gender of the person who reads it."""
    assert not GENDERED.search(text)


@pytest.mark.parametrize(("name", "text"), [*TEXTS, *QUESTION_TEXTS])
def test_nobody_is_called_tu(name: str, text: str) -> None:
    """The person is addressed with « vous »."""
    assert name in OTHER_LANGUAGES or not re.search(r"\b(?:tu|toi|ton|tes|t')\b", text, re.IGNORECASE)


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_acronyms_are_known_words(name: str, text: str) -> None:
    """An acronym shown is one that people use every day, or is explained where it stands."""
    assert set(re.findall(r"\b[A-Z]{2,}\b", text)) <= EXPLAINED


def test_each_button_says_one_thing() -> None:
    """Buttons of one response have different labels and ids."""
    for name, variations in RESPONSES.items():
        for variation in variations:
            payloads = [button["payload"] for button in variation.get("buttons", ())]
            assert len(payloads) == len(set(payloads)), name

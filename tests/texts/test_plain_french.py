"""Plain French by rule: short sentences, one question a message, known acronyms, « vous », no gender for the reader."""

from __future__ import annotations

import re

import pytest

from tests.texts.collect import Text, all_texts, lines_of

LONGEST_SENTENCE = 24  # words; the aim is 15, a list of places or numbers needs more
EXPLAINED = set(  # used every day by the people who read them, or explained where they are asked
    re.split(" ", "CAF RSA SMS RDV PMI MSA ALF ALS APL AJPP AEEH UTAS CCAS AS CESF CLCA PACS HLM AAH RIB RIAS")
)
PRODUCTS = {"NVDA", "JAWS"}  # names of screen readers
OTHER_LANGUAGES = ("utter_autre_langue",)
STATES = "séparé|marié|seul|isolé|suivi|inscrit|hébergé|reçu|prêt|sûr|concerné|allé|inquiet|fatigué|écouté|accompagné"
GENDERED = re.compile(
    r"\w(?:\(e\)|·e|\.e\b)|\b(?:joint|inquiet|inscrit|séparé|seul) ou \w+e\b"
    rf"|(?:êtes-vous|vous êtes|vous étiez|vous serez|soyez) (?:déjà |bien |encore )?(?:{STATES})e?s?\b",
    re.IGNORECASE,
)
TU = re.compile(r"\b(?:tu|toi|ton|tes|t['’](?:es|as|ai))\b", re.IGNORECASE)
ADDRESS = re.compile(r"\S+@\S+|\bwww\.\S+|https?://\S+|\b\w+\.(?:fr|org)\b")
ACRONYM = re.compile(r"\b[A-ZÉ]{2,}\b")

TEXTS = [text for text in all_texts() if not any(name in text.where for name in OTHER_LANGUAGES)]
MESSAGES = [text for text in TEXTS if text.message]


def sentences(text: str) -> list[str]:
    """Sentences of a text; each line of a list is one."""
    plain = ADDRESS.sub("adresse", text)
    return [part for line in plain.splitlines() for part in re.split(r"(?<=[.!?])\s+|\s+[•·]\s+", line) if part.strip()]


def words(sentence: str) -> list[str]:
    """Words of a sentence, its punctuation left out."""
    return [word for word in sentence.split() if re.search(r"\w", word)]


def test_every_kind_of_text_is_read() -> None:
    """None of the places where French is written is forgotten."""
    found = " ".join(text.where for text in TEXTS)
    kinds = ("domain.yml utter_", "questions.yml", "aisne.yml", "doors.yml", "labels.yml", "messages.yml", "textes.fr.json", "demande.html")
    assert all(kind in found for kind in (*kinds, "confidentialite.html", "demande_recue.personne.txt"))
    assert len(TEXTS) > 1000


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_sentences_are_short(text: Text) -> None:
    """One idea a sentence: none is longer than the limit."""
    assert not [sentence for sentence in sentences(text.text) if len(words(sentence)) > LONGEST_SENTENCE]


@pytest.mark.parametrize("text", MESSAGES, ids=str)
def test_one_question_a_message(text: Text) -> None:
    """A message asks one thing at most."""
    assert text.text.count("?") <= 1


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_the_reader_has_no_gender(text: Text) -> None:
    """No sentence needs the gender of the person who reads it."""
    assert not GENDERED.search(text.text)


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_nobody_is_called_tu(text: Text) -> None:
    """The person is addressed with « vous »."""
    assert not TU.search(text.text)


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_acronyms_are_known_words(text: Text) -> None:
    """An acronym shown is one that people use every day, or is explained where it stands."""
    plain = ADDRESS.sub("", re.sub(r"\{\w*\}|RDV-\S+", "", text.text))
    unknown = set() if plain.isupper() else set(ACRONYM.findall(plain)) - EXPLAINED - PRODUCTS  # a title may be in capitals
    assert not {name for name in unknown if f"{name} (" not in plain and f"({name}" not in plain}


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>Bonjour <strong>à vous</strong>.</p>\n<p>{{ nom }} est là</p>", ["Bonjour à vous.", "Mot est là"]),
        ('<a href="#" aria-label="Ouvrir la demande de {{ x }}">Ouvrir</a> <i title="Une aide pour vous">i</i>', ["Une aide pour vous"]),
    ],
)
def test_a_page_is_read_as_people_do(page: str, shown: list[str]) -> None:
    """Tags and variables are not words; what a name or a title says is read too."""
    assert set(shown) <= set(lines_of(page, is_page=True))

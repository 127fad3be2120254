"""Normalised text: what it reads like, and that every character still points to where it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalise import align, normalise

EXAMPLES = [
    ("J’AI 2 enfants", "j ai 2 enfants"),
    ("g 2 enfants jsuis perdue", "j ai 2 enfants je suis perdue"),
    ("Sooooos  aideeez moi", "sos aidez moi"),
    ("je suis agréée et créée", "je suis agreee et creee"),
    ("rendez-vous à Saint-Quentin", "rendez vous a saint quentin"),
    ("jai un pb tt va mal mtn", "j ai un probleme tout va mal maintenant"),
    ("lapl, qd ? ds 2 mois", "l apl, quand ? dans 2 mois"),
    ("06-12-34-56-78", "06-12-34-56-78"),
    ("a.b@ds.fr", "a.b@ds.fr"),
    ("c'est quoi, c quoi ?", "c est quoi, c est quoi ?"),
    ("ma sœur", "ma soeur"),
]


@pytest.mark.parametrize(("written", "read"), EXAMPLES)
def test_reads_plain_words(written: str, read: str) -> None:
    """SMS spellings, accents, apostrophes and elongations all read the same."""
    assert read == normalise(written)


def test_points_back_to_the_message() -> None:
    """A word written out points to the short form that was typed."""
    aligned = align("Bonjour, g deuuux  enfants")
    start = aligned.text.index("deux")

    assert aligned.written(start, start + 4) == "deuuux"
    assert aligned.written(aligned.text.index("j ai"), aligned.text.index("j ai") + 4) == "g"


@given(st.text(max_size=200))
def test_every_character_has_a_place(text: str) -> None:
    """Whatever is typed, each normalised character comes from a non-empty, ordered stretch of the message."""
    aligned = align(text)

    assert len(aligned.text) == len(aligned.starts) == len(aligned.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(aligned.starts, aligned.ends, strict=True))
    assert list(aligned.starts) == sorted(aligned.starts)


@given(st.text(max_size=100))
def test_nothing_but_lower_case_is_left(text: str) -> None:
    """Whatever is typed, no capital is left."""
    read = normalise(text)

    assert read == read.lower()

"""Places read in a message: what is stated, where it stands, and how fast."""

import statistics
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.territory import extract_place
from bot.territory.codes import find_codes

ORDINARY = "bonjour, mon mari m'a quittée il y a 3 mois, j'ai 2 enfants de 4 et 7 ans et je ne sais plus quoi faire pour le loyer"
MISSPELT = "bonjour, mon mari m'a quittée il y a 3 mois, j'habite à chony avec mes 2 enfants"


def test_the_words_of_the_place_are_located():
    """The mention says which characters of the message name the place."""
    text = "on habite à Chauny (02), je crois"

    mention = extract_place(text)

    assert mention is not None
    assert text[mention.start : mention.end] == mention.text == "Chauny (02"


def test_only_what_is_stated_is_stated():
    """A commune alone states no département, a postal code no commune."""
    commune, postal = extract_place("j'habite à Laon"), extract_place("mon code postal est 02000")

    assert commune is not None
    assert (commune.commune, commune.code_postal, commune.departement) == ("Laon", None, None)
    assert postal is not None
    assert (postal.commune, postal.code_postal, postal.departement) == (None, "02000", None)


def test_a_mended_name_says_so():
    """The conversation reads back a name whose spelling was mended."""
    right, mended = extract_place("je vis à Soissons"), extract_place("je vis à sosson")

    assert right is not None
    assert right.exact
    assert mended is not None
    assert (mended.commune, mended.exact) == ("Soissons", False)


def test_an_ordinary_word_is_a_place_only_when_a_place_was_asked_for():
    """« sens » or « 38 » answer « où habitez-vous ? », and mean nothing alone otherwise."""
    assert extract_place("sens") is None
    assert extract_place("38") is None
    assert extract_place("sens", expected=True) is not None
    assert extract_place("38", expected=True) is not None


def test_the_family_place_wins_over_the_others():
    """Home is chosen before work, birth, a former home and the other parent's."""
    mention = extract_place("né à Lille, je travaille à Paris, mon ex vit à Lyon et j'habite à Hirson")

    assert mention is not None
    assert mention.commune == "Hirson"


def test_contradictory_codes_keep_both_readings():
    """« Chauny (93) » is ambiguous between the commune and the number."""
    mention = extract_place("je suis à Chauny (93)")

    assert mention is not None
    assert mention.ambiguous
    assert mention.caf is None


def test_figures_that_are_no_code_are_left_alone():
    """Phones, ages, amounts, dates and percentages give no département."""
    for text in ("06 39 98 02 93", "38 ans", "93 euros", "93 €", "02/03/2026", "75 %", "le 02 mars", "12 500 euros", "38,93"):
        assert not [code for code in find_codes(text) if code.sure], text


@given(st.text(max_size=200), st.booleans())
def test_any_message_is_accepted(text: str, expected: bool):
    """No message makes the reading fail, and the words found are in it."""
    mention = extract_place(text, expected)

    assert mention is None or text[mention.start : mention.end] == mention.text


def _median_ms(text: str) -> float:
    extract_place(text)
    durations = []
    for _ in range(30):
        start = time.process_time()
        extract_place(text)
        durations.append(time.process_time() - start)
    return statistics.median(durations) * 1000


def test_reading_is_fast():
    """About 1 ms without a place and 5 ms with a misspelt one; the bounds are generous for a loaded machine."""
    assert _median_ms(ORDINARY) < 5
    assert _median_ms(MISSPELT) < 20

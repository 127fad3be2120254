"""Reading the answer to the pending question: what is taken, and above all what is not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalog import load_catalogue
from bot.dialogue import answers
from bot.dialogue.message import Message

TODAY = date(2026, 11, 23)
YES_NO = [{"id": "oui", "label": "Oui"}, {"id": "non", "label": "Non"}]
SLOTS = [{"id": "matin", "label": "Le matin"}, {"id": "apres_midi", "label": "L'après-midi"}]


def said(text: str, act: str | None = "information", confidence: float = 0.95, **understood: object) -> Message:
    """A typed message, understood as given."""
    return Message(id="m", text=text, act=act, confidence=confidence, **understood)  # type: ignore[arg-type]


def facts(question: str, message: Message) -> object:
    """Facts read in the message as an answer to that question of the catalogue."""
    return answers.facts(load_catalogue().questions[question], message, TODAY)


@pytest.mark.parametrize("text", ["Le matin", "le matin", "LE MATIN !", "le  matin."])
def test_a_typed_label_is_its_choice(text: str) -> None:
    """Typing the words of a button is pressing it, whatever the case and the punctuation."""
    assert answers.choice(said(text), SLOTS) == "matin"


def test_a_label_with_a_slip_is_still_its_choice() -> None:
    """One wrong letter in a long label does not lose the answer."""
    assert answers.choice(said("l'apres midii"), SLOTS) == "apres_midi"


@pytest.mark.parametrize("text", ["nin", "ou", "ouin", "on"])
def test_a_short_word_is_not_guessed(text: str) -> None:
    """Two letters away from « oui » or « non » are not an answer: consent is never guessed."""
    assert answers.choice(said(text, act=None, confidence=0.9), YES_NO) is None


def test_an_unsure_yes_is_not_a_yes() -> None:
    """A yes understood with a low confidence is asked again."""
    assert answers.choice(said("azeaze", act="affirmer", confidence=0.3), YES_NO) is None
    assert answers.choice(said("ça marche", act="affirmer", confidence=0.9), YES_NO) == "oui"


def test_a_choice_not_on_offer_is_refused() -> None:
    """The id of a button that is not shown is not taken."""
    assert answers.choice(Message(id="m", choice="envoyer"), YES_NO) is None


def test_not_knowing_is_an_answer() -> None:
    """« Je ne sais pas », typed or pressed, answers any question."""
    assert answers.choice(said("je sais pas", act="ne_sait_pas"), YES_NO) == answers.UNKNOWN
    assert facts("nb_enfants_a_charge", said("aucune idée", act="ne_sait_pas")) == answers.UNKNOWN
    assert facts("isole", Message(id="m", choice="ne_sait_pas")) == answers.UNKNOWN


def test_yes_follows_the_question_as_it_is_read() -> None:
    """« Vivez-vous en couple ? Oui » means not alone."""
    assert facts("isole", Message(id="m", choice="oui")) == {"isole": False}
    assert facts("beneficiaire_rsa", Message(id="m", choice="oui")) == {"beneficiaire_rsa": True}


@pytest.mark.parametrize(("text", "count"), [("2", 2), ("deux", 2), ("j'en ai 3", 3), ("aucun", 0), ("un seul", 1)])
def test_a_number_in_digits_or_in_words(text: str, count: int) -> None:
    """A short answer to « combien » is its number."""
    assert facts("nb_enfants_a_charge", said(text)) == {"nb_enfants_a_charge": count}


@pytest.mark.parametrize("text", ["peut-être", "entre 2 et 3", "2,5", "la semaine dernière"])
def test_no_number_is_made_up(text: str) -> None:
    """Several numbers, a half child, or none: the question is asked again."""
    assert facts("nb_enfants_a_charge", said(text)) is None


def test_ages_of_the_children() -> None:
    """Ages understood in the message win over the digits it holds; « aucun » is an empty list."""
    assert facts("enfants", said("4 et 7 ans", mentions={"ages_enfants": [4, 7]})) == {"enfants": [{"age": 4}, {"age": 7}]}
    assert facts("enfants", said("6 mois", mentions={"ages_enfants": [0]})) == {"enfants": [{"age": 0}]}
    assert facts("enfants", said("aucun", act="nier")) == {"enfants": []}


def test_an_amount_keeps_its_cents() -> None:
    """A debt is a number of euros."""
    assert facts("dette_loyer_euros", said("1250,50 euros")) == {"dette_loyer_euros": 1250.5}


def test_what_is_heard_prevails() -> None:
    """A fact already read in the words is the answer, even when the act is something else."""
    assert facts("beneficiaire_rsa", said("je touche le rsa", act="situation", heard={"beneficiaire_rsa": True})) == {
        "beneficiaire_rsa": True
    }


def test_a_day_is_exact_and_a_month_is_a_period() -> None:
    """« Le 3 mars 2026 » is that day; « en mars 2026 » is any day of it."""
    day = {"date": "2026-03-03", "date_precision": "jour", "date_texte": "le 3 mars 2026"}
    month = {"date": "2026-03-15", "date_precision": "mois", "date_texte": "en mars 2026"}
    assert answers.stated_date(day, TODAY) == "2026-03-03"
    assert answers.stated_date(month, TODAY) == {"du": "2026-03-01", "au": "2026-03-31"}


def test_a_date_from_memory_is_a_period_around_it() -> None:
    """« Il y a 3 mois » holds the day said, and is wide enough not to decide a delay to the day."""
    period = answers.stated_date({"date": "2026-08-23", "date_precision": "environ", "date_texte": "il y a 3 mois"}, TODAY)
    assert period["du"] < "2026-08-23" < period["au"]
    assert period["au"] <= TODAY.isoformat()


def test_the_current_month_does_not_reach_into_the_future() -> None:
    """« Ce mois-ci », for something past, ends today."""
    month = {"date": "2026-11-15", "date_precision": "mois", "date_texte": "en novembre"}
    assert answers.stated_date(month, TODAY) == {"du": "2026-11-01", "au": "2026-11-23"}


def test_no_date_is_no_answer() -> None:
    """Without a date, nothing is stated."""
    assert answers.stated_date({}, TODAY) is None

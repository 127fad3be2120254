"""Two stages before giving up: a choice between readings when some are likely, else an honest « je n'ai pas compris »."""

from __future__ import annotations

from tests.helpers.dialogue import Talk

UNSURE = (("nlu_fallback", 0.6), ("dossier", 0.27), ("contact", 0.2), ("aide", 0.02))


def test_likely_readings_are_proposed(talk: Talk) -> None:
    """The two likeliest readings come as buttons, before those of the question; the unlikely one does not."""
    talk.say("mon truc de la caf la", None, ranking=UNSURE)
    assert "utter_quel_sens" in talk.responses
    assert talk.choices[:2] == ["sens_dossier", "sens_contact"]
    assert "sens_aide" not in talk.choices
    assert talk.ask == "situation"


def test_the_reading_chosen_is_served(talk: Talk) -> None:
    """The button is read as that act."""
    talk.say("mon truc de la caf la", None, ranking=UNSURE).choose("sens_dossier")
    assert "utter_dossier" in talk.responses
    assert not any(choice.startswith("sens_") for choice in talk.choices)


def test_readings_are_proposed_once(talk: Talk) -> None:
    """At the next message the question has its own choices alone."""
    talk.say("mon truc de la caf la", None, ranking=UNSURE).say("bonjour", "salutation")
    assert not any(choice.startswith("sens_") for choice in talk.choices)


def test_nothing_likely_is_said_honestly(talk: Talk) -> None:
    """Without a likely reading: not understood, then the doors; never a third time."""
    talk.say("xkcd", None, ranking=(("charabia", 0.9), ("aide", 0.03)))
    assert "utter_pas_compris" in talk.responses
    talk.say("xkcd", None, ranking=(("charabia", 0.9),))
    assert "utter_portes" in talk.responses


def test_danger_may_be_the_reading(talk: Talk) -> None:
    """« Je suis en danger » among the readings gives the numbers at once."""
    talk.say("il est la", None, ranking=(("danger", 0.18), ("aide", 0.15))).choose("sens_danger")
    assert "utter_danger" in talk.responses

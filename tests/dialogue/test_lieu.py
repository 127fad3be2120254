"""The place: read back, corrected, or left untold."""

from __future__ import annotations

import pytest

from tests.helpers.dialogue import CHAUNY, Talk


@pytest.mark.parametrize("words", ["je veux pas dire", "je préfère ne pas répondre", "c'est personnel"])
def test_the_place_may_be_refused(talk: Talk, words: str) -> None:
    """A refusal is taken: the département is enough, and a second refusal gives the national answer."""
    talk.say("je me sépare", "situation", situations=["separation"], heard={"separation": True})
    talk.say(words, "nier")
    assert talk.ask == "commune"
    assert "utter_commune_inutile" in talk.responses
    talk.say("non", "nier")
    assert talk.dossier.caf == "autre"
    assert "utter_sans_lieu" in talk.responses


def test_a_refusal_is_no_ignorance(talk: Talk) -> None:
    """« Je veux pas dire », even read as « je ne sais pas », is offered the département; « je sais pas » is not."""
    talk.say("je me sépare", "situation", situations=["separation"], heard={"separation": True})
    other = talk.copy()
    assert talk.say("je veux pas dire", "ne_sait_pas").ask == "commune"
    assert other.say("je sais pas", "ne_sait_pas").dossier.caf == "autre"


def test_any_question_may_be_refused(talk: Talk) -> None:
    """« Je préfère ne pas répondre » passes a question on the family, and declines a call."""
    talk.say("je me sépare", "situation", situations=["separation"], mentions=CHAUNY, heard={"separation": True})
    asked = talk.ask
    talk.say("je préfère ne pas répondre", None)
    assert talk.ask != asked
    assert "utter_pas_compris" not in talk.responses
    declined = Talk().to_result().say("je préfère pas en parler", None)
    assert "utter_plus_tard" in declined.responses


def test_a_button_refuses_at_once(talk: Talk) -> None:
    """The question of the place has its own way out."""
    talk.say("je me sépare", "situation", situations=["separation"], heard={"separation": True})
    talk.choose("ne_sait_pas")
    assert talk.dossier.caf == "autre"


def test_a_corrected_place_is_said_and_answered_again(talk: Talk) -> None:
    """« En fait j'habite Grenoble », after the answer of Aisne: said back, then the questions of Isère."""
    talk.to_result()
    talk.say("en fait j'habite Grenoble", "corriger", mentions={"commune": "Grenoble"})
    assert "Grenoble" in talk.text
    assert "Isère" in talk.text
    assert talk.dossier.caf == "isere"
    assert talk.ask in talk.context.catalogue.questions


def test_a_place_said_first_is_acknowledged(talk: Talk) -> None:
    """« J'habite Laon » before anything else is read back."""
    talk.say("j'habite Laon", mentions={"commune": "Laon"})
    assert "Laon" in talk.text
    assert talk.ask == "situation"


def test_a_place_told_with_the_situation_names_the_caf(talk: Talk) -> None:
    """The word for what happens names the Caf of the place told."""
    talk.say("séparation à Chauny", "situation", situations=["separation"], mentions=CHAUNY, heard={"separation": True})
    assert "la Caf de l'Aisne" in talk.texts[0]


def test_an_answer_to_the_question_is_not_read_back(talk: Talk) -> None:
    """« Laon » in answer to « où habitez-vous ? » needs no word."""
    talk.say("je me sépare", "situation", situations=["separation"], heard={"separation": True})
    talk.say("Laon", mentions={"commune": "Laon"})
    assert "utter_lieu_note" not in talk.responses

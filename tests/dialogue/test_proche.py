"""A family that writes for a relative: asked for whom, then spoken to of that person."""

from __future__ import annotations

import pytest

from bot.database import read_scope
from bot.database.models import ContactRequest
from bot.dialogue import words
from tests.helpers.dialogue import CHAUNY, CHOSEN, DETAILS, Talk

SISTER = "c'est pour ma sœur, son mari est mort, elle a deux enfants"
CHILDREN = {"enfants": [{"age": 3}, {"age": 6}]}


def sister(talk: Talk) -> Talk:
    """Somebody writes for a sister whose husband died."""
    return talk.say(SISTER, "information", situations=["deces_parent"], mentions=CHAUNY, heard=CHILDREN)


def test_it_is_asked_for_whom(talk: Talk) -> None:
    """No condolences to the wrong person, and no « vous »: for whom comes first."""
    sister(talk)
    assert talk.ask == "audience"
    assert talk.choices == ["allocataire", "proche", "partenaire"]
    assert not talk.responses


def test_the_questions_are_about_the_relative(talk: Talk) -> None:
    """For a relative, the questions name the family, and the answer that person; the facts told are hers."""
    sister(talk).choose("proche")
    assert "Touchez-vous" not in talk.text
    talk.choose("non")
    assert talk.offers == {"aisne/deces_parent": "eligible"}
    assert "utter_offre_proche" in talk.responses
    assert "vous appelle" not in talk.text


def test_the_request_asks_for_that_persons_agreement(talk: Talk) -> None:
    """The consent asked for is the relative's."""
    sister(talk).choose("proche").choose("non").choose("oui")
    assert talk.ask == "consentement"
    assert "Cette personne est-elle d'accord" in talk.text


def test_for_oneself_all_goes_as_usual(talk: Talk) -> None:
    """« Pour moi »: the questions say « vous »."""
    sister(talk).choose("allocataire")
    assert "Touchez-vous" in talk.text


def test_a_professional_is_served_as_one(talk: Talk) -> None:
    """« Dans mon travail » opens the partner's words, not the relative's."""
    sister(talk).choose("partenaire")
    assert talk.dossier.audience == "partenaire"
    assert "utter_bienvenue_partenaire" in talk.responses


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("j'écris pour ma fille, elle vient de se séparer", True),
        ("je voudrais aider ma voisine", True),
        ("ma sœur est divorcée et moi j'ai un impayé", False),
        ("je cherche une aide pour mon fils malade", False),
        ("mon mari m'a quittée, je vis chez ma mère", False),
        ("je suis seule avec ma fille, son père est parti", False),
    ],
)
def test_words_that_speak_of_a_relative(text: str, relative: bool) -> None:
    """Help sought for somebody else is told apart from somebody mentioned in passing."""
    assert words.said("proche", text) is relative


def test_the_request_says_that_a_relative_made_it(talk: Talk) -> None:
    """Who is called back may not be the family: the social worker must know it."""
    sister(talk).choose("proche").choose("non").choose("oui")
    while talk.ask != "confirmation":
        talk.choose(DETAILS[talk.ask]) if talk.ask in CHOSEN else talk.say(DETAILS[talk.ask])
    talk.choose("envoyer")
    with read_scope() as session:
        assert session.query(ContactRequest.source).scalar() == "proche"

"""Side questions: what they answer, and where the same words are an answer."""

from __future__ import annotations

import pytest

from tests.helpers.dialogue import CHAUNY, Talk


def _asked_children(talk: Talk) -> Talk:
    return talk.say("séparation à Chauny", "situation", situations=["separation"], mentions=CHAUNY, heard={"beneficiaire_rsa": False})


def test_why_gives_the_reason_of_that_question(talk: Talk) -> None:
    """« Pourquoi ? », typed or pressed, says the reason of the pending question, which comes back."""
    _asked_children(talk)
    pending = talk.ask
    wording = talk.context.catalogue.questions[pending or ""].wording("allocataire")
    assert wording is not None
    assert wording.pourquoi in talk.say("pourquoi", "pourquoi").text
    assert talk.ask == pending
    assert wording.pourquoi in talk.choose("pourquoi").text


def test_what_is_it_explains_the_term(talk: Talk) -> None:
    """« C'est quoi à charge ? » explains the term, then asks again (dialogue 2)."""
    talk.say(
        "séparation à Chauny",
        "situation",
        situations=["separation"],
        mentions=CHAUNY,
        heard={"beneficiaire_rsa": False, "separation": True},
    )
    assert talk.ask == "nb_enfants_a_charge"
    talk.say("c'est quoi à charge", "pourquoi")
    assert "vit avec vous" in talk.text
    assert talk.ask == "nb_enfants_a_charge"


def test_a_side_act_with_news_is_news_first(talk: Talk) -> None:
    """« Bonjour, je me sépare » is not only a greeting."""
    talk.say("bonjour je me sépare", "salutation", situations=["separation"])
    assert talk.ask == "commune"


@pytest.mark.parametrize("name", ["Merci", "Petit", "Bonnet", "Laloi", "Pourquoi"])
def test_a_name_is_a_name(talk: Talk, name: str) -> None:
    """A family name that looks like a word is taken when the act is not sure."""
    talk.to_detail("nom").say(name, "information", 0.5)
    assert talk.ask == "prenom"


@pytest.mark.parametrize(
    ("words", "act"),
    [("bonjour", "salutation"), ("merci", "remerciement"), ("vous êtes nuls", "insulte"), ("c'est confidentiel ?", "confidentialite")],
)
def test_politeness_is_not_a_name(talk: Talk, words: str, act: str) -> None:
    """A greeting or a question where a name is asked is answered, and the name is asked again."""
    talk.to_detail("nom").say(words, act)
    assert talk.ask == "nom"
    assert "nom" not in talk.dossier.donnees


def test_a_question_about_a_number_is_not_the_number(talk: Talk) -> None:
    """« Quel est votre numéro ? » at the phone question gets the Caf's numbers; a number typed there is kept."""
    talk.to_detail("telephone").say("c'est quoi votre numéro ?", "contact")
    assert talk.ask == "telephone"
    assert talk.responses == ["utter_contacts"]
    talk.say("mon numéro c'est 06 39 98 00 01", "contact")
    assert talk.ask == "disponibilites"


def test_a_question_does_not_use_up_a_look_up(talk: Talk) -> None:
    """A side question at the proof of a request is no wrong try."""
    talk.say("RDV-7K3F-29QD", "suivi_demande")
    assert talk.ask == "telephone"
    talk.say("pourquoi vous demandez ça ?", "pourquoi").say("vous avez un numéro ?", "contact")
    assert talk.ask == "telephone"
    assert "utter_suivi_introuvable" not in talk.responses


def test_another_language_gets_its_line(talk: Talk) -> None:
    """A message in another language gets the line in six languages, with the 3230, and the question comes back."""
    talk.say("i don't speak french", None, 1.0, langue="en")
    assert "utter_autre_langue" in talk.responses
    assert "3230" in talk.text
    assert talk.ask == "situation"
    assert talk.dossier.essais == 0


def test_cancelling_while_asking_forgets_the_details(talk: Talk) -> None:
    """« Je veux annuler ma demande » in the middle of a request leaves it, with nothing kept."""
    talk.to_detail("telephone").say("je veux annuler ma demande", "annuler_demande")
    assert "utter_demande_annulee" in talk.responses
    assert talk.dossier.donnees == []
    assert talk.ask is None


def test_following_a_request_comes_back_to_the_one_being_made(talk: Talk) -> None:
    """A look-up that fails in the middle of a request goes back to the detail that was asked."""
    talk.to_detail("telephone").say("où en est ma demande ?", "suivi_demande")
    talk.say("je l'ai perdue", "information").say("aucune idée", "information")
    assert talk.ask == "telephone"
    assert talk.dossier.etape == "demande"


def test_back_in_the_summary_keeps_the_line(talk: Talk) -> None:
    """« Retour » while choosing a line to change shows the summary as it was."""
    talk.to_detail("confirmation").choose("modifier")
    talk.choose("prenom").say("retour", "retour")
    assert talk.ask == "confirmation"
    assert "Camille" in talk.text


def test_a_person_is_offered_a_call_when_the_caf_is_known(talk: Talk) -> None:
    """« Je veux parler à quelqu'un » gives the numbers, then proposes the call."""
    _asked_children(talk).say("je veux parler à quelqu'un", "humain")
    assert "utter_humain" in talk.responses
    assert talk.ask == "veut_rendez_vous"


def test_back_takes_back_the_place_and_the_situation(talk: Talk) -> None:
    """« Retour » undoes the answer before, whatever it was: the fact, then the place, then what happens."""
    talk.say("je me sépare", "situation", situations=["separation"])
    talk.say("Chauny", "information", mentions=CHAUNY)
    talk.choose("oui").say("retour", "retour")
    assert talk.ask == "beneficiaire_rsa"
    assert "beneficiaire_rsa" not in talk.dossier.facts
    talk.say("retour", "retour")
    assert (talk.ask, talk.dossier.caf) == ("commune", None)
    talk.say("retour", "retour")
    assert (talk.ask, talk.dossier.situations) == ("situation", [])
    talk.say("retour", "retour")
    assert "utter_retour_impossible" in talk.responses


def test_back_leaves_the_follow_up(talk: Talk) -> None:
    """« Retour » while a reference is asked goes back to the question that was pending."""
    _asked_children(talk).say("où en est ma demande ?", "suivi_demande")
    assert talk.ask == "reference"
    talk.say("retour", "retour")
    assert (talk.ask, talk.dossier.etape) == ("nb_enfants_a_charge", "orientation")

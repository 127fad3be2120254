"""What outside readers met while talking to it: a turn that failed, an answer said twice, a « non » taken for a name."""

from __future__ import annotations

from bot.dialogue.wording import source
from tests.helpers.dialogue import CHAUNY, Talk

TEENAGERS = {"separation": True, "enfants": [{"age": 17}, {"age": 19}]}


def test_the_pay_of_a_child_may_be_missing(talk: Talk) -> None:
    """In Isère with children of 17 and 19, the result names their pay among what is missing."""
    talk.say("séparé à Voiron", "situation", situations=["separation"], mentions={"commune": "Voiron"}, heard=TEENAGERS)
    while talk.ask != "veut_rendez_vous":
        talk.choose("ne_sait_pas")
    assert talk.offers["isere/separation_arrivee_enfant"] == "unknown"
    assert talk.text


def test_the_next_situation_is_answered_once(talk: Talk) -> None:
    """After « non », the answer about the next situation comes once, in three messages at most."""
    talk.say("veuve et mère seule", "situation", situations=["separation", "parent_seul"], mentions=CHAUNY, heard={"separation": True})
    while talk.ask != "veut_rendez_vous":
        talk.choose("ne_sait_pas")
    talk.say("non", "nier")
    assert talk.responses.count("utter_offre_fermee") == 1
    assert len(talk.says) <= 3


def test_a_situation_without_offer_gives_way(talk: Talk) -> None:
    """When the Caf has nothing for the first situation told, the second is answered at once."""
    talk.say("seule avec un bébé", "situation", situations=["arrivee_enfant", "parent_seul"], mentions=CHAUNY, heard={"isole": True})
    assert "utter_aucune_offre" not in talk.responses
    assert "aisne/parents_seuls" in talk.offers


def test_a_no_is_nobodys_name(talk: Talk) -> None:
    """« Non » to the question of the name is not kept as one."""
    talk.to_result().choose("oui").choose("oui")
    assert talk.ask == "nom"
    talk.say("non", "nier")
    assert talk.ask == "nom"
    assert "utter_refus_nom_invalide" in talk.responses


def test_a_number_given_early_is_not_asked_again(talk: Talk) -> None:
    """A phone number typed where the channel is asked answers both."""
    talk.to_result().choose("oui").choose("oui").say("Exemple").say("Camille")
    assert talk.ask == "canal"
    talk.say("06 39 98 00 01", mentions={"telephone": "+33639980001"})
    assert talk.ask == "disponibilites"


def test_distress_has_its_own_question(talk: Talk) -> None:
    """Distress is not asked about as violence is: no page to leave quickly, and it stays so when asked again."""
    talk.say("je veux mourir", "detresse")
    assert talk.choices == ["oui", "autre_chose"]
    talk.say("merci", "remerciement")
    assert "3114" in talk.texts[-1]


def test_a_professional_gets_no_condolences(talk: Talk) -> None:
    """Someone who asks how to refer a widow is not in mourning."""
    talk.say("je veux orienter une mère veuve", "procedure_partenaire", situations=["deces_parent"], mentions={"commune": "Laon"})
    assert "utter_ecoute_deces_parent" not in talk.responses
    assert talk.ask == "audience"


def test_the_national_core_is_no_document_of_ones_own_caf(talk: Talk) -> None:
    """Elsewhere in France the source does not pretend to come from the person's Caf."""
    offer = talk.context.catalogue.offer("socle/separation")
    assert "Votre Caf" not in source(offer, talk.context)


def test_a_contact_question_that_tells_the_situation(talk: Talk) -> None:
    """The situation told inside a question is not asked for again."""
    talk.say("adresse pour une séparation à Chauny ?", "contact", situations=["separation"], mentions=CHAUNY)
    assert talk.ask in talk.context.catalogue.questions

"""The result: verdict first, its source, other doors, the right question after it, and what a request is for."""

from __future__ import annotations

from datetime import date

from bot.dialogue import offers
from bot.eligibility import evaluate
from tests.helpers.dialogue import CHAUNY, Talk

REFERENT = {"beneficiaire_rsa": True, "referent_unique_rsa": True}


def test_an_open_offer_says_yes_first(talk: Talk) -> None:
    """Eligible and open: the yes, the offer, its source, then the call."""
    talk.to_result()
    assert talk.texts[-2].startswith("Bonne nouvelle")
    assert "Caf de l'Aisne, 2024" in talk.text
    assert talk.offers == {"aisne/separation": "eligible"}
    assert talk.ask == "veut_rendez_vous"


def test_a_refusal_has_doors_and_a_message(talk: Talk) -> None:
    """Ineligible: the reason, other doors with their names, and a message to the Caf all the same."""
    talk.say(
        "impayé, suivie pour le RSA", "situation", situations=["impaye_loyer"], mentions=CHAUNY, heard={"impaye_loyer": True, **REFERENT}
    )
    assert talk.offers == {"aisne/impayes_loyer": "ineligible"}
    assert "Service social du Département" in talk.text
    assert "laisser un message" in talk.texts[-1]
    assert talk.dossier.offre is None


def test_a_closed_offer_is_explained(talk: Talk) -> None:
    """Parents seuls in Aisne cannot be asked for: it is said, and nothing is asked about it."""
    talk.say("je suis seule avec mon fils", "situation", situations=["parent_seul"], mentions=CHAUNY, heard={"isole": True})
    assert "utter_offre_fermee" in talk.responses
    assert talk.dossier.offre is None


def test_unknown_names_what_is_missing(talk: Talk) -> None:
    """Not sure: what is missing is named, and the call is proposed."""
    talk.say(
        "séparée à Chauny", "situation", situations=["separation"], mentions=CHAUNY, heard={"separation": True, "beneficiaire_rsa": False}
    )
    while talk.ask != "veut_rendez_vous":
        talk.say("je sais pas", "ne_sait_pas")
    assert "Il manque" in talk.text
    assert talk.offers == {"aisne/separation": "unknown"}


def test_elsewhere_nothing_is_sent(talk: Talk) -> None:
    """A Caf that receives no request from here: the answer, the official doors, and no personal detail asked."""
    talk.say(
        "séparée à Rennes",
        "situation",
        situations=["separation"],
        mentions={"commune": "Rennes"},
        heard={"separation": True, "nb_enfants_a_charge": 2},
    )
    assert talk.offers == {"socle/separation": "eligible"}
    assert "utter_rien_envoye" in talk.responses
    assert talk.ask is None
    talk.say("je veux un rendez-vous", "rendez_vous")
    assert talk.ask is None
    assert talk.dossier.etape == "orientation"


def test_never_more_than_six_questions(talk: Talk) -> None:
    """Whatever is not known, the first answer comes after six questions at most."""
    talk.say("logement indigne à Grenoble", "situation", situations=["logement_non_decent"], mentions={"commune": "Grenoble"})
    asked = 0
    while talk.ask in talk.context.catalogue.questions:
        asked += 1
        talk.say("je sais pas", "ne_sait_pas")
    assert 0 < asked <= 6
    assert talk.offers


def test_two_situations_come_one_after_the_other(talk: Talk) -> None:
    """The second situation is announced after the first answer, with what is known."""
    heard = {"separation": True, "impaye_loyer": True, "nb_enfants_a_charge": 1, "beneficiaire_rsa": False}
    talk.say("séparation et loyer", "situation", situations=["separation", "impaye_loyer"], mentions=CHAUNY, heard=heard)
    assert talk.offers == {"aisne/separation": "eligible"}
    talk.choose("plus_tard")
    assert "utter_situation_suivante" in talk.responses
    assert talk.ask in {"aide_logement", "impaye_signale_caf"}


def test_open_offers_come_before_closed_ones(talk: Talk) -> None:
    """Of two offers with the same verdict, the one that can be asked for comes first."""
    found = evaluate(talk.context.catalogue, "aisne", "allocataire", {"isole": True}, date(2026, 11, 23)).offers
    ranked = offers.rank([found["aisne/parents_seuls"], found["aisne/separation"]])
    assert [result.offer_id for result in ranked] == ["aisne/separation", "aisne/parents_seuls"]


def test_a_correction_opens_the_answer_again(talk: Talk) -> None:
    """After the result, a corrected fact is said back and the verdict is computed again."""
    talk.to_result()
    talk.say("en fait je touche le RSA et je suis suivie", "corriger", heard=REFERENT)
    assert talk.offers == {"aisne/separation": "ineligible"}
    assert "utter_corrige" in talk.responses


def test_a_baby_lost_at_birth_is_asked_nothing(talk: Talk) -> None:
    """A child's death told without more: no question, not even the age; the offer and the call."""
    talk.say("j'ai perdu mon bébé à la naissance", "situation", situations=["deces_enfant"], mentions={"commune": "Laon"})
    assert talk.ask == "veut_rendez_vous"
    assert "trancher" not in talk.text
    assert "Bonne nouvelle" not in talk.text


def test_a_family_of_the_msa_gets_no_verdict(talk: Talk) -> None:
    """Said to depend on the MSA: no verdict and no request, until a file at the Caf is told."""
    talk.say("je suis à la MSA et je divorce", "situation", situations=["separation"], mentions=CHAUNY)
    assert "utter_msa" in talk.responses
    talk.say("je veux un rendez-vous", "rendez_vous")
    assert talk.ask is None
    assert not talk.offers
    talk.say("j'ai aussi un dossier à la Caf", "information", heard={"allocataire": True})
    assert talk.ask == "beneficiaire_rsa"


def test_what_is_only_supposed_gets_no_sympathy(talk: Talk) -> None:
    """« Si mon mari me quittait » has not happened: it is answered, without a word for a grief that is not there."""
    talk.say("si mon mari me quittait, j'aurais droit à quoi ?", "eligibilite", situations=["separation"])
    assert not any(name.startswith("utter_ecoute") for name in talk.responses)
    assert "separation" not in talk.dossier.facts


def test_without_an_offer_one_message_gives_the_doors(talk: Talk) -> None:
    """A Caf that describes no offer: one message says so, with who can be turned to, the département among them."""
    talk.say("mon enfant est malade, j'habite Rennes", "situation", situations=["logement_non_decent"], mentions={"commune": "Rennes"})
    assert talk.responses.count("utter_aucune_offre") == 1
    assert "utter_autres_portes" not in talk.responses
    assert "Département" in next(text for text in talk.texts if "pas d'offre" in text)

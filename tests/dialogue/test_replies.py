"""What people really answer: a date for a duration, a plain yes, a fact in other words, a « oui » when nothing was asked."""

from __future__ import annotations

import pytest

from bot.dialogue import envoi
from tests.helpers.dialogue import CHAUNY, Talk

AJPP = {"beneficiaire_ajpp": True, "activite_interrompue": True, "nb_enfants_a_charge": 1}


def ajpp(talk: Talk) -> Talk:
    """A parent of Bobigny who receives the AJPP, asked since when."""
    talk.say("AJPP", "situation", situations=["enfant_malade_handicap"], mentions={"commune": "Bobigny"}, heard=AJPP)
    assert talk.ask == "ajpp_nouveau"
    return talk


@pytest.mark.parametrize(
    ("day", "label"), [("2026-10-15", "Moins de 3 mois"), ("2026-01-15", "De 3 mois à 1 an"), ("2023-05-01", "Plus d'un an")]
)
def test_a_date_answers_a_duration(talk: Talk, day: str, label: str) -> None:
    """« Depuis janvier » is an answer; it settles nothing, is not said to be missing, and reaches the social worker."""
    ajpp(talk).say("depuis janvier", mentions={"date": day, "date_precision": "mois"})
    assert "utter_offre_non_tranche" in talk.responses
    assert "Il manque" not in talk.text
    reasons = envoi.request_context(talk.dossier, talk.context).reasons
    assert any(reason["criterion"] == "ajpp_nouveau" and label in reason["fr"] for reason in reasons)


@pytest.mark.parametrize(("act", "kept"), [("affirmer", "type_inconnu"), ("nier", "aucune")])
def test_a_plain_yes_to_the_kind_of_benefit(talk: Talk, act: str, kept: str) -> None:
    """« Oui » to « ALF, ALS ou APL ? » is a benefit whose kind is not known; « non » is none."""
    talk.say("loyer en retard", "situation", situations=["impaye_loyer"], mentions=CHAUNY, heard={"impaye_loyer": True})
    assert talk.ask == "aide_logement"
    talk.say("oui" if act == "affirmer" else "non", act)
    assert talk.dossier.facts["aide_logement"] == kept


def test_a_fact_in_other_words_answers(talk: Talk) -> None:
    """« Je verse une pension » answers the question on it, whatever else it sounds like."""
    mentions = {"commune": "Grenoble"}
    heard = {"droit_de_visite": "visite_hebergement", "modalites_fixees_par": "jugement"}
    talk.say("vacances avec mon fils", "situation", situations=["vacances_enfant"], mentions=mentions, heard=heard)
    while talk.ask != "verse_pension_alimentaire":
        talk.choose("oui")
    talk.say("je verse une pension", "orientation_externe", heard={"verse_pension_alimentaire": True})
    assert talk.dossier.facts["verse_pension_alimentaire"] is True
    assert "utter_orientation_externe" not in talk.responses


def test_unpaid_child_support_has_one_service(talk: Talk) -> None:
    """« Mon ex paye plus la pension » gets ARIPA, not child care nor holidays."""
    talk.say("mon ex paye plus la pension", "orientation_externe")
    assert "pension-alimentaire.caf.fr" in talk.text
    assert "vacaf" not in talk.text
    assert "monenfant" not in talk.text


def test_a_yes_when_nothing_was_asked(talk: Talk) -> None:
    """After « plus tard », « oui » offers the call again; « non » is taken as one."""
    talk.to_result().choose("plus_tard").say("oui", "affirmer")  # « cela vous a-t-il aidé ? »
    talk.say("oui", "affirmer")
    assert talk.ask == "veut_rendez_vous"
    talk.choose("plus_tard").say("non", "nier")
    assert talk.responses == ["utter_d_accord"]


def test_unclear_words_when_nothing_was_asked(talk: Talk) -> None:
    """Not understood after the end: said so, with what can be done."""
    talk.to_sent().say("gloubi", None)
    assert "utter_pas_compris" in talk.responses
    assert talk.ask == "situation"


def test_a_call_for_help_is_asked_what_happens(talk: Talk) -> None:
    """« J'ai besoin d'aide » says nothing yet: what happens is asked once, then the journey goes on."""
    talk.say("j'ai besoin d'aide", "situation", situations=["difficulte_passagere"])
    assert talk.ask == "situation"
    talk.say("je sais pas trop", "ne_sait_pas")
    assert talk.ask == "commune"


def test_a_person_is_given_in_one_message(talk: Talk) -> None:
    """« Je veux parler à quelqu'un »: who, in one message, then what happens."""
    talk.say("je veux parler à quelqu'un", "humain")
    assert talk.responses == ["utter_humain"]
    assert talk.ask == "situation"


def test_the_msa_has_doors_and_one_question(talk: Talk) -> None:
    """A family of the MSA: no promise on the Caf, doors, and whether it has a file at the Caf too."""
    talk.say("je suis à la MSA et je divorce", "situation", situations=["separation"], mentions=CHAUNY, heard={"separation": True})
    assert "ce que propose" not in talk.text
    assert talk.ask == "allocataire"
    talk.choose("non")
    assert "utter_msa_portes" in talk.responses
    assert talk.ask is None


def test_a_date_told_early_answers_the_duration(talk: Talk) -> None:
    """« J'ai l'AJPP depuis janvier » in the first message: since when is not asked."""
    heard = {**AJPP, "date_ouverture_droit_ajpp": {"du": "2026-01-01", "au": "2026-01-31"}}
    talk.say("AJPP depuis janvier", "situation", situations=["enfant_malade_handicap"], mentions={"commune": "Bobigny"}, heard=heard)
    assert talk.ask == "veut_rendez_vous"
    assert talk.dossier.precisions == {"ajpp_nouveau": "De 3 mois à 1 an"}


def test_a_yes_resumes_what_was_left(talk: Talk) -> None:
    """« Plus tard » in the middle, then « oui »: the question comes back."""
    talk.say("je me sépare", "situation", situations=["separation"], mentions=CHAUNY, heard={"separation": True})
    asked = talk.ask
    talk.say("plus tard", "plus_tard").say("oui", "affirmer")
    assert talk.ask == asked


def test_bare_words_when_nothing_was_asked(talk: Talk) -> None:
    """A lone « 1 » after the end is not left without a way on."""
    talk.to_sent().say("merci", "remerciement").say("1")
    assert talk.ask == "situation"


def test_a_refusal_goes_on_with_the_other_situation(talk: Talk) -> None:
    """Rent refused, separation told too: the separation is looked at before any message to the Caf is proposed."""
    heard = {"impaye_loyer": True, "aide_logement": "aucune", "separation": True, "enfants": [{"age": 2}], "beneficiaire_rsa": False}
    talk.say("loyer et séparation", "situation", situations=["impaye_loyer", "separation"], mentions=CHAUNY, heard=heard)
    assert {"utter_offre_non", "utter_offre_oui"} <= set(talk.responses)
    assert talk.dossier.offre == "aisne/separation"


def test_distress_is_left_with_its_own_number(talk: Talk) -> None:
    """After distress, « autre chose » recalls the 3114, not the number for violence."""
    talk.say("je veux mourir", "detresse").choose("autre_chose")
    assert "3114" in talk.text
    assert "3919" not in talk.text


def test_a_channel_in_ones_own_words(talk: Talk) -> None:
    """« tel » names the channel, even read as a question on a number."""
    talk.to_detail("canal").say("tel", "contact")
    assert talk.ask == "telephone"
    assert talk.dossier.canal == "telephone"


def test_somebody_without_a_phone_may_give_a_mail(talk: Talk) -> None:
    """« Je n'en ai pas » to the phone asks for a mail, and the request can be sent."""
    talk.to_detail("telephone").say("je n'en ai pas", "nier")
    assert talk.ask == "email"
    talk.say("camille@exemple.fr", mentions={"email": "camille@exemple.fr"})
    while talk.ask != "confirmation":
        talk.choose("ne_sait_pas")
    assert talk.choose("envoyer").request is not None


def test_a_closed_offer_does_not_hide_an_open_one(talk: Talk) -> None:
    """Parent alone (closed in Aisne) and rent: the rent is looked at first, whatever was told first."""
    heard = {"isole": True, "impaye_loyer": True}
    talk.say("seule, loyer", "situation", situations=["parent_seul", "impaye_loyer"], mentions=CHAUNY, heard=heard)
    assert talk.ask == "aide_logement"
    assert "utter_offre_fermee" not in talk.responses


def test_most_of_a_label_is_enough(talk: Talk) -> None:
    """« Un proche » is the button « Pour un proche »; « aide » alone is not « Aucune aide »."""
    talk.say("c'est pour ma sœur, son mari est mort", "information", situations=["deces_parent"], mentions=CHAUNY)
    talk.say("un proche", "contact")
    assert talk.dossier.pour_qui == "proche"
    other = Talk().say("loyer", "situation", situations=["impaye_loyer"], mentions=CHAUNY, heard={"impaye_loyer": True})
    other.say("aide", "information")
    assert "aide_logement" not in other.dossier.facts

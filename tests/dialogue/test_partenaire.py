"""Professionals: a precise question gets its steps, its contact and nothing else; a referral says who refers."""

from __future__ import annotations

import re

from bot.database import read_scope
from bot.database.models import ContactRequest
from tests.helpers.dialogue import Talk

SOISSONS = {"commune": "Soissons"}
OPEN = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}


def _refer(partner: Talk) -> Talk:
    return partner.say("je veux orienter", "situation", situations=["separation"], mentions=SOISSONS, heard=OPEN)


def test_a_document_has_one_address(partner: Talk) -> None:
    """« Comment vous envoyer un document pour une famille de Soissons ? »: that address, its note, and no other question."""
    partner.say("comment vous envoyer un document pour une famille de soissons ?", "contact", mentions=SOISSONS)
    assert re.findall(r"[\w.-]+@[\w.-]+\w", partner.text) == ["transmettreundocument.caf02@info-caf.fr"]
    assert "ne répond pas aux questions" in partner.text
    assert partner.ask is None


def test_the_same_question_in_the_words_of_a_procedure(partner: Talk) -> None:
    """Understood as a procedure, the question gets the same answer."""
    partner.say("quelle procédure pour transmettre une pièce, Laon ?", "procedure_partenaire", mentions={"commune": "Laon"})
    assert "transmettreundocument" in partner.text
    assert "caf02-bp-territoire" not in partner.text


def test_what_was_asked_is_kept_until_the_place_is_known(partner: Talk) -> None:
    """Without a place: the place, then the contact asked for."""
    partner.say("comment envoyer un justificatif ?", "procedure_partenaire")
    assert partner.ask == "commune"
    partner.say("Chauny", mentions={"commune": "Chauny"})
    assert "transmettreundocument" in partner.text
    assert partner.ask is None


def test_the_mailbox_of_an_unknown_territory_is_asked(partner: Talk) -> None:
    """« Quelle adresse pour orienter une famille de Guise ? »: the territory, then one mailbox."""
    partner.say("quelle adresse pour orienter une famille de Guise ?", "contact", mentions={"commune": "Guise"})
    assert partner.ask == "territoire"
    partner.choose("soissons_chateau_thierry")
    assert "soissons-chateauthierry" in partner.text
    assert "laon-hirson" not in partner.text
    assert partner.ask is None


def test_the_partner_account(partner: Talk) -> None:
    """CDAP and « Mon compte partenaire » are one contact, with the word on habilitation."""
    partner.say("j'ai un souci avec mon compte partenaire CDAP, Laon", "contact", mentions={"commune": "Laon"})
    assert "habilitation" in partner.text
    assert partner.text.count("•") == 1


def test_a_referral_has_its_steps_and_no_other_contact(partner: Talk) -> None:
    """In Aisne the mailbox is in the steps: nothing else is added to them."""
    _refer(partner)
    assert "1. Demandez l'accord de la famille." in partner.text
    assert "2. Écrivez à la boîte de son territoire : caf02-bp-territoire-soissons-chateauthierry@caf02.caf.fr." in partner.text
    assert "Contacts :" not in partner.text


def test_steps_are_numbered_and_contacts_apart(partner: Talk) -> None:
    """The steps of a referral, then the contact points of the site with their notes."""
    heard = {"deces_conjoint": True, "date_deces_conjoint": "2026-07-01", "allocataire": True, "enfants": [{"age": 6}]}
    partner.say("orienter", "situation", situations=["deces_parent"], mentions={"commune": "Voiron"}, heard=heard)
    steps, contacts = partner.text.split("Contacts :")
    assert "1. Vérifiez que le décès est enregistré" in steps
    assert "• " not in steps.split("Pour orienter :")[1]
    assert "04 76 39 25 20 (Livret de 2018, à vérifier sur caf.fr)" in contacts
    assert "04 74" not in contacts


def test_cap_projets_may_be_proposed(partner: Talk) -> None:
    """The entry is decided at the meeting of the three: said so, never as a right."""
    heard = {
        "separation": True,
        "allocataire": True,
        "enfants": [{"age": 4}],
        "separation_declaree_caf": True,
        "date_declaration_separation": "2026-09-01",
    }
    partner.say("Cap projets pour une maman de Grenoble", "eligibilite", mentions={"commune": "Grenoble"}, heard=heard)
    assert partner.offers["isere/cap_projets"] == "eligible"
    assert "peut être proposé" in partner.text
    assert "rendez-vous à trois" in partner.text


def test_the_mission_interface_asks_who_speaks(partner: Talk) -> None:
    """The address at once, then « êtes-vous travailleur social ? »; the answer gives the verdict."""
    partner.say("dossier complexe, comment joindre la mission interface ?", "procedure_partenaire", mentions={"departement": "38"})
    assert "interface.cafisere@caf.cnafmail.fr" in partner.text
    assert partner.ask == "est_travailleur_social"
    again = partner.copy()
    partner.say("oui AS polyvalence", "procedure_partenaire")
    assert partner.offers["isere/mission_interface"] == "eligible"
    again.choose("non")
    assert again.offers["isere/mission_interface"] == "ineligible"


def test_a_late_referral_in_isere_says_why(partner: Talk) -> None:
    """A registration of more than a year closes the referral; the family may still be contacted."""
    heard = {
        "separation": True,
        "allocataire": True,
        "isole": True,
        "enfants": [{"age": 4}],
        "separation_declaree_caf": True,
        "date_separation": "2024-01-10",
        "date_declaration_separation": "2024-02-01",
        "date_enregistrement_caf": "2024-02-01",
    }
    partner.say("orienter", "situation", situations=["separation"], mentions={"commune": "Grenoble"}, heard=heard)
    assert "délai d'orientation est dépassé" in partner.text
    assert "ne se demande pas" not in partner.text


def _to_summary(partner: Talk, contact: str) -> Talk:
    """A referral up to its summary."""
    _refer(partner).choose("oui").choose("oui").say("Modèle").say("UTAS de Soissons").say(contact)
    return partner.say("Exemple").say("Camille").say("06 39 98 00 01").choose("matin").choose("ne_sait_pas")


def test_who_refers_chooses_to_know_of_the_appointment(partner: Talk) -> None:
    """A mail is told that an appointment exists: the summary says so, and it is stored with the request."""
    _refer(partner).choose("oui")
    assert partner.ask == "accord_famille"
    partner.choose("oui").say("Modèle").say("UTAS de Soissons").say("modele@exemple.fr")
    partner.say("Exemple").say("Camille").say("06 39 98 00 01").choose("matin").choose("ne_sait_pas")
    assert "Savoir qu'un rendez-vous existe : oui" in partner.text
    partner.choose("envoyer")
    with read_scope() as session:
        (stored,) = session.query(ContactRequest)
        assert stored.partenaire_suivi is True
        assert stored.accord_famille is True


def test_who_refers_may_refuse_to_know(partner: Talk) -> None:
    """One line of the summary turns it off, and on again."""
    _to_summary(partner, "modele@exemple.fr")
    partner.choose("modifier").choose("partenaire_suivi")
    assert "Savoir qu'un rendez-vous existe : non" in partner.text
    assert partner.ask == "confirmation"
    partner.choose("modifier").choose("partenaire_suivi")
    assert "Savoir qu'un rendez-vous existe : oui" in partner.text


def test_nothing_is_promised_to_a_phone(partner: Talk) -> None:
    """Only a mail is told: the line is absent for a number."""
    _to_summary(partner, "03 23 05 11 22")
    assert "Savoir qu'un rendez-vous" not in partner.text
    assert "partenaire_suivi" not in partner.choose("modifier").choices


def test_the_delay_of_72_hours_is_said_to_the_partner(partner: Talk) -> None:
    """The procedure of Aisne gives the delay of the Caf; nothing of the violence is asked."""
    partner.say("victime de violences à Laon", "danger", situations=["violences"], mentions={"commune": "Laon"})
    assert "72 heures" in partner.text
    assert "1. Écrivez à caf-bp-violences-conjugales@caf02.caf.fr." in partner.text
    assert partner.ask == "veut_rendez_vous"


def test_violence_names_the_aid_that_exists(partner: Talk) -> None:
    """The allowance for victims exists since the end of 2023: a professional is told, whatever the Caf."""
    partner.say("victime de violences à Bobigny", "danger", situations=["violences"], mentions={"commune": "Bobigny"})
    assert "1er décembre 2023" in partner.text


def test_a_file_told_is_a_fact(partner: Talk) -> None:
    """« Elle a un dossier » is no question about a file: it settles the offer."""
    partner.say("victime de violences à Bobigny", "danger", situations=["violences"], mentions={"commune": "Bobigny"})
    partner.say("elle a un dossier caf oui", "dossier", heard={"allocataire": True, "victime_violences_intrafamiliales": True})
    assert "utter_dossier" not in partner.responses
    assert partner.offers["seine_saint_denis/insertion_violences_intrafamiliales"] == "eligible"


def test_seventy_two_hours_are_never_promised_to_a_victim(talk: Talk) -> None:
    """A family that asks what the priority treatment is gets no delay."""
    talk.say("c'est quoi le traitement prioritaire à Laon", "info_offre", mentions={"commune": "Laon"})
    assert "72" not in talk.text


def test_is_the_agreement_needed(partner: Talk) -> None:
    """« Faut-il l'accord de la famille ? » beside a result is answered, and the result stays."""
    _refer(partner).say("faut-il l'accord de la famille ?", "procedure_partenaire")
    assert partner.responses == ["utter_accord_toujours"]
    assert partner.ask == "veut_rendez_vous"


def test_how_again_is_about_the_offer_in_hand(partner: Talk) -> None:
    """Asked again how to refer, with another situation still waiting: the offer just shown, not the next one."""
    partner.say("orienter", "situation", situations=["separation", "impaye_loyer"], mentions=SOISSONS, heard=OPEN)
    assert partner.ask == "veut_rendez_vous"
    partner.say("et comment je fais concrètement ?", "procedure_partenaire")
    assert "Pour orienter vers « séparation »" in partner.text
    assert partner.ask == "veut_rendez_vous"


def test_another_offer_named_is_the_one_explained(partner: Talk) -> None:
    """« Et la mission interface, ça sert à quoi ? » beside another result tells of that one, and the result stays."""
    heard = {"deces_conjoint": True, "date_deces_conjoint": "2026-07-01", "allocataire": True, "enfants": [{"age": 6}]}
    partner.say("orienter", "situation", situations=["deces_parent"], mentions={"commune": "Voiron"}, heard=heard)
    partner.say("et la mission interface, ça sert à quoi ?", "info_offre")
    assert "mission interface" in partner.texts[0]
    assert partner.dossier.offre == "isere/familles_endeuillees"
    assert partner.dossier.offres == []


def test_i_prepare_it_is_a_yes(partner: Talk) -> None:
    """« ok je prépare » opens the request; a sentence that tells something else does not."""
    _refer(partner)
    other = partner.copy()
    assert partner.copy().say("on fait la demande", "procedure_partenaire").ask == "accord_famille"
    assert partner.say("ok je prépare", "information").ask == "accord_famille"
    other.say("je prépare son dossier de logement avec elle", "information")
    assert other.ask == "veut_rendez_vous"

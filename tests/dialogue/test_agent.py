"""The agent's desk: one line in, all the offers out; corrections, other Cafs, and the next family."""

from __future__ import annotations

from tests.helpers.dialogue import Talk

SEVEN = {
    "isole": True,
    "age_demandeur": 28,
    "nb_enfants_a_charge": 2,
    "beneficiaire_rsa": False,
    "statut_logement": "locataire_parc_prive",
    "impaye_loyer": True,
    "nb_mois_impayes": 3,
    "aide_logement": "apl",
}


def _seven(desk: Talk) -> Talk:
    """Dialogue 7."""
    return desk.say("mme seule 28 ans…", "situation", situations=["impaye_loyer"], mentions={"departement": "93"}, heard=SEVEN)


def test_one_line_gives_every_offer_with_its_source(desk: Talk) -> None:
    """The verdicts, the lines of the documents, and the proposal of a request, in one message."""
    _seven(desk)
    assert desk.offers["seine_saint_denis/impayes_loyer"] == "eligible"
    assert desk.offers["seine_saint_denis/parent_seul"] == "eligible"
    assert "000:313" in desk.text
    assert desk.ask == "veut_rendez_vous"


def test_without_a_place_only_the_place_is_asked(desk: Talk) -> None:
    """No Caf, no offer: the place, and nothing else."""
    desk.say("mme veuve", "situation", situations=["deces_parent"], heard={"deces_conjoint": True})
    assert desk.ask == "commune"


def test_a_correction_keeps_the_line_that_falls(desk: Talk) -> None:
    """After a correction, an offer that was open is still shown, now refused."""
    _seven(desk).say("en fait elle a 40 ans", "corriger", heard={"age_demandeur": 40})
    assert desk.offers["seine_saint_denis/parent_seul"] == "ineligible"


def test_the_same_family_elsewhere(desk: Talk) -> None:
    """« Et si elle était dans l'Aisne ? » is the same case in another Caf."""
    _seven(desk).say("et si elle était dans l'Aisne ?", "contact", mentions={"departement": "02"})
    assert desk.offers["aisne/impayes_loyer"] == "ineligible"
    assert desk.dossier.facts["nb_enfants_a_charge"] == 2


def test_two_cafs_side_by_side(desk: Talk) -> None:
    """Two Cafs named: both answers, and the case stays with the family's own."""
    _seven(desk).say("compare avec l'Isère et le 93", "info_offre")
    assert "isere/impayes_loyer_prive" in desk.offers
    assert "seine_saint_denis/impayes_loyer" in desk.offers
    assert desk.dossier.caf == "seine_saint_denis"


def test_the_example_of_2018_is_another_caf(desk: Talk) -> None:
    """The catalogue of 2018 is shown as another Caf's, never as the family's rights."""
    _seven(desk).say("et avec le catalogue de 2018 ?", "info_offre")
    assert "caf_2018/impayes" in desk.offers
    assert "Ce ne sont pas vos droits" in desk.text
    assert desk.dossier.caf == "seine_saint_denis"


def test_the_next_family_starts_from_nothing(desk: Talk) -> None:
    """Another line about another person forgets the first one, but not the Caf."""
    _seven(desk).say(
        "mr veuf 40 ans 1 enfant 12 ans pas rsa",
        "situation",
        situations=["deces_parent"],
        heard={"deces_conjoint": True, "age_demandeur": 40, "enfants": [{"age": 12}], "beneficiaire_rsa": False},
    )
    assert "impaye_loyer" not in desk.dossier.facts
    assert desk.dossier.caf == "seine_saint_denis"
    assert "seine_saint_denis/deces_parent" in desk.offers


def test_no_decisive_condition_is_cut(desk: Talk) -> None:
    """The kind of landlord decides in Seine-Saint-Denis: it is shown with all the others."""
    _seven(desk)
    line = next(part for part in desk.text.splitlines() if part.startswith("✔ ") and "impayés" in part)
    assert "privé" in line
    assert "APL" in line
    assert "000:208" in line


def test_every_offer_of_the_caf_is_named(desk: Talk) -> None:
    """Those that have no line of their own are named with their sign."""
    _seven(desk)
    caf = desk.context.catalogue.cafs["seine_saint_denis"]
    assert all(offer.title in desk.text for offer in caf.offers.values())
    assert "✘ Ne s'applique pas" in desk.text


def test_what_decides_nothing_is_not_a_reason(desk: Talk) -> None:
    """With a child à charge, the visiting right that nobody told is no reason."""
    heard = {"separation": True, "nb_enfants_a_charge": 1, "beneficiaire_rsa": False}
    desk.say("séparée 1 enf Laon", "situation", situations=["separation"], mentions={"commune": "Laon"}, heard=heard)
    assert desk.offers["aisne/separation"] == "eligible"
    assert "Accueil de l'enfant" not in desk.text


def test_the_detail_lists_every_condition(desk: Talk) -> None:
    """[Détail des critères]: each condition of the offers shown, with its sign and its line, then the same question."""
    _seven(desk)
    assert "details" in desk.choices
    desk.choose("details")
    assert "✔ Il y a un retard de loyer. [000:313]" in desk.text
    assert "✔ Âge de la personne : 28 ans. L'offre vise : de 25 à 34 ans. [000:325]" in desk.text
    assert desk.ask == "veut_rendez_vous"
    desk.say("détail des critères", "info_offre")
    assert "utter_agent_criteres" in desk.responses


def test_another_caf_to_compare_with_does_not_move_the_family(desk: Talk) -> None:
    """« Compare avec l'Isère »: one more answer, the place of the family stays."""
    _seven(desk).say("compare avec l'Isère", "info_offre", mentions={"departement": "38"})
    assert "isere/impayes_loyer_prive" in desk.offers
    assert desk.dossier.caf == "seine_saint_denis"


def test_two_offers_side_by_side(desk: Talk) -> None:
    """Two situations compared: every condition of both offers."""
    _seven(desk).say("compare séparation et parent seul", "info_offre", situations=["separation", "parent_seul"])
    assert "utter_agent_criteres" in desk.responses
    assert {"seine_saint_denis/separation", "seine_saint_denis/parent_seul"} <= set(desk.offers)


def test_comparing_offers_tells_nothing_of_a_family(desk: Talk) -> None:
    """Without a case, the offers named are compared, and no fact is kept."""
    heard = {"isole": True}
    words = "compare séparation et parent seul dans le 93"
    desk.say(words, "info_offre", situations=["separation", "parent_seul"], mentions={"departement": "93"}, heard=heard)
    assert "utter_agent_criteres" in desk.responses
    assert desk.dossier.facts == {}
    assert desk.ask is None


def test_the_detail_is_there_at_any_question(desk: Talk) -> None:
    """« Détail des critères » typed while a fact is asked shows them, then the question comes back."""
    desk.say(
        "jeune fille enceinte 93", "situation", situations=["arrivee_enfant"], mentions={"departement": "93"}, heard={"enceinte": True}
    )
    pending = desk.ask
    assert pending in desk.context.catalogue.questions
    desk.say("detail des criteres", "info_offre")
    assert "utter_agent_criteres" in desk.responses
    assert desk.ask == pending


def test_a_situation_without_offer_is_said(desk: Talk) -> None:
    """A home loan in arrears has no offer in Seine-Saint-Denis: it is said."""
    desk.say(
        "4 mensualités de prêt en retard 93",
        "situation",
        situations=["impaye_pret"],
        mentions={"departement": "93"},
        heard={"impaye_pret_immobilier": True, "allocataire": True},
    )
    assert "Aucune offre décrite ici pour : un retard de prêt immobilier" in desk.text


def test_what_follows_from_the_rest_is_not_read_back(desk: Talk) -> None:
    """« Compris » names what was said: not that a mother of two is a parent."""
    heard = {"enfants": [{"age": 4}, {"age": 9}], "nb_enfants_a_charge": 2, "parent": True, "deces_conjoint": True}
    desk.say("veuf 2 enf 4 9 Laon", "situation", situations=["deces_parent"], mentions={"commune": "Laon"}, heard=heard)
    understood = next(part for part in desk.text.splitlines() if part.startswith("Compris"))
    assert "parent d'un enfant" not in understood


def test_the_differences_of_2018_need_no_family(desk: Talk) -> None:
    """Without a case: what exists on one side only, and that it is another Caf."""
    desk.say("en quoi le catalogue de 2018 diffère de l'Aisne ?", "info_offre", mentions={"departement": "02"})
    assert "utter_agent_differences" in desk.responses
    assert "Ce ne sont pas vos droits" in desk.text
    assert "une naissance multiple" in desk.text.split("Seulement dans Exemple")[1]


def test_a_refusal_shows_other_doors(desk: Talk) -> None:
    """When nothing may be asked for, the other doors are named."""
    _seven(desk).say("et si elle était dans l'Aisne ?", "contact", mentions={"departement": "02"})
    assert "Autres portes" in desk.text


def test_what_nobody_can_ask_for_is_not_checked(desk: Talk) -> None:
    """The means test of parents seuls, closed to all, is no check for the desk."""
    _seven(desk).say("et si elle était dans l'Aisne ?", "contact", mentions={"departement": "02"})
    assert "aisne/parents_seuls" in desk.offers
    assert "À vérifier : Conditions de ressources" not in desk.text


def test_a_number_of_children_is_to_be_checked(desk: Talk) -> None:
    """« 2 enf » is read as two children à charge: to be checked with the person (dialogue 7)."""
    _seven(desk)
    assert "À vérifier : les enfants sont bien à charge" in desk.text


def test_violence_gives_the_numbers_and_the_way(desk: Talk) -> None:
    """Somebody else's violence told at the desk: the numbers in one line, then the way to a social worker."""
    desk.say("mme victime de violences Laon", "danger", situations=["violences"], mentions={"commune": "Laon"})
    assert "3919" in desk.texts[0]
    assert "Proposez tout de suite un rendez-vous" in desk.text


def test_a_situation_without_an_offer_here_has_doors(desk: Talk) -> None:
    """Nobody leaves without a door: those that other Cafs name for the same situation."""
    desk.say("logement non décent à rennes", "situation", situations=["logement_non_decent"], mentions={"commune": "Rennes"})
    assert "Aucune offre décrite ici" in desk.text
    assert "Autres portes : " in desk.text

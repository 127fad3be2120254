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

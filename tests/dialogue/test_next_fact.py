"""Only useful questions: the main offer first, nothing about what was not told, never a spouse for an own parent who died."""

from __future__ import annotations

import pytest

from bot.dialogue import next_fact
from tests.helpers.dialogue import CHAUNY, Talk

TEENAGERS = {"separation": True, "allocataire": True, "enfants": [{"age": 17}, {"age": 19}]}


def asked(talk: Talk, answers: dict[str, str]) -> list[str]:
    """The questions about the family until the first answer, each answered as given, otherwise « je ne sais pas »."""
    seen: list[str] = []
    while talk.ask in talk.context.catalogue.questions:
        seen.append(talk.ask or "")
        talk.choose(answers.get(talk.ask or "", "ne_sait_pas"))
    return seen


def test_the_pay_of_the_children_decides_before_the_neighbours(talk: Talk) -> None:
    """Isère, children of 17 and 19 at home: their pay is asked, neither the arrival of a child nor visits are."""
    talk.say("séparé à Voiron", "situation", situations=["separation"], mentions={"commune": "Voiron"}, heard=TEENAGERS)
    seen = asked(talk, {"isole": "non", "separation_declaree_caf": "oui", "remuneration_mensuelle_nette": "non"})
    assert seen == ["isole", "separation_declaree_caf", "remuneration_mensuelle_nette"]
    assert talk.offers["isere/separation_arrivee_enfant"] == "eligible"


def test_a_separation_not_declared_is_not_yet(talk: Talk) -> None:
    """Isère: the step to take is said without asking whether a child has arrived; the verdict stays what the facts give."""
    heard = {"separation": True, "allocataire": True, "enfants": [{"age": 5}, {"age": 9}]}
    talk.say("séparée à Voiron", "situation", situations=["separation"], mentions={"commune": "Voiron"}, heard=heard)
    assert "arrivee_enfant_signalee_caf" not in asked(talk, {"isole": "non", "separation_declaree_caf": "non"})
    assert "utter_offre_pas_encore" in talk.responses
    assert talk.offers["isere/separation_arrivee_enfant"] == "unknown"


def test_a_pregnancy_is_not_asked_about_a_separation(talk: Talk) -> None:
    """« Je suis enceinte et seule »: the arrival only; the second situation has the same offer, and is answered with it."""
    mentions = {"commune": "Grenoble"}
    talk.say("enceinte et seule", "situation", situations=["arrivee_enfant", "parent_seul"], mentions=mentions, heard={"enceinte": True})
    assert "separation" not in asked(talk, {"arrivee_enfant_signalee_caf": "oui"})
    talk.choose("plus_tard")
    assert "separation" not in asked(talk, {})


def test_a_parent_alone_may_be_asked_about_a_separation(talk: Talk) -> None:
    """« Je suis seule avec mon fils » says neither a separation nor an arrival: both may be asked."""
    heard = {"isole": True, "enfants": [{"age": 5}], "allocataire": True}
    talk.say("seule avec mon fils", "situation", situations=["parent_seul"], mentions={"commune": "Grenoble"}, heard=heard)
    assert {"separation", "arrivee_enfant_signalee_caf"} & set(asked(talk, {}))


def test_a_widow_is_not_asked_about_a_child_taken_in(talk: Talk) -> None:
    """Aisne: a spouse died, and no child is left at home: the child of somebody else is never mentioned."""
    heard = {"deces_conjoint": True, "enfants": [], "beneficiaire_rsa": False}
    talk.say("mon mari est mort", "situation", situations=["deces_parent"], mentions=CHAUNY, heard=heard)
    assert "tiers_recueillant" not in asked(talk, {})


@pytest.mark.parametrize("words", ["mon papa est mort hier, j'ai 17 ans", "ma mère est décédée"])
def test_an_own_parent_who_died_is_no_spouse(talk: Talk, words: str) -> None:
    """Nothing is asked, and the answer neither rejoices nor refuses curtly."""
    talk.say(words, "situation", situations=["deces_parent"], mentions=CHAUNY)
    assert talk.ask == "veut_rendez_vous"
    assert "utter_offre_peu_probable_deuil" in talk.responses


def test_debts_are_about_the_rent_only_when_the_rent_is_late(talk: Talk) -> None:
    """Debts: is the rent late? and the loan? Otherwise no other question, no offer, and the Banque de France."""
    talk.say("trop de dettes", "situation", situations=["surendettement"], mentions=CHAUNY)
    assert asked(talk, {"impaye_loyer": "non", "impaye_pret_immobilier": "non"}) == ["impaye_loyer", "impaye_pret_immobilier"]
    assert not talk.offers
    assert "Banque de France (3414)" in talk.text
    assert "Point conseil budget" in talk.text


def test_debts_with_a_late_rent_go_on(talk: Talk) -> None:
    """A late rent puts the offer at stake; the doors of debts stay."""
    talk.say("trop de dettes", "situation", situations=["surendettement"], mentions=CHAUNY)
    assert "aide_logement" in asked(talk, {"impaye_loyer": "oui"})
    assert "Banque de France" in talk.text


def test_what_is_supposed_is_never_kept(talk: Talk) -> None:
    """The dossier holds what was told, and a fact that was told is never replaced by a supposition."""
    heard = {"separation": True, "arrivee_enfant_signalee_caf": True}
    talk.say("séparée à Voiron", "situation", situations=["separation"], mentions={"commune": "Voiron"}, heard=heard)
    assert next_fact.supposed(talk.dossier, talk.context)["arrivee_enfant_signalee_caf"] is True
    assert "tiers_recueillant" not in talk.dossier.facts


def test_a_date_is_read_back_wherever_the_family_lives(talk: Talk) -> None:
    """A date heard in words may be wrong: it is said back, even before the place is known."""
    heard = {"separation": True, "date_separation": {"du": "2026-08-01", "au": "2026-08-31"}}
    talk.say("séparée en août", "situation", situations=["separation"], heard=heard)
    assert "utter_date_lue" in talk.responses
    there = Talk()
    there.say("séparée en août à Chauny", "situation", situations=["separation"], mentions=CHAUNY, heard=heard)
    assert "utter_date_lue" in there.responses

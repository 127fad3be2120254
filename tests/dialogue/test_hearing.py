"""What is heard goes to the dossier: facts, situations, place; the newest statement prevails, and a request's details never get in."""

from __future__ import annotations

from bot.dialogue import hearing
from bot.dialogue.dossier import Dossier
from tests.helpers.dialogue import Talk


def test_everything_in_one_message(talk: Talk) -> None:
    """Situation, place and facts of the first message are kept, and only what is missing is asked."""
    talk.say(
        "séparée, 2 enfants, Chauny", "situation", situations=["separation"], mentions={"commune": "Chauny"}, heard={"separation": True}
    )
    assert talk.dossier.facts["separation"] is True
    assert talk.dossier.caf == "aisne"
    assert talk.dossier.lieu is not None
    assert talk.dossier.lieu["territoire"] == "saint_quentin_chauny"
    assert talk.ask in talk.context.catalogue.questions


def test_the_newest_statement_prevails(talk: Talk) -> None:
    """A fact that contradicts an older one replaces it, and what depended on the old one goes too."""
    dossier = Dossier(facts={"beneficiaire_rsa": True, "referent_unique_rsa": True})
    changed = hearing.learn(dossier, {"beneficiaire_rsa": False}, talk.context)
    assert dossier.facts["beneficiaire_rsa"] is False
    assert dossier.facts.get("referent_unique_rsa") is not True
    assert changed == ["beneficiaire_rsa"]


def test_an_impossible_value_changes_nothing(talk: Talk) -> None:
    """A value that no family can have is left out, and the facts stay as they were."""
    dossier = Dossier(facts={"separation": True})
    assert hearing.learn(dossier, {"age_demandeur": 400}, talk.context) == []
    assert dossier.facts == {"separation": True}


def test_one_wrong_fact_does_not_lose_the_others(talk: Talk) -> None:
    """Of facts heard together that disagree, one is left out, the others are kept."""
    dossier = Dossier()
    hearing.learn(dossier, {"enfants": [{"age": 4}, {"age": 7}], "nb_enfants_a_charge": 0, "separation": True}, talk.context)
    assert dossier.facts["separation"] is True
    assert len({"enfants", "nb_enfants_a_charge"} & set(dossier.facts)) == 1


def test_a_fact_unknown_to_the_catalogue_is_left_out(talk: Talk) -> None:
    """What the catalogue does not read is not kept."""
    dossier = Dossier()
    hearing.learn(dossier, {"couleur_preferee": "bleu"}, talk.context)
    assert dossier.facts == {}


def test_a_learnt_fact_is_no_longer_unknown(talk: Talk) -> None:
    """« Je ne sais pas », then the answer: the fact may be read again."""
    dossier = Dossier(inconnus=["isole"])
    hearing.learn(dossier, {"isole": True}, talk.context)
    assert dossier.inconnus == []


def test_one_commune_in_several_departements_is_asked(talk: Talk) -> None:
    """Saint-Denis exists more than once: the candidates are shown, none is chosen."""
    talk.say("je me sépare, j'habite Saint-Denis", "situation", situations=["separation"], mentions={"commune": "Saint-Denis"})
    assert talk.dossier.caf is None
    assert talk.ask == "caf"
    assert len(talk.choices) > 1
    assert "93" in talk.choices
    talk.choose("93")
    assert talk.dossier.caf == "seine_saint_denis"


def test_a_departement_alone_has_no_territory(talk: Talk) -> None:
    """« Dans l'Aisne » gives the Caf and no territory: it is never guessed."""
    talk.say("je me sépare, dans l'Aisne", "situation", situations=["separation"], mentions={"departement": "02"})
    assert talk.dossier.caf == "aisne"
    assert (talk.dossier.lieu or {})["territoire"] is None


def test_a_move_changes_the_caf(talk: Talk) -> None:
    """Another place said later replaces the first one."""
    talk.to_result()
    talk.say("en fait j'habite Grenoble", "corriger", mentions={"commune": "Grenoble"})
    assert talk.dossier.caf == "isere"


def test_details_of_a_request_are_not_facts(talk: Talk) -> None:
    """« Laon » given as a family name is no place, and no detail enters the dossier."""
    talk.to_detail("nom").say("Laon", mentions={"commune": "Laon"})
    assert talk.dossier.lieu is not None
    assert talk.dossier.lieu["nom"] == "Chauny"
    assert "Laon" not in str(talk.dossier.to_slot())


def test_a_situation_told_twice_is_queued_once() -> None:
    """The same situation is looked at once."""
    dossier = Dossier()
    dossier.add_situation("separation")
    dossier.add_situation("separation")
    assert dossier.situations == ["separation"]


def test_the_slot_keeps_only_what_is_known() -> None:
    """An empty dossier is an empty slot, and what an older version wrote is read without its unknown keys."""
    assert Dossier().to_slot() == {}
    assert Dossier.from_slot({"caf": "aisne", "ancien": 1}).caf == "aisne"

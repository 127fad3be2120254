"""Danger and distress: the numbers first, nothing asked about it, a safe way to be called, and the conversation goes on."""

from __future__ import annotations

from bot.database import read_scope
from bot.database.models import ContactRequest
from tests.helpers.dialogue import Talk


def _hit(talk: Talk) -> Talk:
    return talk.say("il m'a frappée", "danger", situations=["violences"])


def test_the_numbers_come_before_anything(talk: Talk) -> None:
    """17, 112, 114 by SMS and 3919, then safety and a call back; no question about the facts."""
    _hit(talk)
    assert all(number in talk.texts[0] for number in ("17", "112", "114", "3919"))
    assert talk.ask == "veut_rendez_vous"
    assert talk.choices == ["oui", "quitter", "autre_chose"]


def test_the_short_path_asks_no_fact(talk: Talk) -> None:
    """Call back: the place, the consent, a safe channel, the moment, the name; never the children, the RSA nor the violence."""
    _hit(talk).choose("oui")
    asked = [talk.ask]
    talk.say("Laon", mentions={"commune": "Laon"})
    answers = {"consentement": "oui", "canal": "telephone_discret", "disponibilites": "matin"}
    typed = {"telephone": "06 39 98 00 05", "nom": "Exemple", "prenom": "Julie"}
    while talk.ask != "confirmation":
        asked.append(talk.ask)
        ask = talk.ask or ""
        talk.choose(answers[ask]) if ask in answers else talk.say(typed[ask])
    assert asked == ["commune", "consentement", "canal", "telephone", "disponibilites", "nom", "prenom"]
    talk.choose("envoyer")
    assert "72" not in talk.text
    with read_scope() as session:
        (stored,) = session.query(ContactRequest)
        assert stored.violence is True
        assert stored.offre == "aisne/violences_accompagnement"


def test_the_menu_button_is_a_danger_too(talk: Talk) -> None:
    """Choosing « Violences » gives the numbers, as words do."""
    talk.choose("violences")
    assert "3919" in talk.texts[0]
    assert talk.ask == "veut_rendez_vous"


def test_a_situation_of_violence_without_alarm_words_too(talk: Talk) -> None:
    """Violence told calmly, for the first time, gives the numbers."""
    talk.say("je subis des violences conjugales", "situation", situations=["violences"])
    assert "3919" in talk.texts[0]


def test_during_the_details_then_going_on(talk: Talk) -> None:
    """Danger in the middle of a request: the numbers, then the request goes on where it was."""
    _hit(talk.to_detail("prenom"))
    assert "3919" in talk.texts[0]
    talk.choose("autre_chose")
    assert talk.dossier.etape == "demande"
    assert talk.ask not in {None, "nom", "consentement"}


def test_distress_has_its_own_number(talk: Talk) -> None:
    """Suicidal thoughts: the 3114 first; it is not kept as violence."""
    talk.say("je veux mourir", "detresse")
    assert "3114" in talk.texts[0]
    assert talk.dossier.violence is False


def test_a_partner_gets_the_procedure_at_once(partner: Talk) -> None:
    """Violence told by a partner: the numbers in one line, then the procedure of the Caf, without a question in between."""
    partner.say("victime de violences à Laon", "danger", situations=["violences"], mentions={"commune": "Laon"})
    assert "3919" in partner.texts[0]
    assert "utter_procedure" in partner.responses
    assert "caf-bp-violences-conjugales@caf02.caf.fr" in partner.text
    assert partner.ask == "veut_rendez_vous"


def test_a_partner_without_a_place_is_asked_for_it_only(partner: Talk) -> None:
    """The place, then the procedure."""
    partner.say("victime de violences", "danger", situations=["violences"])
    assert partner.ask == "commune"
    partner.say("Laon", mentions={"commune": "Laon"})
    assert "caf-bp-violences-conjugales@caf02.caf.fr" in partner.text


def test_an_agent_gets_the_offers_at_once(desk: Talk) -> None:
    """The numbers in one line, then the offers of the Caf."""
    desk.say(
        "mme victime de violences 93",
        "danger",
        situations=["violences"],
        mentions={"departement": "93"},
        heard={"victime_violences_intrafamiliales": True, "allocataire": True},
    )
    assert "3919" in desk.texts[0]
    assert desk.offers["seine_saint_denis/insertion_violences_intrafamiliales"] == "eligible"


def test_life_goes_on_afterwards(talk: Talk) -> None:
    """After « autre chose », another situation is heard as any other."""
    _hit(talk).choose("autre_chose")
    assert talk.ask is None
    talk.say("je me sépare à Chauny", "situation", situations=["separation"], mentions={"commune": "Chauny"}, heard={"separation": True})
    assert talk.ask == "beneficiaire_rsa"

"""The territory that the commune does not tell: a professional is asked for it, a family never, and a mailbox is never guessed."""

from __future__ import annotations

from bot.database import read_scope
from bot.database.models import ContactRequest
from tests.helpers.dialogue import CHOSEN, DETAILS, Talk

OPEN = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}
GUISE = {"commune": "Guise"}
BOXES = ("laon-hirson", "stquentin-chauny", "soissons-chateauthierry")


def _refer(talk: Talk, commune: str = "Guise", **heard: object) -> Talk:
    return talk.say("je veux orienter", "situation", situations=["separation"], mentions={"commune": commune}, heard={**OPEN, **heard})


def _send(talk: Talk) -> ContactRequest:
    """The request, answered to its end, then what is stored."""
    while talk.ask != "confirmation":
        ask = talk.ask or ""
        talk.choose(DETAILS[ask]) if ask in CHOSEN else talk.say(DETAILS[ask])
    talk.choose("envoyer")
    with read_scope() as session:
        (stored,) = session.query(ContactRequest)
        session.expunge(stored)
    return stored


def test_a_partner_is_asked_the_territory(partner: Talk) -> None:
    """Guise belongs to no territory that the document names: the three of them are choices, with « je ne sais pas », and no mailbox."""
    _refer(partner)
    assert partner.ask == "territoire"
    assert partner.choices == ["laon_hirson", "saint_quentin_chauny", "soissons_chateau_thierry", "ne_sait_pas"]
    assert not any(box in partner.text for box in BOXES)


def test_the_answer_gives_one_mailbox_and_routes_the_request(partner: Talk) -> None:
    """The mailbox of the territory told, then the request carries that territory and the commune of the family."""
    _refer(partner).choose("laon_hirson")
    assert BOXES[0] in partner.text
    assert not any(box in partner.text for box in BOXES[1:])
    assert partner.ask == "veut_rendez_vous"
    stored = _send(partner.choose("oui"))
    assert stored.territoire == "laon_hirson"
    assert stored.commune == "Guise"


def test_a_town_typed_names_its_territory(partner: Talk) -> None:
    """« celui de Chauny » is the answer, not the commune of the family."""
    _refer(partner).say("celui de chauny", "contact", mentions={"commune": "Chauny"})
    assert BOXES[1] in partner.text
    assert partner.dossier.lieu is not None
    assert partner.dossier.lieu["nom"] == "Guise"


def test_not_known_is_an_answer(partner: Talk) -> None:
    """« Je ne sais pas »: all the mailboxes with their names, and a request without territory, for the Caf's own queue."""
    _refer(partner).choose("ne_sait_pas")
    assert all(box in partner.text for box in BOXES)
    assert _send(partner.choose("oui")).territoire is None


def test_not_understood_twice_is_not_known(partner: Talk) -> None:
    """The question comes twice, never a third time."""
    _refer(partner).say("euh", None).say("bof", None)
    assert partner.ask == "veut_rendez_vous"


def test_a_commune_that_tells_is_not_asked(partner: Talk) -> None:
    """Soissons is in the name of its territory."""
    _refer(partner, "Soissons")
    assert partner.ask == "veut_rendez_vous"
    assert BOXES[2] in partner.text


def test_a_refusal_asks_no_territory_before_a_message_is_wanted(partner: Talk) -> None:
    """An offer that does not apply needs no mailbox; the message to the Caf does."""
    _refer(partner, beneficiaire_rsa=True, referent_unique_rsa=True)
    assert partner.ask == "veut_rendez_vous"
    assert partner.choose("oui").ask == "territoire"


def test_an_agent_is_asked_when_a_request_is_made(desk: Talk) -> None:
    """The compact answer first; the agency of a commune of Seine-Saint-Denis that has none, with the request."""
    desk.say("mme…", "situation", situations=["separation"], mentions={"commune": "Pantin"}, heard={**OPEN, "allocataire": True})
    while desk.ask != "veut_rendez_vous":
        desk.choose("ne_sait_pas")
    desk.choose("oui")
    assert desk.ask == "territoire"
    assert "bobigny" in desk.choices
    assert _send(desk.choose("bobigny")).territoire == "bobigny"


def test_a_site_of_isere_is_asked(partner: Talk) -> None:
    """In Isère the site decides the phone."""
    heard = {"isole": True, "separation_declaree_caf": True, "date_separation": "2026-06-01", "allocataire": True}
    children = {"enfants": [{"age": 4}], "nb_enfants_a_charge": 1}
    _refer(partner, "Allevard", **heard, **children)
    assert partner.ask == "territoire"
    partner.choose("grenoble_voiron")
    assert "04 76 39 25 20" in partner.text
    assert "04 74 57 36 17" not in partner.text


def test_a_family_is_never_asked(talk: Talk) -> None:
    """A family of Guise goes on to its request: it cannot know."""
    _refer(talk)
    assert talk.ask == "veut_rendez_vous"
    assert _send(talk.choose("oui")).territoire is None


def test_a_new_place_is_asked_again(partner: Talk) -> None:
    """The family moves: the territory told was that of the first commune."""
    _refer(partner).choose("laon_hirson")
    partner.say("en fait elle habite Ribemont", "corriger", mentions={"commune": "Ribemont"})
    assert partner.ask == "territoire"


def test_what_was_answered_is_not_announced_again(desk: Talk) -> None:
    """The territory asked with the request does not put the situation back in the queue."""
    desk.say("mme…", "situation", situations=["separation"], mentions={"commune": "Guise"}, heard=OPEN)
    _send(desk.choose("oui").choose("ne_sait_pas"))
    assert "utter_situation_suivante" not in desk.responses
    assert desk.ask is None


def test_the_same_commune_again_is_all_that_is_known(partner: Talk) -> None:
    """Someone who answers « Guise » once more knows no territory: the question is not put a second time."""
    _refer(partner).say("guise", "information", mentions=GUISE)
    assert partner.ask == "veut_rendez_vous"
    assert all(box in partner.text for box in BOXES)

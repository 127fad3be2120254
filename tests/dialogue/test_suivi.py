"""Following a request: the reference and its phone or mail, then its status, a change or a cancellation; nothing is shown without them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.database import session_scope
from bot.errors import UnknownReference
from bot.requests import erasure, life_cycle, search
from bot.requests.status import Status
from tests.helpers.dialogue import DETAILS, NOW, Talk


def _reference(talk: Talk) -> str:
    """The reference of the request just sent, in a conversation that no longer knows it (as on another day)."""
    assert talk.request is not None
    talk.dossier.reference = None
    return talk.request["reference"]


def test_in_the_same_conversation_nothing_is_asked(talk: Talk) -> None:
    """The conversation that made the request follows it without its reference."""
    talk.to_sent().say("où en est ma demande ?", "suivi_demande")
    assert talk.request is not None
    assert talk.request["status"] == "nouvelle"


def test_the_status_needs_the_phone_given(talk: Talk) -> None:
    """With the reference and the phone, the status is shown, and nothing else is asked."""
    reference = _reference(talk.to_sent())
    talk.say(f"où en est {reference}", "suivi_demande")
    assert talk.ask == "telephone"
    talk.say(DETAILS["telephone"])
    assert talk.request == {"reference": reference, "status": "nouvelle"}
    assert talk.ask is None


def test_a_wrong_phone_and_an_unknown_reference_get_the_same_answer(talk: Talk) -> None:
    """Nothing tells which of the two is wrong."""
    reference = _reference(talk.to_sent())
    talk.say(f"où en est {reference}", "suivi_demande").say("06 39 98 00 99")
    wrong_phone = talk.responses
    talk.say("RDV-0000-0000").say("06 39 98 00 99")
    assert talk.responses == wrong_phone == ["utter_suivi_introuvable"]


def test_cancelled_after_a_yes(talk: Talk) -> None:
    """Cancelling asks to confirm; gibberish keeps the request."""
    reference = _reference(talk.to_sent())
    talk.say(f"je veux annuler {reference}", "annuler_demande").say(DETAILS["telephone"])
    assert talk.ask == "confirmation"
    other = talk.copy()
    other.say("blorp", None).say("blorp", None)
    assert "utter_demande_gardee" in other.responses
    talk.choose("oui")
    assert talk.request == {"reference": reference, "status": "annulee"}


def test_changed_line_by_line(talk: Talk) -> None:
    """A change asks which line, then its new value."""
    reference = _reference(talk.to_sent())
    talk.say(f"je veux modifier {reference}", "modifier_demande").say(DETAILS["telephone"])
    assert talk.ask == "a_modifier"
    talk.choose("disponibilites").say("jeudi après 17h")
    assert "utter_demande_modifiee" in talk.responses
    assert talk.ask is None


def test_without_a_reference_there_is_a_way_out(talk: Talk) -> None:
    """Two answers that hold no reference: the phone of the Caf, and the conversation is free."""
    talk.say("où en est ma demande", "suivi_demande").say("je l'ai plus").say("vraiment plus")
    assert "utter_sans_reference" in talk.responses
    assert talk.ask is None


def test_followed_elsewhere_then_sent_again_is_a_change(talk: Talk) -> None:
    """With the reference and its phone given here, the same request is offered as a change before it is sent, and changes the first."""
    reference = _reference(talk.to_sent())
    other = Talk()
    other.context = replace(other.context, conversation_id="conversation-autre")
    other.say(f"où en est {reference}", "suivi_demande").say(DETAILS["telephone"])
    other.to_detail("confirmation")
    assert "utter_deja_demande" in other.responses
    other.choose("envoyer")
    assert "utter_envoye_change" in other.responses
    assert other.request is not None
    assert other.request["reference"] == reference


def test_cancelled_is_never_said_of_a_request_that_is_gone(talk: Talk) -> None:
    """Erased or closed by an agent between the question and the answer: what is said is what is true."""
    reference = _reference(talk.to_sent())
    talk.say(f"je veux annuler {reference}", "annuler_demande").say(DETAILS["telephone"])
    closed = talk.copy()
    with session_scope() as session:
        life_cycle.move(session, search.find(session, reference), Status.DONE, "agent:1", NOW)
    assert closed.choose("oui").responses == ["utter_demande_close"]
    with session_scope() as session:
        erasure.erase_request(session, search.find(session, reference), NOW)
    assert talk.choose("oui").responses == ["utter_suivi_introuvable"]


def test_followed_elsewhere_then_erased(talk: Talk) -> None:
    """Another day, with its reference and its phone: « effacez mes données » erases that request."""
    reference = _reference(talk.to_sent())
    other = Talk()
    other.context = replace(other.context, conversation_id="conversation-autre")
    other.say(f"où en est {reference}", "suivi_demande").say(DETAILS["telephone"])
    assert "utter_efface" in other.say("effacez mes données", "confidentialite").responses
    with session_scope() as session, pytest.raises(UnknownReference):
        search.find(session, reference)

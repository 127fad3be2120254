"""Following a request: right element or nothing, five tries, and no difference between two failures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.database import session_scope
from bot.database.models import OutboxEvent
from bot.errors import DetailError, LookUpClosed, RequestRefused
from bot.requests import life_cycle
from bot.requests import requests as service
from bot.requests.references import new_reference, read_reference
from bot.requests.status import Status
from tests.helpers.requests import NOW, PHONE, a_context, send, stored

pytestmark = pytest.mark.usefixtures("database")


def look_up(reference, element, now=NOW, client="client"):
    """One try, in its own transaction."""
    with session_scope() as session:
        return service.look_up(session, reference, element, now, client)


@pytest.mark.parametrize("element", ["06 39 98 00 01", PHONE, "camille@exemple.fr", "CAMILLE@exemple.fr"])
def test_reference_and_element_open_the_request(element):
    """The phone or the mail given in the request, in any form."""
    reference = send(email="camille@exemple.fr").reference

    view = look_up(reference.lower().replace("-", " "), element)

    assert (view.reference, view.status, view.caf, view.open) == (reference, Status.NEW, "aisne", True)


def test_unknown_reference_and_wrong_element_are_one_answer():
    """Neither failure tells whether the reference exists."""
    reference = send().reference

    assert look_up(reference, "06 39 98 00 99", client="a") is None
    assert look_up("RDV-0000-0000", PHONE, client="b") is None
    assert look_up("bonjour", "bonjour", client="c") is None


def test_five_wrong_tries_close_the_look_up_for_an_hour():
    """Even the right element is refused for an hour, then works again."""
    reference = send().reference
    for _ in range(5):
        look_up(reference, "06 39 98 00 99")

    with pytest.raises(LookUpClosed):
        look_up(reference, PHONE, NOW + timedelta(minutes=59))
    assert look_up(reference, PHONE, NOW + timedelta(minutes=60)) is not None


def test_changing_client_does_not_reopen_the_reference():
    """The count is kept for the reference too: opening new conversations gives no more tries."""
    reference = send().reference
    for number in range(5):
        look_up(reference, "06 39 98 00 99", client=f"client-{number}")

    with pytest.raises(LookUpClosed):
        look_up(reference, PHONE, client="fresh")


def test_a_right_answer_does_not_refill_the_tries():
    """Somebody cannot use their own request to keep trying another's."""
    own, other = send().reference, send("conversation-2", telephone="0639980002").reference
    for _ in range(4):
        look_up(other, PHONE)
        look_up(own, PHONE)
    look_up(other, PHONE)

    with pytest.raises(LookUpClosed):
        look_up(own, PHONE)


def test_cancelling_closes_the_request():
    """The person cancels: the request is « annulee », and nothing more can be changed."""
    reference = send().reference
    with session_scope() as session:
        assert service.cancel(session, reference, PHONE, NOW, "client").status is Status.CANCELLED

    with session_scope() as session, pytest.raises(RequestRefused) as refusal:
        service.change(session, reference, PHONE, {"disponibilites": "lundi"}, NOW, "client")

    assert refusal.value.code == "demande_close"


def test_changing_details():
    """The person changes how to be reached; the new phone then opens the request."""
    reference = send().reference
    with session_scope() as session:
        service.change(session, reference, PHONE, {"telephone": "06 39 98 00 02", "disponibilites": "lundi"}, NOW, "client")

    view = look_up(reference, "0639980002")

    assert view.disponibilites == "lundi"
    assert look_up(reference, PHONE) is None


def test_a_change_cannot_touch_the_case():
    """Only how to reach the person may be changed alone."""
    reference = send().reference

    with session_scope() as session, pytest.raises(DetailError) as refusal:
        service.change(session, reference, PHONE, {"nom": "Autre"}, NOW, "client")

    assert refusal.value.code == "champ_non_modifiable"


def test_an_appointment_is_shown_in_paris_time():
    """The person sees the day and hour fixed by the agent."""
    reference = send().reference
    with session_scope() as session:
        life_cycle.move(session, stored(session, reference), Status.BOOKED, "agent:1", NOW, rdv_at=NOW + timedelta(days=1))

    assert look_up(reference, PHONE).rdv_at == "2026-11-24T10:00+01:00"


def test_a_proven_reference_makes_the_next_request_a_change():
    """With the reference and its phone given in a new conversation, a second request changes the first."""
    first = send()
    second = send("conversation-2", context=a_context(proven_reference=first.reference), disponibilites="samedi")

    assert (second.reference, second.change) == (first.reference, True)


def test_references_are_forgiving():
    """Case, spaces, dashes, and the letters that look like figures."""
    assert read_reference("rdv 7k3f 29qd") == "RDV-7K3F-29QD"
    assert read_reference("RDV-O1lI-29QD") == "RDV-0111-29QD"
    assert read_reference("ma référence est RDV-7K3F-29QD merci") == "RDV-7K3F-29QD"
    assert read_reference("7K3F29QD") == "RDV-7K3F-29QD"
    assert read_reference("7K3F-29QD") == "RDV-7K3F-29QD"
    assert [read_reference(text) for text in ("bonjour", "model", "demander", "Bertrand", "12345678901", "")] == [None] * 6
    assert all(read_reference(reference) == reference for reference in (new_reference() for _ in range(200)))


def test_what_is_proven_needs_no_more_tries():
    """Somebody else's wrong tries do not keep the conversation that made the request from cancelling it."""
    reference = send().reference
    for number in range(5):
        look_up(reference, "06 39 98 00 99", client=f"client-{number}")

    with session_scope() as session:
        assert service.cancel(session, reference, None, NOW, "client-0").status is Status.CANCELLED
        assert stored(session, reference).status == "annulee"


def test_cancelling_from_elsewhere_is_told_to_the_agents_and_answers_as_a_new_request_would():
    """The request stays; its history says it, its Caf is told, and the person gets the mail that any cancellation sends."""
    mail = {"email": "autre@exemple.fr", "accord_mail": "oui"}
    first = send(**mail).reference
    second = send("conversation-2", **mail).reference
    other = send("conversation-3", telephone="0639980002", email="tiers@exemple.fr", accord_mail="oui").reference

    def told(reference):
        with session_scope() as session:
            before = {event.id for event in session.query(OutboxEvent)}
            service.cancel(session, reference, None, NOW, "client")
            queued = [event for event in session.query(OutboxEvent) if event.id not in before]
            return [(event.kind, event.payload["reference"] == reference) for event in queued if event.recipient == "personne"]

    assert told(second) == told(other) == [("demande_annulee", True)]
    with session_scope() as session:
        request = stored(session, first)
        assert request.status == "nouvelle"
        assert [line.event for line in life_cycle.history_of(session, request)][-1] == "changement_retire"
        assert session.query(OutboxEvent).filter_by(kind="changement_retire", recipient="caf").count() == 1


def test_a_change_withdrawn_then_sent_again_is_a_new_change():
    """What is sent after a cancellation is never written into a change that nobody looks at any more."""
    first = send().reference
    second = send("conversation-2").reference
    with session_scope() as session:
        service.cancel(session, second, None, NOW, "client")

    third = send("conversation-2", NOW + timedelta(minutes=1), disponibilites="samedi")

    with session_scope() as session:
        (waiting,) = life_cycle.pending_changes(session, stored(session, first))
        assert waiting.details["disponibilites"] == "samedi"
        assert service.look_up(session, third.reference, PHONE, NOW, "client").status is Status.NEW
    assert third.change is False

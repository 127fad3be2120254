"""Sending a request: stored once, found again, never probed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.database import session_scope
from bot.database.models import ContactRequest, Draft, OutboxEvent, RequestChange, RequestReference
from bot.errors import RequestRefused
from bot.requests import changes, drafts, life_cycle
from bot.requests import requests as service
from bot.requests.status import Status
from tests.helpers.requests import NOW, PHONE, a_context, an_agent, fill, send, stored

pytestmark = pytest.mark.usefixtures("database")


def count(model: type) -> int:
    """Rows of a table."""
    with session_scope() as session:
        return session.query(model).count()


def test_a_request_is_stored_with_its_case_and_its_draft_is_deleted():
    """Sending keeps facts, verdict, offer, consent and routing, and leaves no draft."""
    sent = send(email="camille@exemple.fr", numero_allocataire="1234567 A")

    with session_scope() as session:
        request = stored(session, sent.reference)
        assert (sent.status, sent.change) == ("nouvelle", False)
        assert (request.caf, request.territoire, request.offre) == ("aisne", "saint_quentin_chauny", "aisne/separation")
        assert (request.telephone, request.email, request.numero_allocataire) == (PHONE, "camille@exemple.fr", "1234567")
        assert (request.consent_version, request.consent_at) == ("v1", NOW)
        assert request.facts == {"separation": True, "nb_enfants_a_charge": 2}
    assert count(Draft) == 0


def test_the_agreement_is_dated_for_a_partner_and_renewed_by_a_change():
    """The family's agreement has its hour; a text accepted again is the one kept."""
    partner = send(context=a_context(audience="partenaire"), accord_famille="oui").reference
    own = send("b", telephone="0639980002").reference
    later = NOW + timedelta(minutes=9)
    send("b", later, telephone="0639980002", consentement="v2")

    with session_scope() as session:
        assert (stored(session, partner).accord_famille, stored(session, partner).consent_at) == (True, NOW)
        assert (stored(session, own).consent_version, stored(session, own).consent_at) == ("v2", later)


def test_sending_twice_gives_the_same_answer():
    """A double click, or a retry after an answer that was lost, makes one request and says the same reference."""
    first = send()

    with session_scope() as session:
        again = service.submit(session, "conversation-1", a_context(), NOW + timedelta(minutes=1))

    assert again == first
    assert count(ContactRequest) == 1
    assert count(OutboxEvent) == 1


def test_nothing_to_send_is_refused():
    """Without a draft nor a request just sent, there is nothing to store."""
    with session_scope() as session, pytest.raises(RequestRefused) as refusal:
        service.submit(session, "conversation-1", a_context(), NOW)

    assert refusal.value.code == "brouillon_absent"


def test_an_expired_draft_is_not_sent():
    """After an hour of silence the draft is gone, and nothing is stored."""
    with session_scope() as session:
        fill(session, "conversation-1")

    with session_scope() as session, pytest.raises(RequestRefused):
        service.submit(session, "conversation-1", a_context(), NOW + timedelta(minutes=61))

    assert count(ContactRequest) == 0


def test_the_same_conversation_changes_its_own_request():
    """A second request of the same person in the same conversation changes the first."""
    first = send()
    second = send(now=NOW + timedelta(minutes=5), disponibilites="jeudi soir", nom="EXEMPLÉ")

    assert (second.reference, second.change) == (first.reference, True)
    with session_scope() as session:
        assert stored(session, first.reference).disponibilites == "jeudi soir"
    assert count(ContactRequest) == 1


def test_from_elsewhere_the_answer_is_that_of_a_new_request():
    """Another conversation gets a fresh reference that leads to the same request, with a change for the agent to accept."""
    first = send()
    second = send("conversation-2", NOW + timedelta(days=1), disponibilites="jeudi soir")

    assert second.reference != first.reference
    assert (second.status, second.change) == (first.status, first.change)
    with session_scope() as session:
        assert session.get(RequestReference, second.reference).request_id == stored(session, first.reference).id
        assert stored(session, first.reference).disponibilites == "mardi matin"
        assert session.query(RequestChange).one().state == "proposee"
    assert count(ContactRequest) == 1


def test_a_fresh_reference_does_not_tell_that_a_request_exists():
    """Through a change not accepted, an appointment of the first request stays invisible, and cancelling leaves it alone."""
    first = send()
    with session_scope() as session:
        request = stored(session, first.reference)
        life_cycle.move(session, request, Status.BOOKED, "agent:1", NOW, rdv_at=NOW + timedelta(days=3))
    second = send("conversation-2", NOW + timedelta(hours=1))

    with session_scope() as session:
        view = service.look_up(session, second.reference, PHONE, NOW, "somebody")
        assert (view.status, view.rdv_at) == (Status.NEW, None)
        cancelled = service.cancel(session, second.reference, PHONE, NOW, "somebody")
        assert cancelled.status is Status.CANCELLED
        assert stored(session, first.reference).status == "rdv_fixe"


def test_an_accepted_change_opens_its_reference():
    """Once an agent accepts the new details, the second reference shows the request itself."""
    first = send()
    second = send("conversation-2", disponibilites="jeudi soir")
    with session_scope() as session:
        request = stored(session, first.reference)
        life_cycle.move(session, request, Status.TAKEN, "agent:1", NOW)
        changes.accept(session, request, life_cycle.pending_changes(session, request)[0], an_agent(session).id, NOW)
        assert request.disponibilites == "jeudi soir"

    with session_scope() as session:
        assert service.look_up(session, second.reference, PHONE, NOW, "somebody").status is Status.TAKEN


@pytest.mark.parametrize(
    ("difference", "context"),
    [
        ({"telephone": "0639980002"}, {}),
        ({"nom": "Autre"}, {}),
        ({}, {"offre": "aisne/impayes_loyer"}),
        ({}, {"caf": "isere", "offre": "isere/separation_arrivee_enfant"}),
        ({}, {"verdict": "ineligible"}),
    ],
)
def test_another_person_offer_or_caf_makes_another_request(difference, context):
    """Same person means same Caf, same offer, same contact and same name, all four."""
    send()
    send("conversation-2", context=a_context(**context), **difference)

    assert count(ContactRequest) == 2


def test_same_mail_is_the_same_person():
    """A common mail address is enough, whatever the phone."""
    send(email="camille@exemple.fr")
    send("conversation-2", telephone="0639980002", email="Camille@Exemple.fr")

    assert count(ContactRequest) == 1


def test_a_closed_request_does_not_hold_the_next_one():
    """Once a request is closed, the same person may send a new one."""
    first = send()
    with session_scope() as session:
        life_cycle.move(session, stored(session, first.reference), Status.DONE, "agent:1", NOW)

    send("conversation-2")

    assert count(ContactRequest) == 2


@pytest.mark.parametrize(("access", "verdict"), [("ferme", "eligible"), ("ouvert", "ineligible"), ("ferme", "unknown")])
def test_a_closed_or_ineligible_offer_gives_a_general_request(access, verdict):
    """« Laisser un message »: no offer on the request, but the verdict and its reasons are kept."""
    sent = send(context=a_context(access=access, verdict=verdict))

    with session_scope() as session:
        request = stored(session, sent.reference)
        assert (request.offre, request.offre_visee, request.verdict) == (None, "aisne/separation", verdict)
        assert request.reasons


def test_two_general_requests_about_two_offers_are_two():
    """An offer closed and another that does not apply are two matters: neither hides the other, and each is one."""
    matters = (
        {"access": "ferme"},
        {"offre": "aisne/impayes_loyer", "verdict": "ineligible"},
        {"offre": None, "access": None, "verdict": None},
    )
    for number, matter in enumerate((*matters, *matters)):
        send(f"conversation-{number}", context=a_context(**matter))

    assert count(ContactRequest) == len(matters)


def test_an_accepted_reference_comes_before_one_still_to_accept():
    """A conversation that holds both changes the request itself, not the proposal."""
    first = send()
    send("conversation-2", disponibilites="jeudi soir")

    again = send("conversation-2", context=a_context(proven_reference=first.reference), disponibilites="samedi matin")

    assert (again.reference, again.change) == (first.reference, True)
    with session_scope() as session:
        assert stored(session, first.reference).disponibilites == "samedi matin"


def test_the_person_is_told_before_sending_that_it_is_a_change():
    """In the conversation that made the request, or with its reference proven; never from elsewhere."""
    first = send().reference

    def told(conversation, **case):
        with session_scope() as session:
            fill(session, conversation)
            return service.would_change(session, conversation, a_context(**case), drafts.read(session, conversation))

    assert told("conversation-1") == told("conversation-2", proven_reference=first) == first
    assert told("conversation-3") is None
    assert told("conversation-1", offre="aisne/impayes_loyer") is None


@pytest.mark.parametrize("access", ["non_precise", "inconnu"])
def test_an_access_not_stated_is_marked_to_confirm(access):
    """The offer stays on the request, « voie à confirmer »."""
    sent = send(context=a_context(access=access))

    with session_scope() as session:
        request = stored(session, sent.reference)
        assert (request.offre, request.voie_a_confirmer) == ("aisne/separation", True)


@pytest.mark.parametrize(
    ("context", "code"),
    [({"receives_requests": False}, "caf_sans_demande"), ({"facts": {"age_demandeur": 14}}, "moins_de_15_ans")],
)
def test_requests_that_must_not_be_stored(context, code):
    """A Caf that receives none, or a child under 15: nothing is stored."""
    with pytest.raises(RequestRefused) as refusal:
        send(context=a_context(**context))

    assert refusal.value.code == code
    assert count(ContactRequest) == 0


@pytest.mark.parametrize("context", [{"violence": True}, {"facts": {"age_demandeur": 16}}])
def test_violence_and_minors_need_a_safe_channel(context):
    """The way to call is asked before anything is sent."""
    with pytest.raises(RequestRefused) as refusal:
        send(context=a_context(**context))

    assert refusal.value.fields == ("canal",)


def test_a_partner_needs_the_family_s_agreement():
    """A referral without the family's agreement is not stored."""
    with pytest.raises(RequestRefused) as refusal:
        send(context=a_context(audience="partenaire"), accord_famille="non", consentement="v1")

    assert refusal.value.fields == ("accord_famille",)


def test_nothing_identifying_is_kept_before_consent():
    """A name given before consent is refused, so that it cannot be stored."""
    with session_scope() as session, pytest.raises(RequestRefused) as refusal:
        drafts.put(session, "conversation-1", "nom", "Exemple", NOW)

    assert refusal.value.code == "consentement_requis"


def test_a_request_cannot_print_itself():
    """Neither a request nor a draft shows a name or a number in a log."""
    sent = send()

    with session_scope() as session:
        assert repr(stored(session, sent.reference)) == f"<ContactRequest {sent.reference} nouvelle>"
        assert "Exemple" not in repr(session.query(RequestChange).first())

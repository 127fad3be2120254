"""Erasing, making anonymous, exporting: nothing about the person is left anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.database import engine, session_scope
from bot.database.base import Base
from bot.database.models import AccessAudit, ContactRequest, Counter, Draft, Note, OutboxEvent, RequestReference
from bot.database.models.conversations import Conversation
from bot.notifications import mailbox, outbox
from bot.requests import drafts, erasure, life_cycle, retention, search
from bot.requests import requests as service
from bot.requests.export import everything, summary
from bot.requests.status import Status
from tests.helpers.requests import NOW, PHONE, a_context, an_agent, fill, send, stored

pytestmark = pytest.mark.usefixtures("database")

PLANTED = ("Zygomatique", "Philibertine", "+33639980077", "philibertine@exemple.fr", "7654321", "Barenton", "note secrète")


@pytest.fixture(autouse=True)
def quiet_mailbox(monkeypatch):
    """The Caf's mailbox is set: these tests do not read the catalogue's addresses."""
    monkeypatch.setenv("REPERE_MAILBOXES", "aisne=accueil@exemple.fr")


def plant(conversation="conversation-1"):
    """A request full of personal data, with notes, a change, mails and an audit line. Returns its reference."""
    details = {"nom": "Zygomatique", "prenom": "Philibertine", "telephone": "0639980077", "email": "philibertine@exemple.fr"}
    details |= {"numero_allocataire": "7654321", "accord_mail": "oui"}
    reference = send(conversation, **details).reference
    other = send("elsewhere", **details).reference
    with session_scope() as session:
        request = stored(session, reference)
        request.commune = "Barenton"
        agent = an_agent(session, f"agent-{request.id}")
        session.add(Note(request_id=request.id, agent_id=agent.id, at=NOW, text="note secrète"))
        session.add(AccessAudit(at=NOW, agent_id=agent.id, action="consultation", reference=other, outcome="fait"))
    outbox.run_once(NOW)
    return reference


def dump():
    """Everything in the database and the mail folder, as one text."""
    with engine().connect() as connection:
        rows = [str(tuple(row)) for table in Base.metadata.sorted_tables for row in connection.execute(table.select())]
    files = [path.read_text(encoding="utf-8") for path in mailbox.folder().glob("*")] if mailbox.folder().exists() else []
    return "\n".join(rows + files)


def found():
    """The planted values that are still somewhere."""
    text = dump()
    return [value for value in PLANTED if value in text]


def test_the_planted_values_are_there_before():
    """The scan below can find something."""
    plant()

    assert found() == list(PLANTED)


def test_erasing_leaves_nothing_but_a_number():
    """Row, references, history, notes, changes, outbox, mail files: all gone; the count stays."""
    reference = plant()
    with session_scope() as session:
        counts = erasure.erasable(session, search.find(session, reference))
        assert erasure.erase_request(session, search.find(session, reference), NOW) == counts

    assert found() == []
    assert reference not in dump()
    assert counts["fichiers_mail"] > 0
    with session_scope() as session:
        assert session.query(RequestReference).count() == 0
        assert session.query(AccessAudit).one().reference is None
        assert session.get(Counter, (NOW.date(), "demande_effacee", "aisne", "allocataire")).count == 1


def test_the_reference_of_an_erased_request_is_unknown():
    """The same answer as for a reference that never was."""
    reference = plant()
    with session_scope() as session:
        erasure.erase_request(session, search.find(session, reference), NOW)
        assert service.look_up(session, reference, "0639980077", NOW, "client") is None


def test_erasing_a_conversation_erases_its_requests_and_draft():
    """« Effacez mes données »: what this conversation made, at once."""
    plant()
    with session_scope() as session:
        fill(session, "conversation-1", nom="Zygomatique")
        counts = service.erase_conversation(session, "conversation-1", NOW)

    assert found() == []
    assert (counts["demandes"], counts["brouillons"]) == (1, 1)


def test_erasing_a_conversation_leaves_the_request_of_another():
    """A conversation that only proposed a change erases what it proposed, and nothing else."""
    reference = plant()
    with session_scope() as session:
        counts = service.erase_conversation(session, "elsewhere", NOW)

    assert counts == {"changements": 1, "references": 1}
    with session_scope() as session:
        assert stored(session, reference).nom == "Zygomatique"
        assert life_cycle.pending_changes(session, stored(session, reference)) == []


def test_erasing_with_a_proven_reference_erases_that_request_too():
    """Another day, with the reference and its phone: « effacez mes données » erases the request, and what others proposed for it."""
    reference = plant()
    with session_scope() as session:
        counts = service.erase_conversation(session, "another-day", NOW, proven_reference=reference)

    assert found() == []
    assert counts["demandes"] == 1
    with session_scope() as session:
        assert session.query(RequestReference).count() == 0


def test_erasing_twice_the_same_request_is_harmless():
    """A conversation that holds two references of one request."""
    reference = plant()
    send("elsewhere", context=a_context(proven_reference=reference), nom="Zygomatique", telephone="0639980077")
    with session_scope() as session:
        service.erase_conversation(session, "elsewhere", NOW, proven_reference=reference)

    with session_scope() as session:
        assert session.query(RequestReference).count() == 0


def test_erasing_a_conversation_can_leave_its_requests():
    """Closing the chat forgets the conversation, not the request that was sent."""
    reference = plant()
    with session_scope() as session:
        service.erase_conversation(session, "conversation-1", NOW, with_requests=False)

    with session_scope() as session:
        assert stored(session, reference).nom == "Zygomatique"
        assert session.get(RequestReference, reference).conversation_id is None


def test_old_requests_become_anonymous():
    """24 months after closing: no name, no reference, no story; Caf, offer, verdict, dates and outcome stay."""
    reference = plant()
    with session_scope() as session:
        life_cycle.move(session, stored(session, reference), Status.DONE, "agent:1", NOW, comment="Zygomatique")
    soon, late = NOW + timedelta(days=700), NOW + timedelta(days=740)

    with session_scope() as session:
        assert retention.purge(session, soon, apply=True)["demandes"] == 0
        assert retention.purge(session, late, apply=False)["demandes"] == 1
        assert stored(session, reference).nom == "Zygomatique"
        assert retention.purge(session, late, apply=True)["demandes"] == 1
        assert retention.purge(session, late, apply=True)["demandes"] == 0

    assert found() == []
    assert reference not in dump()
    with session_scope() as session:
        request = session.query(ContactRequest).one()
        assert (request.caf, request.offre, request.verdict, request.status) == ("aisne", "aisne/separation", "eligible", "terminee")
        assert len(life_cycle.history_of(session, request)) == 3


def test_open_requests_are_never_made_anonymous():
    """However old, a request that waits is somebody who waits."""
    plant()
    with session_scope() as session:
        assert retention.purge(session, NOW + timedelta(days=3000), apply=True)["demandes"] == 0


def test_drafts_mails_and_conversations_have_their_own_time():
    """An hour, 180 days, 30 days; the request keeps no link with a conversation erased."""
    reference = plant("a" * 32)
    with session_scope() as session:
        drafts.put(session, "another", "consentement", "v1", NOW)
        session.add(Conversation(id="a" * 32, token_hash="h", audience="allocataire", choices=[], created_at=NOW, last_message_at=NOW))

    def purge(days):
        with session_scope() as session:
            return retention.purge(session, NOW + timedelta(days=days), apply=True)

    counts = [purge(days) for days in (0.03, 0.05, 29, 31, 179, 181)]
    assert [count["brouillons"] for count in counts] == [0, 1, 0, 0, 0, 0]
    assert [count["conversations"] for count in counts] == [0, 0, 0, 1, 0, 0]
    assert [bool(count["messages"]) for count in counts] == [False] * 5 + [True]
    with session_scope() as session:
        assert session.get(RequestReference, reference).conversation_id is None
        assert session.query(Draft).count() == session.query(OutboxEvent).count() == 0
    assert list(mailbox.folder().glob("*")) == []


def test_a_person_s_data_is_exportable():
    """Everything held about them, notes and history included; the list names nobody."""
    reference = plant()
    with session_scope() as session:
        request = search.find(session, reference)
        data, line = str(everything(session, request)), str(summary(request, NOW))

    assert all(value in data for value in PLANTED)
    assert not any(value in line for value in PLANTED)
    assert PHONE not in line

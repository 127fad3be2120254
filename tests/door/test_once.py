"""The same key is played once, whatever happens on the way."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import clock
from bot.conversations import played, registry, states
from bot.database import session_scope
from bot.database.models import ContactRequest, Draft, RequestReference, Submission
from bot.database.models.conversations import ConversationState, ConversationTurn, PlayedKey
from bot.errors import PartDown, RequestRefused, TurnLost
from bot.requests import drafts
from tests.helpers.door import Door, code_of
from tests.helpers.requests import fill, send


def turns() -> int:
    """Messages stored."""
    with session_scope() as session:
        return len(session.scalars(select(ConversationTurn)).all())


def test_the_same_key_gives_the_same_answer(door: Door) -> None:
    """Played once, even when the text differs; a key of another conversation is another key."""
    first = door.send({"text": "je me sépare", "key": "k"})
    played_once = turns()

    assert door.send({"text": "autre chose", "key": "k"}).content == first.content
    assert turns() == played_once
    assert door.open().send({"text": "bonjour", "key": "k"}).status_code == 200
    assert turns() == played_once + 2


def test_the_same_key_at_the_same_time(door: Door) -> None:
    """Ten at once: ten times the same answer, one turn."""
    before, answers = turns(), []
    door.rasa.seconds = 0.2
    threads = [threading.Thread(target=lambda: answers.append(door.send({"text": "oui", "key": "k"}))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 10
    assert len({answer.content for answer in answers}) == 1
    assert turns() == before + 1


def test_an_answer_lost_on_the_way_is_found_again(door: Door) -> None:
    """The turn was kept, then Rasa died: the person gets the answer of that turn, and it is not played again."""
    door.rasa.lost = True
    answer = door.send({"text": "je me sépare", "key": "k"})

    assert answer.status_code == 200
    assert answer.json()["messages"][-1]["ask"] == "beneficiaire_rsa"
    assert turns() == 2


def test_a_refused_choice_gives_its_key_back(door: Door) -> None:
    """409, then the same key may carry another message."""
    assert code_of(door.send({"choice": "absent", "key": "k"})) == (409, "choix_absent")
    assert door.send({"choice": "separation", "key": "k"}).status_code == 200


def test_a_key_left_by_a_door_that_died_is_taken_over(door: Door) -> None:
    """After ten seconds without an answer, the message may be played."""
    left_at = clock.now() - timedelta(seconds=30)
    assert played.claim(door.id, "k", left_at)
    assert not played.claim(door.id, "k", left_at + timedelta(seconds=2))

    assert door.send({"text": "bonjour", "key": "k"}).status_code == 200


def test_a_turn_does_not_count_once_its_key_is_given_back(door: Door) -> None:
    """The door gave up: what Rasa plays after that is not kept, state included."""
    before = states.load(door.id)
    assert before is not None
    claim = played.Claim("k", played.seal_of(door.token))
    late = states.Outcome({"slots": {}, "loop": "demande_form"}, None, before.updated_at, [], claim)

    with pytest.raises(TurnLost):
        states.save(door.id, late, clock.now())
    assert states.load(door.id) == before


def test_a_turn_past_its_deadline_is_not_kept(door: Door) -> None:
    """The same for a message without a key."""
    before = states.load(door.id)
    assert before is not None

    with pytest.raises(TurnLost):
        states.save(door.id, states.Outcome({}, None, before.updated_at, deadline=clock.now().timestamp() - 1), clock.now())
    assert states.load(door.id) == before


def test_two_turns_from_the_same_state_are_one(door: Door) -> None:
    """Two Rasa servers without a common lock: the second finds the state replaced, and keeps nothing."""
    before = states.load(door.id)
    assert before is not None
    states.save(door.id, states.Outcome({"n": 1}, None, before.updated_at), clock.now())

    with pytest.raises(TurnLost):
        states.save(door.id, states.Outcome({"n": 2}, None, before.updated_at), clock.now())
    with pytest.raises(TurnLost):
        states.save(door.id, states.Outcome({"n": 3}, None, None), clock.now())
    assert states.load(door.id).state == {"n": 1}


def test_an_erased_conversation_takes_nothing(door: Door) -> None:
    """A turn under way when the person erases the conversation leaves nothing behind."""
    before = states.load(door.id)
    door.client.delete(f"/api/conversations/{door.id}", headers={"Authorization": f"Bearer {door.token}"})

    with pytest.raises(TurnLost):
        states.save(door.id, states.Outcome({"n": 1}, None, before.updated_at), clock.now())
    assert states.load(door.id) is None


def test_a_conversation_that_asks_to_be_forgotten_goes_on(door: Door) -> None:
    """« Effacez mes données » empties what was kept; the turn that asked it still counts, and so does the next one."""
    states.save(door.id, states.Outcome({"slots": {"dossier": {"caf": "aisne"}}}, None, states.load(door.id).updated_at), clock.now())
    before = states.load(door.id)
    with session_scope() as session:
        registry.erase_past(session, door.id)
    assert states.load(door.id).state == registry.EMPTY_STATE

    states.save(door.id, states.Outcome({"slots": {}, "loop": None}, None, before.updated_at), clock.now())
    assert door.send({"text": "bonjour"}).status_code == 200


def test_erasing_through_the_door_leaves_the_request_sent_and_nothing_else(door: Door) -> None:
    """Quick exit: state, messages, draft and link to the request go; the request stays for the agent to call."""
    reference = send(door.id).reference
    with session_scope() as session:
        fill(session, door.id, clock.now(), nom="Brouillon")
    door.send({"text": "je me sépare", "key": "k"})
    assert door.client.delete(f"/api/conversations/{door.id}", headers={"Authorization": f"Bearer {door.token}"}).status_code == 204

    with session_scope() as session:
        for model in (ConversationState, ConversationTurn, PlayedKey, Draft, Submission):
            assert session.query(model).filter_by(conversation_id=door.id).count() == 0, model
        row = session.get(RequestReference, reference)
        assert (row.conversation_id, session.get(ContactRequest, row.request_id).nom) == (None, "Exemple")


def test_a_turn_under_way_keeps_no_detail_of_an_erased_conversation(door: Door) -> None:
    """The action that was about to note a name finds that it may not."""
    door.client.delete(f"/api/conversations/{door.id}", headers={"Authorization": f"Bearer {door.token}"})

    with session_scope() as session, pytest.raises(RequestRefused, match="erased"):
        drafts.put(session, door.id, "consentement", "v1", clock.now())


def test_answers_kept_under_a_key_are_sealed(door: Door) -> None:
    """The database alone does not give back what was answered."""
    door.send({"text": "je me sépare", "key": "k"})
    with session_scope() as session:
        kept = session.scalars(select(PlayedKey)).one().answer

    assert b"RSA" not in kept
    assert played.answer(door.id, "k", door.token)["messages"]


def test_a_twin_of_a_turn_that_fails_is_told(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for an answer that never comes ends with 503."""
    monkeypatch.setattr("bot.door.api.WAIT_FOR_TWIN", 0.2)
    played.claim(door.id, "k", clock.now())
    door.rasa.fault = PartDown("down")

    assert code_of(door.send({"text": "bonjour", "key": "k"})) == (503, "indisponible")

"""Kill -9 at every step of a submission, and several processes at once: never lost, never doubled."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.database import session_scope
from bot.database.models import ContactRequest, Draft, OutboxEvent, RequestChange, RequestReference
from bot.requests import drafts
from bot.requests import requests as service
from tests.helpers.requests import NOW, a_context, fill, send

pytestmark = pytest.mark.usefixtures("database")

ROOT = Path(__file__).resolve().parents[2]
BEFORE, AFTER = ("child:filled", "submit:checked"), ("submit:stored", "child:committed")
POINTS = (*BEFORE, "submit:request", "submit:keys", "submit:outbox", *AFTER)
POINTS_OF_A_CHANGE = (*BEFORE, "submit:change", "submit:alias", *AFTER)


def start(*arguments: str) -> subprocess.Popen[str]:
    """A child ready to send."""
    command = [sys.executable, "-m", "tests.helpers.child", *arguments]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout.readline() == "ready\n", child.stderr.read()
    return child


def go(children: list[subprocess.Popen[str]]) -> list[str]:
    """Let the children send, all together; what each printed. One that fails without being killed fails the test with its own words."""
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    told = [child.communicate(timeout=60) for child in children]
    failed = [errors for child, (_, errors) in zip(children, told, strict=True) if child.returncode not in (0, -signal.SIGKILL)]
    assert not failed, "\n".join(failed)
    return [said.strip() for said, _ in told]


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_step_then_sent_again(point):
    """Whatever the step at which the process dies, sending again ends with one request, one reference, one mail to send."""
    child = start("conversation-1", point)
    go([child])
    assert child.returncode == -signal.SIGKILL

    with session_scope() as session:
        if session.query(ContactRequest).count() == 0:
            assert drafts.read(session, "conversation-1"), "killed before the end: the draft must still be there"
        sent = service.submit(session, "conversation-1", a_context(), NOW)

    with session_scope() as session:
        assert session.query(ContactRequest).one().reference == sent.reference
        assert session.query(RequestReference).count() == 1
        assert session.query(OutboxEvent).count() == 1
        assert session.query(Draft).count() == 0


@pytest.mark.parametrize("point", POINTS_OF_A_CHANGE)
def test_a_change_from_elsewhere_killed_at_any_step_then_sent_again(point):
    """The same person from another conversation: still one request, one change to accept, one mail more, one fresh reference."""
    first = send("conversation-0").reference
    child = start("conversation-1", point)
    go([child])
    assert child.returncode == -signal.SIGKILL

    with session_scope() as session:
        second = service.submit(session, "conversation-1", a_context(), NOW).reference

    with session_scope() as session:
        assert session.query(ContactRequest).one().reference == first
        assert {row.reference for row in session.query(RequestReference)} == {first, second}
        assert session.query(RequestChange).one().state == "proposee"
        assert session.query(OutboxEvent).count() == 2
        assert session.query(Draft).count() == 0


def test_every_fault_point_of_a_submission_is_tried():
    """The list above names all the points in the code."""
    code = (ROOT / "bot/requests/submission.py").read_text(encoding="utf-8")

    assert set(re.findall(r'faults\.point\("([^"]+)"\)', code)) <= {*POINTS, *POINTS_OF_A_CHANGE}
    assert len(POINTS) > 5


def test_the_same_draft_sent_by_several_processes():
    """A double click reaching several servers: one request, and everybody is told the same reference."""
    with session_scope() as session:
        fill(session, "conversation-1")

    answers = go([start("conversation-1") for _ in range(4)])

    with session_scope() as session:
        request = session.query(ContactRequest).one()
        assert set(answers) == {request.reference}


def test_the_same_person_from_several_conversations_at_once():
    """Four servers store the same person: one request, four references, three changes to accept."""
    answers = go([start(f"conversation-{number}") for number in range(4)])

    with session_scope() as session:
        request = session.query(ContactRequest).one()
        references = {row.reference for row in session.query(RequestReference).filter_by(request_id=request.id)}
        assert references == set(answers)
        assert len(references) == 4

"""The background process: each job at its pace, a failing one stops nobody."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest

from bot.database import session_scope
from bot.database.models import Draft, OutboxEvent
from bot.errors import PartDown
from bot.jobs import schedule
from bot.jobs.loop import Job, run_forever, tick
from bot.requests import drafts
from tests.helpers.requests import NOW, send

pytestmark = pytest.mark.usefixtures("sqlite_url")


def test_each_job_runs_at_its_own_pace():
    """Due at once, then after each interval."""
    runs = []
    jobs = [
        Job("fast", timedelta(seconds=10), lambda now: runs.append("fast") or 0),
        Job("slow", timedelta(minutes=1), lambda now: runs.append("slow") or 0),
    ]

    for seconds in (0, 5, 10, 20, 60):
        tick(jobs, NOW + timedelta(seconds=seconds))

    assert runs.count("fast") == 4
    assert runs.count("slow") == 2


@pytest.mark.parametrize("error", [PartDown("the database is down"), ValueError("a bug, and +33639980001")])
def test_a_failing_job_stops_nobody_and_says_nothing_personal(error, capsys):
    """The others run; it is tried again; an unexpected error is logged by its kind alone."""
    runs = []

    def fail(now):
        raise error

    jobs = [Job("failing", timedelta(seconds=1), fail), Job("other", timedelta(seconds=1), lambda now: runs.append(now) or 1)]
    for seconds in (0, 2):
        tick(jobs, NOW + timedelta(seconds=seconds))

    output = capsys.readouterr()
    assert len(runs) == 2
    assert "39980001" not in output.out + output.err


def test_the_loop_stops_when_told():
    """Stopping does not wait for the next pause."""
    stop = threading.Event()
    jobs = [Job("stopping", timedelta(seconds=1), lambda now: stop.set() or 0)]
    started = time.perf_counter()

    run_forever(jobs, lambda: NOW, stop, pause=30)

    assert time.perf_counter() - started < 5


def test_silent_drafts_are_forgotten():
    """After an hour, whether or not the person comes back."""
    with session_scope() as session:
        drafts.put(session, "conversation", "consentement", "v1", NOW)

    assert schedule.forget_drafts(NOW + timedelta(minutes=59)) == 0
    assert schedule.forget_drafts(NOW + timedelta(minutes=61)) == 1
    with session_scope() as session:
        assert session.query(Draft).count() == 0


def test_the_purge_runs_once_a_day():
    """The day's purge is noted in the database: two processes, or a restart, do not run it again."""
    send()
    late = NOW + timedelta(days=200)
    with session_scope() as session:
        session.query(OutboxEvent).update({"state": "envoye"})

    assert schedule.purge_daily(late) > 0
    assert schedule.purge_daily(late + timedelta(hours=3)) == 0
    assert schedule.purge_daily(late + timedelta(days=1)) == 0


def test_the_process_stops_cleanly(tmp_path):
    """SIGTERM ends it at once, with exit code 0."""
    process = subprocess.Popen([sys.executable, "-m", "bot.jobs"], stderr=subprocess.PIPE, text=True)
    assert "started" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)

    assert process.wait(20) == 0

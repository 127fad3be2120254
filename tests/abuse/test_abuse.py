"""A short sample of `make abuse`, on the real processes."""

from __future__ import annotations

import os

import pytest

from tests.abuse.run import attack, faults_in
from tests.conftest import RunningServer

pytestmark = pytest.mark.system


def test_hostile_messages_break_nothing(repere_server: RunningServer) -> None:
    """A few hundred seeded messages: no 5xx, no traceback, no fault in the logs."""
    log = repere_server.var / "processes.log"
    before = len(log.read_text(errors="replace"))

    tally = attack(repere_server.base_url, int(os.environ.get("ABUSE_SAMPLE", "240")))

    assert not tally.wrong, tally.wrong[:5]
    assert len(tally.kinds) > 10
    assert not faults_in(log.read_text(errors="replace")[before:])

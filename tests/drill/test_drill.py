"""A short sample of `make drill`: a part killed, a part that hangs, a database that is locked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drill import faults
from tests.drill.scenario import play
from tests.helpers.stack import Stack

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The processes, on SQLite."""
    made = Stack(tmp_path_factory.mktemp("drill"))
    made.migrate()
    made.start()
    try:
        made.wait()
        yield made
    finally:
        made.stop()


def database(stack: Stack) -> Path:
    """Its SQLite file."""
    return stack.var / "repere.db"


@pytest.mark.parametrize("name", ["actions killed", "rasa hung", "database locked"])
def test_nothing_is_lost_or_doubled(stack: Stack, name: str) -> None:
    """A clear message in time, then the conversation goes to its end: one request, stored once."""
    fault = {
        "actions killed": lambda: faults.killed(stack, "actions1"),
        "rasa hung": lambda: faults.hung(stack, "rasa1"),
        "database locked": lambda: faults.locked(database(stack)),
    }[name]
    phone = f"06 39 98 10 {len(name):02d}"

    outcome = play(name, stack.url(), phone, fault, f"sqlite:///{database(stack)}")

    assert outcome.wrong == ()
    assert outcome.refusals > 0
    assert "Traceback" not in stack.logs()

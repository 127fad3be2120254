"""Facts heard in words, on the examples of heard.yml: what must be stored, and what must not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility import read_facts
from bot.nlu.heard import extract_heard
from bot.nlu.mentions import extract_mentions
from tests.nlu_parsers.conftest import examples

TODAY = date(2026, 11, 22)


def hear(text: str, audience: str) -> dict[str, Any]:
    """The facts of a message."""
    return extract_heard(text, extract_mentions(text, TODAY, audience), TODAY, audience)


def unwanted(name: str, value: Any, heard: dict[str, Any]) -> bool:
    """True when a fact that must not be heard is: any value for lists and dates, that value for the others."""
    return name in heard and (not isinstance(value, bool) or heard[name] == value)


@pytest.mark.parametrize(("audience", "text", "expected"), examples("heard"))
def test_heard(audience: str, text: str, expected: dict[str, Any]) -> None:
    """What the words mean is stored, and what they do not mean is not."""
    heard = hear(text, audience)
    wanted = {name: value for name, value in expected.items() if not name.startswith("-")}
    refused = {name[1:]: value for name, value in expected.items() if name.startswith("-")}

    assert wanted == {name: heard.get(name) for name in wanted}
    assert not [name for name, value in refused.items() if unwanted(name, value, heard)]


@pytest.mark.parametrize(("audience", "text", "expected"), examples("heard"))
def test_facts_agree(audience: str, text: str, expected: dict[str, Any]) -> None:
    """The facts heard in one message are known, well typed, and do not contradict one another."""
    assert read_facts(hear(text, audience), TODAY) is not None

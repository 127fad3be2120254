"""How long things are kept is said in several places: they all say what the settings say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import settings
from bot.door import pages
from bot.errors import BadInput
from bot.requests import throttle
from bot.workspace import sessions

ROOT = Path(__file__).resolve().parent.parent
REGISTER = (ROOT / "docs" / "rgpd.md").read_text(encoding="utf-8")
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
DEFAULTS = {setting.name: setting.default for setting in settings.SETTINGS}


def page() -> str:
    """The privacy page as people read it."""
    return TestClient(Starlette(routes=pages.routes())).get("/confidentialite").text


def test_the_register_says_the_defaults() -> None:
    """Each duration of docs/rgpd.md followed by its setting is that setting's default, and none of the kept things is left out."""
    said = re.findall(r"(\d+) (?:minutes|jours|mois)[^|()]*\(`(REPERE_\w+)`\)", REGISTER)
    assert {name for _, name in said} >= {*settings.DURATIONS, "REPERE_RECEIPT_DAYS", "REPERE_AUDIT_MONTHS", "REPERE_SESSION_MINUTES"}
    assert [(number, name) for number, name in said if number != DEFAULTS[name]] == []
    assert f"{int(sessions.LONGEST.total_seconds()) // 3600} heures au plus" in REGISTER
    assert f"ferment le suivi {'une heure' if throttle.CLOSED_FOR.total_seconds() == 3600 else '?'}" in REGISTER


def test_the_conversation_says_the_defaults() -> None:
    """The consent text and « que devient ce que je dis ? » give the months and days of the settings."""
    consent = [item["text"] for name in RESPONSES if name.startswith("utter_question_consentement") for item in RESPONSES[name]]
    privacy = [item["text"] for item in RESPONSES["utter_confidentialite"]]
    months = [number for text in consent for number in re.findall(r"(\d+) mois", text)]
    days = [number for text in privacy for number in re.findall(r"(\d+) jours", text)]
    assert months
    assert days
    assert set(months) == {DEFAULTS["REPERE_REQUEST_MONTHS"]}
    assert set(days) == {DEFAULTS["REPERE_CONVERSATION_DAYS"]}


@pytest.mark.parametrize("name", settings.DURATIONS)
def test_the_privacy_page_follows_the_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every duration shown is read from the settings: none is written in the page."""
    assert not re.search(r"\d+ (?:minutes|jours|mois)|une heure", (pages.HERE / "templates" / "confidentialite.html").read_text())
    assert f" {DEFAULTS[name]} " in page()
    monkeypatch.setenv(name, "7")
    assert re.search(r" 7 (?:minutes|jours|mois) ", page())


@pytest.mark.parametrize("name", settings.PROMISED)
def test_nothing_is_kept_longer_than_people_are_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A longer duration refuses to start; a shorter one is fine."""
    monkeypatch.setenv(name, str(int(DEFAULTS[name]) - 1))
    settings.check_promises()
    monkeypatch.setenv(name, str(int(DEFAULTS[name]) + 1))
    with pytest.raises(BadInput, match=name):
        settings.check_promises()

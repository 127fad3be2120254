"""The figures of the door: what they count, and who may read them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot import clock
from bot.errors import PartDown
from tests.helpers.door import Door, code_of
from tests.helpers.door import door as running_door
from tests.helpers.requests import send


def figure(page: str, name: str) -> float:
    """Value of one line of the page, 0 when absent."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_turns_acts_journeys_and_errors_are_counted(door: Door) -> None:
    """Each turn is counted once, by outcome; time by part too."""
    before = door.client.get("/metrics").text
    door.send({"text": "je me sépare"})
    door.rasa.fault = PartDown("down")
    door.send({"text": "bonjour"})
    after = door.client.get("/metrics").text

    def grew(name: str) -> float:
        return figure(after, name) - figure(before, name)

    assert grew('repere_turns_total{audience="allocataire",outcome="answered"}') == 1
    assert grew('repere_turns_total{audience="allocataire",outcome="down"}') == 1
    assert grew('repere_acts_total{act="situation"}') == 1
    assert grew('repere_journeys_total{journey="orientation",step="begun"}') == 1
    assert grew('repere_part_seconds_count{part="turn"}') == 2
    assert grew('repere_errors_total{kind="part_down",part="door"}') == 1
    assert grew('repere_refusals_total{code="indisponible"}') == 1
    assert grew('repere_http_responses_total{area="api",status="503"}') == 1


def test_requests_and_outbox_are_read_from_the_database(sqlite_url: str) -> None:
    """By status and state, with the age of the oldest mail still to be sent."""
    send(now=clock.now() - timedelta(minutes=5))
    with running_door() as door:
        page = door.client.get("/metrics").text

    assert figure(page, 'repere_requests{status="nouvelle"}') == 1
    assert figure(page, 'repere_outbox{state="a_envoyer"}') >= 1
    assert figure(page, "repere_outbox_oldest_seconds") > 299


def test_the_public_does_not_see_them(sqlite_url: str) -> None:
    """From another machine, or through a proxy of this one, the page does not exist."""
    with running_door(peer="203.0.113.7") as door:
        assert code_of(door.client.get("/metrics")) == (404, "introuvable")
    with running_door() as door:
        assert door.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
        assert door.client.get("/metrics").status_code == 200


def test_a_key_opens_them_from_elsewhere(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a key is set, it is needed from this machine too."""
    monkeypatch.setenv("REPERE_METRICS_KEY", "clef")
    with running_door(peer="203.0.113.7") as door:
        assert door.client.get("/metrics", headers={"Authorization": "Bearer clef"}).status_code == 200
        assert door.client.get("/metrics", headers={"Authorization": "Bearer fausse"}).status_code == 404
    with running_door() as door:
        assert door.client.get("/metrics").status_code == 404


def test_nobody_is_in_the_figures(door: Door) -> None:
    """Neither ids, tokens nor words."""
    door.send({"text": "je m'appelle Camille"})
    page = door.client.get("/metrics").text

    assert door.id not in page
    assert "Camille" not in page

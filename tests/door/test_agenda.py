"""/api/requests: what a Caf's own agenda reads, and what it never does."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import session_scope
from bot.database.models import AccessAudit
from bot.door import app
from bot.errors import BadInput
from bot.requests import agenda, life_cycle, retention, search
from bot.requests.status import Status
from tests.door.test_openapi import MANY, conforms
from tests.helpers.door import Door, code_of
from tests.helpers.requests import NOW, a_context, send

KEY, DIGEST = agenda.new_key()
OTHER, OTHER_DIGEST = agenda.new_key()


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for Aisne and one for Isère."""
    monkeypatch.setenv("REPERE_AGENDA_KEYS", f"aisne={DIGEST}, isere={OTHER_DIGEST}")


def read(door: Door, key: str = KEY, **query: Any) -> Any:
    """One reading."""
    return door.client.get("/api/requests", params=query, headers={"Authorization": f"Bearer {key}"})


def references(answer: Any) -> list[str]:
    """The references of a page."""
    return [line["reference"] for line in answer.json()["requests"]]


def plant(count: int) -> list[str]:
    """Requests of Aisne, a minute apart."""
    return [send(f"c{n}", NOW + timedelta(minutes=n), telephone=f"063998000{n}").reference for n in range(count)]


def test_a_caf_reads_its_own_requests_and_nothing_that_names_anybody(door: Door) -> None:
    """The shape described, without name, contact, offer nor situation; another Caf's are not there."""
    own = send(email="camille@exemple.fr", numero_allocataire="1234567").reference
    foreign = send("c", telephone="0639980003", context=a_context(caf="isere", offre="isere/cap_projets")).reference

    answer = read(door)

    conforms("get", "/api/requests", answer)
    assert (references(answer), references(read(door, OTHER))) == ([own], [foreign])
    assert not any(word in answer.text.lower() for word in ('exemple"', "camille", "39980001", "1234567", "separation"))


def test_pages_follow_each_other_without_gap_nor_repeat(door: Door) -> None:
    """Three pages of two, in the order of the last change."""
    planted, seen, after = plant(5), [], None
    for _ in range(3):
        answer = read(door, limit=2, **({"after": after} if after else {}))
        seen += references(answer)
        after = answer.json()["next"]

    assert seen == planted
    assert after is None


def test_since_gives_what_changed(door: Door) -> None:
    """A request moved comes back with its appointment; the others do not."""
    planted = plant(3)
    later = NOW + timedelta(hours=2)
    with session_scope() as session:
        request = search.find(session, planted[0])
        life_cycle.move(session, request, Status.BOOKED, "agent:1", later, rdv_at=NOW + timedelta(days=2), rdv_mode="agence")

    (line,) = read(door, since=later.isoformat()).json()["requests"]
    assert (line["reference"], line["status"], line["rdv_at"]) == (planted[0], "rdv_fixe", "2026-11-25T10:00:00+01:00")
    assert references(read(door, since="2026-11-23")) == [*planted[1:], planted[0]]
    assert references(read(door, since="2026-11-24T00:00:00Z")) == []


def test_requests_made_anonymous_are_gone(door: Door) -> None:
    """Nothing can be done about them any more."""
    reference = plant(1)[0]
    with session_scope() as session:
        retention.anonymise(session, search.find(session, reference), NOW)

    assert references(read(door)) == []


@pytest.mark.parametrize("header", [None, "Bearer faux", f"Basic {KEY}", f"Bearer {DIGEST}", "Bearer "])
def test_without_its_key_nothing_is_read(door: Door, header: str | None) -> None:
    """Not even with the hash that the settings keep."""
    answer = door.client.get("/api/requests", headers={"Authorization": header} if header else {})

    assert code_of(answer) == (401, "cle_invalide")
    conforms("get", "/api/requests", answer)


def test_without_keys_in_the_settings_nobody_reads(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default."""
    monkeypatch.setenv("REPERE_AGENDA_KEYS", "")
    assert code_of(read(door)) == (401, "cle_invalide")


@given(query=st.dictionaries(st.sampled_from(["since", "after", "limit"]), st.text(max_size=60), max_size=3))
@MANY
def test_any_query_is_answered_as_described(door: Door, query: dict[str, str]) -> None:
    """Whatever is asked: 200 or 422."""
    answer = read(door, **query)
    conforms("get", "/api/requests", answer)
    assert answer.status_code in (200, 422)


def test_every_reading_is_audited(door: Door) -> None:
    """Which Caf's agenda, and how many lines."""
    plant(2)
    read(door)

    with session_scope() as session:
        rows = [(row.action, row.detail) for row in session.query(AccessAudit)]
    assert rows == [("agenda", "aisne, 2 lignes")]


@pytest.mark.parametrize("value", ["aisne", "aisne=court", f"={DIGEST}", f"aisne={KEY}"])
def test_malformed_keys_are_told_at_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """One line that names the setting; a key written instead of its hash is refused too."""
    monkeypatch.setenv("REPERE_AGENDA_KEYS", value)
    with pytest.raises(BadInput, match="REPERE_AGENDA_KEYS"):
        app.build()


def test_writing_is_not_possible(door: Door) -> None:
    """Read only."""
    for method in ("post", "put", "patch", "delete"):
        assert door.client.request(method, "/api/requests", headers={"Authorization": f"Bearer {KEY}"}).status_code == 405


def test_the_command_line_makes_a_key_that_opens(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is what the settings want; an unknown Caf is refused."""
    from click.testing import CliRunner

    from bot.cli.requests import command

    made = json.loads(CliRunner().invoke(command, ["agenda-key", "aisne"]).output)
    monkeypatch.setenv("REPERE_AGENDA_KEYS", made["setting"].partition("=")[2])
    assert read(door, made["key"]).status_code == 200
    assert isinstance(CliRunner().invoke(command, ["agenda-key", "nulle_part"]).exception, BadInput)

"""What an attacker may try: commands, odd characters, other sites, slow clients, pages not for the public."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.door import bodies, patience, protocol
from bot.door.app import build
from tests.helpers.door import Door, FakeRasa, code_of
from tests.helpers.door import door as running_door

COMMANDS = [
    "/choix{}",
    '/choix{"choix":"oui"}',
    "//danger",
    " /restart",
    "/session_start",
    "\u200b/danger",
    "\u202e/danger",
    "/ / /x",
    "\n/a",
]


@pytest.mark.parametrize("text", [*COMMANDS, "/EXTERNAL: x", '/demarrer{"audience":"agent"}'])
def test_a_typed_slash_is_never_a_command(door: Door, text: str) -> None:
    """What Rasa is given never begins with its command sign, and the audience stays that of the conversation."""
    assert door.send({"text": text}).status_code == 200
    assert not door.rasa.played[-1]["text"].lstrip().startswith("/")
    assert door.rasa.played[-1]["metadata"]["audience"] == "allocataire"


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_cleaned(text: str) -> None:
    """No control or direction character, no pile of accents, no leading slash; cleaning twice changes nothing."""
    cleaned = bodies.clean(text)
    assert bodies.clean(cleaned) == cleaned
    assert not any(char in cleaned for char in "\x00\x1b\u202e\u2066\u200b")
    assert not bodies.as_typed(cleaned).startswith("/")
    cleaned.encode("utf-8")


def test_zalgo_is_cut_and_french_is_kept() -> None:
    """At most two accents are stacked; accents, emojis, « œ » and curly apostrophes stay."""
    zalgo = "a" + "\u0300\u0301\u0302\u0303" * 10
    assert len(bodies.clean(zalgo)) <= 3
    assert bodies.clean("l’œuf de Noël à Chauny 👶🏽, ça va ?") == "l’œuf de Noël à Chauny 👶🏽, ça va ?"


def test_a_choice_is_data_and_not_a_command(door: Door) -> None:
    """A choice on offer reaches Rasa as the value of one entity, whatever its id holds."""
    door.send({"choice": "separation"})
    assert door.rasa.played[-1]["text"] == '/choix{"choix": "separation"}'
    assert json.loads(bodies.as_choice('x"}/danger').removeprefix("/choix")) == {"choix": 'x"}/danger'}


@pytest.mark.parametrize("path", ["/", "/agent/connexion", "/api/health/live", "/widget.js", "/nulle-part", "/api/conversations"])
def test_every_answer_has_the_security_headers(door: Door, path: str) -> None:
    """Pages, interface, errors."""
    headers = door.client.get(path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert "server" not in headers


def test_conversations_are_not_kept_by_caches(door: Door) -> None:
    """Neither the token nor the messages."""
    assert door.send({"text": "bonjour"}).headers["Cache-Control"] == "no-store"


def test_pages_are_not_kept_by_browsers(door: Door) -> None:
    """« Back » after a quick exit asks the server again: nothing comes out of a cache."""
    for path in ("/", "/confidentialite", "/accessibilite"):
        assert door.client.get(path).headers["Cache-Control"] == "no-store", path


def test_the_contact_for_accessibility_is_a_setting(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its absence is said; once given, it is a link."""
    assert "pas encore d’adresse" in door.client.get("/accessibilite").text
    monkeypatch.setenv("REPERE_ACCESSIBILITY_CONTACT", "acces@caf.example")
    assert 'href="mailto:acces@caf.example"' in door.client.get("/accessibilite").text


def test_other_sites_may_not_read_by_default(door: Door) -> None:
    """CORS is closed, until an origin is named; then only that one."""
    asked = {"Origin": "https://ailleurs.example", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in door.client.options("/api/conversations", headers=asked).headers
    assert "Access-Control-Allow-Origin" not in door.client.post("/api/conversations", headers=asked).headers


def test_only_the_origins_named_may_read(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when a conversation is refused, the site that embeds us can read why."""
    monkeypatch.setenv("REPERE_CORS_ORIGINS", "https://caf.example")
    with running_door() as door:
        door.open()
        ours = door.send({"text": ""}, headers={"Origin": "https://caf.example"})
        other = door.send({"text": ""}, headers={"Origin": "https://ailleurs.example"})
    assert ours.headers["Access-Control-Allow-Origin"] == "https://caf.example"
    assert "Retry-After" in ours.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in other.headers


def test_ids_and_tokens_are_not_alike(door: Door) -> None:
    """A thousand of them share no beginning: 128 and 256 random bits."""
    opened = [door.client.post("/api/conversations").json() for _ in range(200)]
    assert len({one["id"][:8] for one in opened}) > 195
    assert len({one["token"][:8] for one in opened}) == 200


def test_a_part_that_hangs_is_given_up(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer in time, with a way out, whatever hangs behind the door."""
    monkeypatch.setattr(patience, "ANSWER_SECONDS", 0.3)
    with running_door(FakeRasa()) as door:
        door.open()
        door.rasa.seconds = 5
        began = time.monotonic()
        assert code_of(door.send({"text": "bonjour"})) == (503, "indisponible")
        assert time.monotonic() - began < 2


@pytest.fixture
def address(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """The door on a real socket, little patient."""
    monkeypatch.setattr(protocol, "HEADERS_SECONDS", 0.5)
    monkeypatch.setattr(patience, "BODY_SECONDS", 0.5)
    served = {"http": protocol.ImpatientProtocol, "ws": "none", "h11_max_incomplete_event_size": 32_768}
    server = uvicorn.Server(uvicorn.Config(build, factory=True, port=0, log_level="critical", **served))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[:2]
    server.should_exit = True
    thread.join(10)


def talk(address: tuple[str, int], *parts: bytes, pause: float = 0.0) -> bytes:
    """What the door answers to bytes sent one part after the other; b"" when it just closes."""
    with socket.create_connection(address, timeout=8) as connection:
        received = b""
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            while chunk := connection.recv(65_536):
                received += chunk
                if b"\r\n\r\n" in received:
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
        return received


def test_slow_headers_are_cut(address: tuple[str, int]) -> None:
    """One header line now and then (slow-loris) does not hold a connection."""
    began = time.monotonic()
    assert talk(address, b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 20, pause=0.1) == b""
    assert time.monotonic() - began < 5


def test_a_slow_body_is_refused(address: tuple[str, int]) -> None:
    """408 when the body announced does not come."""
    head = b"POST /api/conversations HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"
    assert talk(address, head).startswith(b"HTTP/1.1 408")


def test_huge_headers_are_refused(address: tuple[str, int]) -> None:
    """4xx, and nothing kept in memory."""
    assert talk(address, b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 400_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize("first", [b"\x16\x03\x01\x02\x00", b"GET /\r\n\r\n", b"POST / HTTP/9.9\r\n\r\n", b"\x00" * 50 + b"\r\n\r\n"])
def test_what_is_not_http_is_refused(address: tuple[str, int], first: bytes) -> None:
    """Never a 5xx."""
    assert not talk(address, first).startswith(b"HTTP/1.1 5")


def test_two_lengths_are_refused(address: tuple[str, int]) -> None:
    """A request that a proxy and the door could cut differently (smuggling) is refused."""
    head = b"POST /api/conversations HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}"
    assert talk(address, head).startswith(b"HTTP/1.1 400")

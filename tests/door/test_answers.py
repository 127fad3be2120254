"""Every answer that the contract promises (§4), and the order in which a request is checked."""

from __future__ import annotations

import pytest

from bot.conversations import registry
from bot.database import read_scope
from bot.errors import PartDown
from tests.helpers.door import Door, FakeRasa, code_of
from tests.helpers.door import door as running_door
from tests.helpers.workspace import PASSWORD, make_agent

FIVE_KEYS = {"text", "choices", "ask", "offers", "request"}


def test_a_conversation_opens(door: Door) -> None:
    """201 with an id, a token and the first messages, each with its five keys."""
    answer = door.client.post("/api/conversations")

    assert answer.status_code == 201
    body = answer.json()
    assert len(body["id"]) == 32
    assert len(body["token"]) >= 40
    assert all(set(message) == FIVE_KEYS for message in body["messages"])


def test_a_message_is_answered(door: Door) -> None:
    """200 with messages; text and choice both work."""
    assert door.send({"text": "je me sépare"}).json()["messages"][-1]["ask"] == "beneficiaire_rsa"
    assert door.send({"choice": "oui"}).status_code == 200


def test_erasing_gives_204_then_410(door: Door) -> None:
    """Erased, a conversation answers 410 to its own token, and does not play."""
    headers = {"Authorization": f"Bearer {door.token}"}

    assert door.client.delete(f"/api/conversations/{door.id}", headers=headers).status_code == 204
    assert code_of(door.send({"text": "bonjour"})) == (410, "effacee")
    assert door.client.delete(f"/api/conversations/{door.id}", headers=headers).status_code == 410


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic dXNlcg==", "Bearer faux", "Bearer " + "x" * 5000, "é"])
def test_without_the_token_nothing_is_told(door: Door, authorization: str | None) -> None:
    """401 whatever is wrong with it, whether the conversation exists or not."""
    headers = {} if authorization is None else {"Authorization": authorization.encode()}
    for conversation in (door.id, "0" * 32, "n'existe pas"):
        answer = door.client.post(f"/api/conversations/{conversation}/messages", json={"text": "bonjour"}, headers=headers)
        assert code_of(answer) == (401, "jeton_invalide")


def test_the_token_of_another_conversation_opens_nothing(door: Door) -> None:
    """401 on a conversation that exists, 404 on one that does not; nothing is played or erased."""
    other = door.client.post("/api/conversations").json()
    played = len(door.rasa.played)

    assert code_of(door.send({"text": "bonjour"}, conversation=other["id"])) == (401, "jeton_invalide")
    assert code_of(door.send({"text": "bonjour"}, conversation="0" * 32)) == (404, "inconnue")
    assert door.client.delete(f"/api/conversations/{other['id']}", headers={"Authorization": f"Bearer {door.token}"}).status_code == 401
    assert len(door.rasa.played) == played


@pytest.mark.parametrize("choice", ["non_offert", "", "oui", '{"choix":"oui"}', "/choix"])
def test_a_choice_that_is_not_on_offer_is_refused(door: Door, choice: str) -> None:
    """409, and the turn is not played."""
    assert code_of(door.send({"choice": choice})) == (409, "choix_absent")
    assert len(door.rasa.played) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": None},
        {"text": 3},
        {"text": ["a"]},
        {"text": {"a": "b"}},
        {"text": True},
        {"choice": 1},
        {"text": "a", "choice": "oui"},
        {"text": "a", "key": ""},
        {"text": "a", "key": 5},
        {"text": "a", "key": "k" * 129},
        [],
        "texte",
        3,
        None,
    ],
)
def test_a_malformed_message_is_refused(door: Door, body: object) -> None:
    """422, never played."""
    assert code_of(door.send(content=b"null" if body is None else None, json=body if body is not None else None)) == (422, "mal_forme")
    assert len(door.rasa.played) == 1


@pytest.mark.parametrize(
    "content", [b"{", b"\xff\xfe", b"[" * 30_000, b'{"text":' * 5_000, b'{"text": NaN}', b"\x00", b'{"text": "\\ud800"}x']
)
def test_what_is_not_json_is_refused(door: Door, content: bytes) -> None:
    """422, deep nesting included."""
    assert code_of(door.send(content=content)) == (422, "mal_forme")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b\u200f", "\x00\x07"])
def test_an_empty_message_is_refused(door: Door, text: str) -> None:
    """422, also when only invisible characters are left."""
    assert code_of(door.send({"text": text})) == (422, "vide")


def test_a_long_message_is_refused(door: Door) -> None:
    """2,000 characters are taken, 2,001 and a huge body are not."""
    assert door.send({"text": "é" * 2000}).status_code == 200
    assert code_of(door.send({"text": "é" * 2001})) == (413, "trop_long")
    assert code_of(door.send({"text": "a" * 10_000})) == (413, "trop_long")
    assert code_of(door.send(content=b'{"text":"' + b"a" * 200_000)) == (413, "trop_long")


def test_the_token_is_checked_before_everything(door: Door) -> None:
    """A wrong token gets 401 even with a body that would be refused."""
    assert code_of(door.send(content=b"{", token="faux")) == (401, "jeton_invalide")
    assert code_of(door.send({"text": "a" * 5000}, token="faux")) == (401, "jeton_invalide")


def test_too_fast_is_refused_then_let_in(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 with the seconds to wait; another conversation is not slowed."""
    monkeypatch.setenv("REPERE_BURST_MESSAGES", "3")
    monkeypatch.setenv("REPERE_MESSAGES_PER_MINUTE", "6")
    with running_door() as door:
        door.open()
        answers = [door.send({"text": "bonjour"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 10
        assert door.open().send({"text": "bonjour"}).status_code == 200


def test_a_flood_of_conversations_is_slowed(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 for the address that opens too many; forging the header of a proxy changes nothing."""
    monkeypatch.setenv("REPERE_BURST_CONVERSATIONS", "2")
    monkeypatch.setenv("REPERE_CONVERSATIONS_PER_MINUTE", "1")
    with running_door() as door:
        statuses = [door.client.post("/api/conversations", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert statuses == [201, 201, 429, 429]


def test_behind_our_proxy_each_address_has_its_own_pace(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last address of the header, which our proxy wrote, is the one counted."""
    monkeypatch.setenv("REPERE_BURST_CONVERSATIONS", "1")
    monkeypatch.setenv("REPERE_CONVERSATIONS_PER_MINUTE", "1")
    monkeypatch.setenv("REPERE_TRUSTED_PROXY", "1")
    with running_door() as door:
        seen = ["203.0.113.1", "forged, 203.0.113.1", "203.0.113.2"]
        statuses = [door.client.post("/api/conversations", headers={"X-Forwarded-For": value}).status_code for value in seen]
    assert statuses == [201, 429, 201]


def test_a_part_down_is_503_and_nothing_is_played(door: Door) -> None:
    """The person is told, with when to try again and whom to call; the same message is then played."""
    door.rasa.fault = PartDown("the Rasa server does not answer")
    answer = door.send({"text": "bonjour", "key": "k1"})
    door.rasa.fault = None

    assert code_of(answer) == (503, "indisponible")
    assert "3230" in answer.json()["error"]["message"]
    assert answer.headers["Retry-After"]
    assert door.send({"text": "bonjour", "key": "k1"}).status_code == 200


def test_a_fault_of_ours_shows_nothing(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """503 for the person, the type of the error for us: neither traceback nor text."""
    with running_door() as door:
        door.open()
        door.rasa.fault = ValueError("je m'appelle Camille")
        answer = door.send({"text": "bonjour"})
    logged = capsys.readouterr().err

    assert code_of(answer) == (503, "indisponible")
    assert answer.headers["Content-Security-Policy"]
    assert "ValueError" in logged
    assert "Camille" not in logged
    assert "Traceback" not in logged


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/api/conversations", (405, "methode")),
        ("PUT", "/api/conversations/x/messages", (405, "methode")),
        ("GET", "/api/nulle-part", (404, "introuvable")),
        ("GET", "/api/../../etc/passwd", (404, "introuvable")),
        ("GET", "/static/../app.py", (404, "introuvable")),
        ("GET", "/static/%2e%2e/app.py", (404, "introuvable")),
        ("POST", "/webhooks/rest/webhook", (404, "introuvable")),
        ("POST", "/model/parse", (404, "introuvable")),
    ],
)
def test_other_addresses(door: Door, method: str, path: str, expected: tuple[int, str]) -> None:
    """Nothing of Rasa and no file of ours is reachable through the door."""
    assert code_of(door.client.request(method, path)) == expected


def test_health_names_the_part_that_is_down(door: Door) -> None:
    """503 and its name; the door itself is alive and ready."""
    door.rasa.well = False
    answer = door.client.get("/api/health")

    assert answer.status_code == 503
    assert set(answer.json()["down"]) == {"rasa", "actions"}
    assert door.client.get("/api/health/live").status_code == 200
    assert door.client.get("/api/health/ready").status_code == 200


def test_an_unknown_audience_is_refused(door: Door) -> None:
    """422; `agent` is for signed-in agents in production."""
    assert door.client.post("/api/conversations", json={"audience": "admin"}).status_code == 422
    assert door.client.post("/api/conversations", json={"audience": ["agent"]}).status_code == 422
    assert door.client.post("/api/conversations", json={"audience": "partenaire"}).status_code == 201


def test_words_never_open_the_agent_audience(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In production an agent conversation needs a signed-in agent: a forged cookie does not do."""
    monkeypatch.setenv("REPERE_ENV", "production")
    monkeypatch.setenv("REPERE_SECRET", "s" * 40)
    with running_door(FakeRasa()) as door:
        assert code_of(door.client.post("/api/conversations", json={"audience": "agent"})) == (401, "agent_requis")
        forged = {"Cookie": "repere_agent=faux"}
        assert code_of(door.client.post("/api/conversations", json={"audience": "agent"}, headers=forged)) == (401, "agent_requis")


def test_an_agent_conversation_is_signed(sqlite_url: str) -> None:
    """Opened by a signed-in agent, a conversation keeps who: what is asked in it is signed. A family's keeps nobody."""
    make_agent()
    with running_door(FakeRasa()) as door:
        door.client.post("/agent/connexion", data={"identifiant": "agent", "mot_de_passe": PASSWORD})
        of_agent, of_family = door.open(audience="agent").id, door.open().id
    with read_scope() as session:
        assert registry.agent_of(session, of_agent) is not None
        assert registry.agent_of(session, of_family) is None

"""The door in this process, with a Rasa that keeps turns as the real one does but says what a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

from bot import clock
from bot.conversations import states, wire
from bot.door.app import build
from bot.errors import PartDown

HELLO = {
    "text": "Bonjour. Que se passe-t-il ?",
    "buttons": [{"payload": "separation", "title": "Une séparation"}],
    "custom": {"ask": "situation"},
}
NEXT = {
    "text": "Recevez-vous le RSA ?",
    "buttons": [{"payload": "oui", "title": "Oui"}, {"payload": "non", "title": "Non"}],
    "custom": {"ask": "beneficiaire_rsa"},
}


@dataclass
class FakeRasa:
    """Plays each turn through the real store of turns, and remembers what it was given."""

    played: list[dict[str, Any]] = field(default_factory=list)
    fault: Exception | None = None  # raised instead of playing
    lost: bool = False  # the turn is kept but its answer is lost on the way
    seconds: float = 0.0  # time that a turn takes
    well: bool = True

    async def play(self, conversation_id: str, text: str, metadata: dict[str, Any], claim: Any = None) -> dict[str, Any]:
        """Keep the turn and answer."""
        if self.fault is not None:
            raise self.fault
        await asyncio.sleep(self.seconds)
        self.played.append({"conversation": conversation_id, "text": text, "metadata": metadata})
        messages = wire.messages([HELLO if text == "/demarrer" else NEXT])
        before = states.load(conversation_id)
        said = states.Said(text=None, act="situation", confidence=1.0, ask=None)
        outcome = states.Outcome({"slots": {}, "loop": "orientation_form"}, said, before and before.updated_at, messages, claim)
        states.save(conversation_id, outcome, clock.now())
        if self.lost:
            raise PartDown("the Rasa server does not answer")
        return {"messages": messages, "turn": {"act": "situation", "before": None, "after": "orientation_form"}}

    async def alive(self) -> bool:
        """Whether it says it is well."""
        return self.well

    async def close(self) -> None:
        """Nothing to close."""


@dataclass
class Door:
    """A browser of the door, and the fake Rasa behind it."""

    client: TestClient
    rasa: FakeRasa
    id: str = ""
    token: str = ""

    def open(self, **body: Any) -> Door:
        """Open a conversation."""
        answer = self.client.post("/api/conversations", json=body)
        assert answer.status_code == 201, answer.text
        self.id, self.token = answer.json()["id"], answer.json()["token"]
        return self

    def send(self, body: Any = None, *, token: str | None = None, conversation: str | None = None, **more: Any) -> Any:
        """Send a message, raw when `content` is given."""
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"} | more.pop("headers", {})
        sent = more if body is None else {"json": body}
        return self.client.post(f"/api/conversations/{conversation or self.id}/messages", headers=headers, **sent)


@contextmanager
def door(rasa: FakeRasa | None = None, peer: str = "127.0.0.1") -> Iterator[Door]:
    """The door with its life cycle, on the database of the settings."""
    app = build()
    with TestClient(app, client=(peer, 50_000), follow_redirects=False) as client:
        app.state.rasa = rasa or FakeRasa()
        yield Door(client, app.state.rasa)


def code_of(answer: Any) -> tuple[int, str | None]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"] if answer.status_code >= 400 else None

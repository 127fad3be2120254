"""What tests share: the real processes, started once, and a person who talks with them through HTTP."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.helpers.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 240


@dataclass
class Person:
    """Someone who talks with the assistant, and remembers the last messages."""

    client: httpx.Client
    audience: str = "allocataire"
    messages: list[dict[str, Any]] = field(default_factory=list)
    id: str = ""
    token: str = ""

    def open(self) -> Person:
        """Open the conversation."""
        answer = self.client.post("/api/conversations", json={"audience": self.audience})
        assert answer.status_code == 201, answer.text
        body = answer.json()
        self.id, self.token, self.messages = body["id"], body["token"], body["messages"]
        return self

    def post(self, **body: Any) -> httpx.Response:
        """Send a raw body to the conversation."""
        return self.client.post(f"/api/conversations/{self.id}/messages", json=body, headers={"Authorization": f"Bearer {self.token}"})

    def _send(self, **body: Any) -> list[dict[str, Any]]:
        answer = self.post(**body)
        assert answer.status_code == 200, answer.text
        self.messages = answer.json()["messages"]
        return self.messages

    def say(self, text: str) -> list[dict[str, Any]]:
        """Type a message; returns the messages of the turn."""
        return self._send(text=text)

    def choose(self, choice: str) -> list[dict[str, Any]]:
        """Press a button."""
        return self._send(choice=choice)

    @property
    def ask(self) -> str | None:
        """The question pending."""
        return self.messages[-1]["ask"]

    @property
    def choices(self) -> list[str]:
        """Ids of the choices on offer."""
        return [choice["id"] for choice in self.messages[-1]["choices"]]

    @property
    def text(self) -> str:
        """All the texts of the turn."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def offers(self) -> dict[str, tuple[str, str]]:
        """Offers of the turn: verdict and access."""
        return {offer["id"]: (offer["verdict"], offer["access"]) for message in self.messages for offer in message["offers"]}

    @property
    def request(self) -> dict[str, str] | None:
        """The request shown in the turn."""
        return next((message["request"] for message in self.messages if message["request"]), None)


@dataclass(frozen=True)
class RunningServer:
    """The assistant as `repere start` runs it, with its own database and port."""

    base_url: str
    var: Path
    env: dict[str, str]

    def person(self, audience: str = "allocataire") -> Person:
        """Someone who has just opened a conversation."""
        return Person(httpx.Client(base_url=self.base_url, timeout=20, trust_env=False), audience).open()

    def repere(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a `repere` command on the same database."""
        command = [str(Path(sys.executable).parent / "repere"), *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, input=stdin, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="session")
def repere_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The real processes (door, Rasa, actions, jobs), started once for the whole run."""
    var = tmp_path_factory.mktemp("var")
    port = free_port(3)
    env = {**os.environ, "REPERE_PORT": str(port), "REPERE_VAR": str(var), "REPERE_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    log = (var / "processes.log").open("w")
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "repere"), "start"], cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
    )
    server = RunningServer(f"http://127.0.0.1:{port}", var, env)
    try:
        _wait(server.base_url, process, var / "processes.log")
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(base_url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{base_url}/api/health", timeout=3, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    pytest.fail(f"the assistant did not start:\n{log.read_text()[-4000:]}")

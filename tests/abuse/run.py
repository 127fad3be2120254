"""Sends hostile messages through the door, several people at once, and says what was wrong."""

from __future__ import annotations

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.abuse.hostile import stream

ALLOWED = frozenset({200, 400, 401, 404, 405, 408, 409, 410, 413, 422, 429})
FORBIDDEN_IN_LOGS = ("Traceback", "unexpected", "turn_failed", "Exception")
PER_CONVERSATION = 40


@dataclass
class Tally:
    """What came back."""

    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, body: bytes, answer: httpx.Response) -> None:
        """Count one answer and check its shape."""
        self.statuses[answer.status_code] += 1
        self.kinds[kind] += 1
        if answer.status_code not in ALLOWED:
            self.wrong.append(f"{answer.status_code} for {kind}: {body[:200]!r}")
        elif answer.status_code == 200 and not answer.json()["messages"]:
            self.wrong.append(f"no message for {kind}: {body[:200]!r}")
        elif answer.status_code >= 400 and answer.status_code != 400 and "code" not in answer.json()["error"]:
            self.wrong.append(f"a refusal without code for {kind}: {body[:200]!r}")


def attack(url: str, count: int, seed: int = 1, people: int = 4) -> Tally:
    """Send `count` hostile messages from `people` at once; the same for the same seed."""
    tally = Tally()
    with ThreadPoolExecutor(people) as pool:
        for done in [pool.submit(_one, url, count // people, seed * 1000 + number, tally) for number in range(people)]:
            done.result()
    return tally


def _one(url: str, count: int, seed: int, tally: Tally) -> None:
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        opened = {"id": "", "token": ""}
        for number, hostile in enumerate(itertools.islice(stream(seed), count)):
            if number % PER_CONVERSATION == 0:
                opened = client.post("/api/conversations", json={"audience": ("allocataire", "partenaire")[number % 2]}).json()
            headers = {"Authorization": f"Bearer {opened['token']}", **hostile.headers}
            answer = client.post(f"/api/conversations/{opened['id']}/messages", content=hostile.body, headers=headers)
            tally.add(hostile.kind, hostile.body, answer)


def faults_in(logs: str) -> list[str]:
    """Lines of the logs that should not be there."""
    return [line for line in logs.splitlines() if any(word in line for word in FORBIDDEN_IN_LOGS)]

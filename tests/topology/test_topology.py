"""Two of each part behind nginx, on PostgreSQL and Redis: a conversation goes on wherever its messages land, and whatever dies."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import redis

from tests.conftest import Person
from tests.helpers import topology
from tests.helpers.topology import Topology

pytestmark = pytest.mark.topology

FIRST = "mon mari m'a quittée il y a 3 mois, j'ai 2 enfants de 4 et 7 ans, on habite à Chauny"


@pytest.fixture(scope="module")
def scaled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    """Everything started once."""
    if absent := topology.missing():
        pytest.skip(f"not installed: {' '.join(absent)}")
    folder: Path = tmp_path_factory.mktemp("topology")
    with topology.running(folder) as running:
        yield running


def person(url: str) -> Person:
    """Someone who talks through that address."""
    return Person(httpx.Client(base_url=url, timeout=20, trust_env=False)).open()


def until_played(someone: Person, text: str, seconds: float = 20) -> None:
    """Say it, again and again under the same key while a part is down, as the widget does."""
    deadline = time.monotonic() + seconds
    for _ in itertools.count():
        answer = someone.post(text=text, key=f"key-{text}")
        if answer.status_code == 200:
            someone.messages = answer.json()["messages"]
            return
        assert answer.status_code in {502, 503, 504}, answer.text
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.3)


def test_a_conversation_hops_between_doors(scaled: Topology) -> None:
    """Each message through another door than the one before: nothing is kept in a process."""
    someone = person(scaled.stack.url("door1"))
    doors = itertools.cycle(["door2", "door1"])

    def hop() -> None:
        someone.client = httpx.Client(base_url=scaled.stack.url(next(doors)), timeout=20, trust_env=False)

    hop()
    someone.say(FIRST)
    assert someone.ask == "beneficiaire_rsa"
    hop()
    someone.say("pourquoi")
    hop()
    someone.choose("non")
    assert someone.offers["aisne/separation"] == ("eligible", "ouvert")


def test_both_rasa_servers_play(scaled: Topology) -> None:
    """The balancing shares the turns."""
    for _ in range(6):
        person(scaled.url)
    played = [httpx.get(f"{scaled.stack.url(name)}/webhooks/repere/metrics", trust_env=False).text for name in ("rasa1", "rasa2")]
    assert all('repere_part_seconds_count{part="rasa"}' in page for page in played)


def test_messages_sent_at_once_are_played_one_by_one(scaled: Topology) -> None:
    """Four messages of one conversation at the same time, on two doors and two Rasa: each is answered, none is lost."""
    someone = person(scaled.url)
    answers: list[int] = []
    texts = ["bonjour", "merci", "qui êtes-vous ?", "j'habite à Laon"]
    threads = [threading.Thread(target=lambda t=text: answers.append(someone.post(text=t, key=t).status_code)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4


def test_the_same_key_through_two_doors(scaled: Topology) -> None:
    """Played once, one answer."""
    someone = person(scaled.url)
    bodies: list[bytes] = []

    def send(door: str) -> None:
        headers = {"Authorization": f"Bearer {someone.token}"}
        url = f"{scaled.stack.url(door)}/api/conversations/{someone.id}/messages"
        bodies.append(httpx.post(url, json={"text": FIRST, "key": "twin"}, headers=headers, timeout=20, trust_env=False).content)

    threads = [threading.Thread(target=send, args=(door,)) for door in ("door1", "door2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies[0] == bodies[1]


def test_the_pace_and_the_locks_are_shared(scaled: Topology) -> None:
    """The doors count in Redis, and the turns take their lock there."""
    person(scaled.url)
    commands = redis.Redis.from_url(scaled.redis_url).info("commandstats")
    assert commands["cmdstat_evalsha"]["calls"] > 0
    assert commands["cmdstat_set"]["calls"] > 0


def test_killing_one_of_each_loses_nothing(scaled: Topology) -> None:
    """One door, one Rasa, one action server and the jobs die in mid-conversation; then Redis: the conversation ends all the same."""
    someone = person(scaled.url)
    until_played(someone, FIRST)
    for name in ("door1", "rasa1", "actions1", "jobs1"):
        scaled.stack.send(name, signal.SIGKILL)
    until_played(someone, "pourquoi")
    assert someone.ask == "beneficiaire_rsa"
    scaled.redis.kill()
    until_played(someone, "non")
    assert someone.offers["aisne/separation"] == ("eligible", "ouvert")
    assert "Traceback" not in scaled.stack.logs()

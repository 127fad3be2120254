"""A person who goes from the first words to a reference, sends again what was not answered, and counts what she saw on the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

FIRST = "mon mari m'a quittée il y a 3 mois, j'ai 2 enfants de 4 et 7 ans, on habite à Chauny"
PATIENCE = 150.0  # seconds for which she tries again
ANSWERS: dict[str, dict[str, str]] = {
    "situation": {"text": FIRST},
    "beneficiaire_rsa": {"text": "non"},
    "veut_rendez_vous": {"choice": "oui"},
    "consentement": {"choice": "oui"},
    "nom": {"text": "Exemple"},
    "prenom": {"text": "Camille"},
    "canal": {"text": "Par téléphone"},
    "disponibilites": {"text": "le matin"},
    "numero_allocataire": {"text": "je ne l'ai pas"},
    "confirmation": {"choice": "envoyer"},
}


@dataclass
class Drilled:
    """What one person lived through."""

    phone: str
    reference: str | None = None
    slowest: float = 0.0  # seconds, of the answers and of the refusals
    refusals: list[int] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # answers without words, or without a way out
    messages: list[dict[str, Any]] = field(default_factory=list)


def talk(url: str, phone: str, before: Callable[[str], None] = lambda ask: None) -> Drilled:
    """A whole conversation. `before` is called with each question before it is answered: faults are made there."""
    lived = Drilled(phone)
    answers = {**ANSWERS, "telephone": {"text": phone}}
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        opened = _send(lived, client, "/api/conversations", {}, {})
        headers = {"Authorization": f"Bearer {opened['token']}"}
        lived.messages = opened["messages"]
        for number in range(40):
            ask = lived.messages[-1]["ask"] or "situation"
            before(ask)
            body = {**answers.get(ask, {"text": "non"}), "key": f"{number}"}
            lived.messages = _send(lived, client, f"/api/conversations/{opened['id']}/messages", body, headers)["messages"]
            lived.reference = next((m["request"]["reference"] for m in lived.messages if m["request"]), None)
            if lived.reference:
                return lived
    return lived


def _send(lived: Drilled, client: httpx.Client, path: str, body: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    """Send until it is answered, the same key each time. Raises TimeoutError after PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while True:
        began = time.monotonic()
        try:
            answer = client.post(path, json=body, headers=headers)
        except httpx.TransportError:  # the door itself is down: the widget says so
            lived.refusals.append(0)
        else:
            lived.slowest = max(lived.slowest, time.monotonic() - began)
            if answer.status_code in {200, 201}:
                return answer.json()
            lived.refusals.append(answer.status_code)
            if answer.status_code != 503 or "3230" not in answer.text:
                lived.silent.append(answer.text[:200])
        if time.monotonic() > deadline:
            raise TimeoutError(f"no answer for {body}: {lived.refusals}")
        time.sleep(0.5)

"""The scripted conversations of scripts/*.yml, played through HTTP on the real processes: names and states, rarely a wording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.conftest import Person, RunningServer

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.yml"))
MOST_MESSAGES = 4  # three, and the question that ends the turn
KEYS = {"ask", "offres", "contient", "ne_contient_pas", "demande", "choix", "sans_offre"}


def read(path: Path) -> dict[str, Any]:
    """A script: nom, audience, etapes; a misspelt key is an error, so that no expectation is silently skipped."""
    script: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(script) <= {"nom", "audience", "etapes"}, f"{path.name}: unknown key"
    for step in script["etapes"]:
        assert len(set(step) & {"dit", "choisit"}) == 1, f"{path.name}: « dit » or « choisit » in {step}"
        assert set(step) <= {"dit", "choisit", "attend"}, f"{path.name}: unknown key in {step}"
        assert set(step.get("attend") or {}) <= KEYS, f"{path.name}: unknown expectation in {step}"
    return script


class Play:
    """One script being played, with the transcript that a failure shows."""

    def __init__(self, person: Person) -> None:
        """Keep the person and the reference of the request that the conversation makes."""
        self.person = person
        self.lines = [f"B: {person.text}  [{person.ask}]"]
        self.reference = ""

    def step(self, step: dict[str, Any]) -> list[str]:
        """Play one step. Returns what differs from what was expected."""
        self._send(step)
        person = self.person
        if person.request:
            self.reference = person.request["reference"]
        offers = "".join(f" {name}={verdict}/{access}" for name, (verdict, access) in person.offers.items())
        self.lines.append(f"B: {person.text}  [{person.ask}]{offers} {person.choices or ''}")
        return [*differences(person, step.get("attend") or {}), *well_formed(person)]

    def _send(self, step: dict[str, Any]) -> None:
        if "choisit" in step:
            self.lines.append(f"P: [{step['choisit']}]")
            self.person.choose(step["choisit"])
            return
        words = str(step["dit"]).replace("{reference}", self.reference)
        self.lines.append(f"P: {words}")
        self.person.say(words)

    def transcript(self) -> str:
        """The conversation so far."""
        return "\n".join(self.lines)


def differences(person: Person, expected: dict[str, Any]) -> list[str]:
    """What the turn does not do as expected."""
    found: list[str] = []
    if "ask" in expected:
        wanted = expected["ask"] if isinstance(expected["ask"], list) else [expected["ask"]]
        if person.ask not in wanted:
            found.append(f"ask is {person.ask}, expected {' or '.join(map(str, wanted))}")
    for offer, verdict in (expected.get("offres") or {}).items():
        seen = person.offers.get(offer, ("absent", "absent"))
        if verdict not in (*seen, "/".join(seen)):
            found.append(f"{offer} is {'/'.join(seen)}, expected {verdict}")
    if expected.get("sans_offre") and person.offers:
        found.append(f"offers shown: {', '.join(person.offers)}")
    text = person.text.lower()
    found += [f"« {word} » is not said" for word in expected.get("contient") or [] if str(word).lower() not in text]
    found += [f"« {word} » is said" for word in expected.get("ne_contient_pas") or [] if str(word).lower() in text]
    if "demande" in expected and (person.request or {}).get("status") != expected["demande"]:
        found.append(f"request is {person.request}, expected {expected['demande']}")
    missing = set(expected.get("choix") or []) - set(person.choices)
    return found + ([f"choices {sorted(missing)} are not shown"] if missing else [])


def well_formed(person: Person) -> list[str]:
    """What every turn must be, whatever is expected: said, at most three messages beside the question, one question at the end."""
    found = []
    if not person.messages or not all(message["text"].strip() for message in person.messages):
        found.append("silence")
    if any(message["ask"] or message["choices"] for message in person.messages[:-1]):
        found.append("a question before the last message")
    if len(person.messages) > MOST_MESSAGES:
        found.append(f"{len(person.messages)} messages in one turn")
    if any("{" in message["text"] for message in person.messages):
        found.append("a variable left in a text")
    return found


def test_there_are_enough_scripts() -> None:
    """The eight dialogues and at least sixty more, over the three audiences."""
    audiences = [read(path).get("audience", "allocataire") for path in SCRIPTS]
    assert len([path for path in SCRIPTS if path.name.startswith("dialogue_")]) >= 8
    assert len(SCRIPTS) >= 68
    assert {"allocataire", "partenaire", "agent"} == set(audiences)


@pytest.mark.system
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_script(path: Path, repere_server: RunningServer) -> None:
    """The conversation goes as the script says, to its end."""
    script = read(path)
    with httpx.Client(base_url=repere_server.base_url, timeout=20, trust_env=False) as client:
        play = Play(Person(client, script.get("audience", "allocataire")).open())
        for step in script["etapes"]:
            wrong = play.step(step)
            if wrong:
                pytest.fail(f"{script['nom']}\n{play.transcript()}\n→ " + "\n→ ".join(wrong), pytrace=False)

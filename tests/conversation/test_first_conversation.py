"""Dialogue 1, on the real processes: from a French sentence to a stored request."""

from __future__ import annotations

import json

import pytest

from tests.conftest import RunningServer

pytestmark = pytest.mark.system

FIRST = "bonjour mon mari m'a quittée il y a 3 mois, g 2 enfants 4 et 7 ans, on habite à Chauny, je sais plus quoi faire"


def test_from_a_sentence_to_a_reference(repere_server: RunningServer) -> None:
    """One question, its reason, the offer with its source, consent, details, summary, and a reference that opens the stored request."""
    person = repere_server.person()
    assert person.ask == "situation"

    person.say(FIRST)
    assert person.ask == "beneficiaire_rsa"
    assert {"oui", "non", "ne_sait_pas", "pourquoi"} <= set(person.choices)

    person.say("pourquoi")
    assert person.ask == "beneficiaire_rsa"
    assert "travailleur social" in person.text

    person.say("non")
    assert person.offers["aisne/separation"] == ("eligible", "ouvert")
    assert "Caf de l'Aisne, 2024" in person.text
    assert person.ask == "veut_rendez_vous"

    person.choose("oui")
    assert person.ask == "consentement"
    person.choose("oui")
    answers = {
        "nom": "Exemple",
        "prenom": "Camille",
        "canal": "Par téléphone",
        "telephone": "06 39 98 00 01",
        "disponibilites": "le matin",
        "numero_allocataire": "je ne l'ai pas",
    }
    while person.ask != "confirmation":
        person.say(answers.pop(person.ask or ""))
    assert "Exemple" in person.text
    assert person.request is None

    person.choose("envoyer")
    assert person.request is not None
    reference = person.request["reference"]
    assert reference in person.text

    shown = repere_server.repere("requests", "show", reference, "--json")
    assert shown.returncode == 0, shown.stderr
    stored = json.loads(shown.stdout)
    assert stored["offre"] == "aisne/separation"
    assert stored["territoire"] == "saint_quentin_chauny"
    assert stored["facts"]["separation"] is True


def test_contact_details_are_nowhere_but_in_the_request(repere_server: RunningServer) -> None:
    """Neither the state nor the turns of the conversation, nor the logs, hold the phone or the name given."""
    logs = (repere_server.var / "logs" / "processes.log").read_text()
    assert "39980001" not in logs.replace(" ", "")
    assert "Exemple" not in logs

"""`repere evaluate` and `repere offers`, as scripts use them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import evaluate, offers
from bot.errors import BadInput, FaultsFound

TODAY = "2026-11-22"


def run(*lines: Any) -> tuple[list[dict[str, Any]], BaseException | None]:
    """The answers to some lines, and what stopped the command."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = CliRunner().invoke(evaluate.command, input=text)
    return [json.loads(line) for line in done.stdout.splitlines()], done.exception


def a_line(**changes: Any) -> dict[str, Any]:
    """A good line, changed."""
    return {
        "id": 1,
        "caf": "aisne",
        "role": "allocataire",
        "today": TODAY,
        "facts": {"separation": True, "nb_enfants_a_charge": 2},
        **changes,
    }


def test_the_shape_of_an_answer() -> None:
    """Every offer of the Caf, with the keys of the contract and nothing missing."""
    answers, stopped = run(a_line())
    offer = answers[0]["offers"]["aisne/separation"]

    assert stopped is None
    assert len(answers[0]["offers"]) == 7
    assert {"verdict", "access", "confirm", "not_yet", "reasons", "missing", "deadline"} == set(offer)
    assert {"criterion", "status", "source", "fr"} == set(offer["reasons"][0])
    assert (offer["verdict"], offer["missing"]) == ("unknown", ["referent_unique_rsa"])
    assert answers[0]["next_question"] == "beneficiaire_rsa"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{oops", "JSON"),
        ("[1]", "object"),
        ('{"id": 1, "id": 2}', "twice"),
        ('{"id": 1, "facts": {"dette_loyer_euros": NaN}}', "NaN"),
        (a_line(caf="paris"), "paris"),
        (a_line(role="famille"), "famille"),
        (a_line(today="2026-13-01"), "2026-13-01"),
        (a_line(facts=[]), "facts"),
        (a_line(facts={"nb_enfant": 2}), "nb_enfant"),
        (a_line(facts={"age_demandeur": -3}), "age_demandeur"),
        (a_line(facts={"separation": False, "date_separation": "2026-01-01"}), "date_separation"),
        ({"id": 1, "role": "agent", "facts": {}}, "caf"),
    ],
)
def test_a_bad_line_does_not_stop_the_others(line: Any, word: str) -> None:
    """The bad line gets an error that names what is wrong, the next one is answered, and the command ends with 1."""
    answers, stopped = run(line, a_line(id="next"))

    assert word in answers[0]["error"]
    assert "\n" not in answers[0]["error"]
    assert answers[1]["id"] == "next"
    assert "offers" in answers[1]
    assert isinstance(stopped, FaultsFound)
    assert stopped.exit_code == 1


def test_order_and_ids_are_kept() -> None:
    """One answer a line, in the order of the lines; blank lines are not lines."""
    answers, _ = run(a_line(id="b"), "", a_line(id="a"), a_line(id=None))

    assert [answer["id"] for answer in answers] == ["b", "a", None]


def test_offers_are_listed_and_shown() -> None:
    """The list names 45 offers; an offer has its page; an unknown one is refused."""
    listed = CliRunner().invoke(offers.command, ["list", "--json"])
    shown = CliRunner().invoke(offers.command, ["show", "aisne/separation"])
    unknown = CliRunner().invoke(offers.command, ["show", "aisne/separatoin"])

    assert len(json.loads(listed.output)) == 45
    assert "aisne/separation" in shown.output
    assert isinstance(unknown.exception, BadInput)
    assert "Did you mean 'aisne/separation'?" in str(unknown.exception)


def test_the_check_passes_on_the_delivered_files() -> None:
    """`repere offers check` says how many offers it read."""
    done = CliRunner().invoke(offers.command, ["check"])

    assert done.exit_code == 0
    assert "45 offers, no fault" in done.output

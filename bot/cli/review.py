"""`repere review`: messages not understood, to be labelled and turned into examples."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import yaml

from bot import settings
from bot.catalog import load_catalogue
from bot.conversations import review
from bot.errors import BadInput

TRAINING = Path("data/nlu/revues.yml")
TESTS = Path("tests/nlu/revues.yml")


@click.group("review")
def command() -> None:
    """Messages not understood: list them, then label them as training or test examples."""


@command.command("list")
@click.option("--limit", default=50, show_default=True, help="how many at the most")
def list_pending(limit: int) -> None:
    """Masked messages not understood, or understood without confidence, as JSON Lines."""
    for item in review.pending(limit):
        click.echo(json.dumps({**asdict(item), "at": item.at.isoformat()}, ensure_ascii=False))


@command.command("label")
@click.argument("turn_id", type=int)
@click.argument("act")
@click.option("--situation", "situations", multiple=True, help="a situation told by the message; may be given several times")
@click.option("--to", "destination", type=click.Choice(["train", "test"]), default="train", show_default=True)
def label(turn_id: int, act: str, situations: tuple[str, ...], destination: str) -> None:
    """Turn message TURN_ID into an example of ACT, in data/nlu/revues.yml (train) or tests/nlu/revues.yml (test)."""
    _check(act, situations)
    text = " ".join(review.take(turn_id).split())
    path = settings.ROOT / (TRAINING if destination == "train" else TESTS)
    _add_training(path, text, act, situations) if destination == "train" else _add_test(path, text, act, situations)
    click.echo(f"added to {path.relative_to(settings.ROOT)}")


def _check(act: str, situations: tuple[str, ...]) -> None:
    """Raises BadInput when the act or a situation is not one of ours."""
    domain = yaml.safe_load((settings.ROOT / "domain.yml").read_text(encoding="utf-8"))
    if act not in domain["intents"]:
        raise BadInput(f"unknown act {act!r}: use one of {', '.join(domain['intents'])}")
    unknown = [situation for situation in situations if situation not in load_catalogue().situations]
    if unknown:
        raise BadInput(f"unknown situation {unknown[0]!r}: see data/catalog/situations.yml")


def _add_training(path: Path, text: str, act: str, situations: tuple[str, ...]) -> None:
    """Add an example in Rasa's format, keeping what the file holds."""
    document: dict[str, Any] = {"version": "3.1", "nlu": []}
    if path.exists():
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    block: dict[str, Any] = {"intent": act, "examples": f"- {text}\n"}
    if situations:
        block["metadata"] = {"situations": list(situations)}
    document["nlu"].append(block)
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _add_test(path: Path, text: str, act: str, situations: tuple[str, ...]) -> None:
    """Add a case to the test set. Its mentions are left to the person who labels: none is guessed."""
    cases = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    cases.append({"text": text, "audience": "allocataire", "act": act, "situations": list(situations), "mentions": {}, "tags": []})
    path.write_text(yaml.safe_dump(cases, allow_unicode=True, sort_keys=False), encoding="utf-8")

"""Labelled messages: what a training example says, read from Rasa's training data or from its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Example:
    """One message with its act and situations; `source` is the index of the hand-written message it was made from, `kind` how.

    `topic` is what follows the slash of a retrieval intent (`info_service/gratuit`): the act is what stands before it.
    """

    text: str
    act: str
    situations: tuple[str, ...] = ()
    source: int = -1
    kind: str = "written"
    topic: str | None = None


def split_intent(intent: str) -> tuple[str, str | None]:
    """Act and topic of an intent as Rasa writes it: « info_service/gratuit », or the act alone."""
    act, _, topic = intent.partition("/")
    return act, topic or None


def _situations(metadata: Any) -> tuple[str, ...]:
    """Situations of an intent block's metadata."""
    return tuple((metadata or {}).get("situations") or ())


def numbered(examples: Iterable[Example]) -> list[Example]:
    """Same examples, each its own source, the same text with the same act kept once."""
    unique = {(example.text, example.act): example for example in examples}
    return [replace(example, source=index) for index, example in enumerate(unique.values())]


def read_files(folder: Path) -> list[Example]:
    """Examples of every YAML file of a folder, in the order of file names."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" not in block:
                continue
            act, topic = split_intent(block["intent"])
            lines = [line.strip() for line in block.get("examples", "").splitlines()]
            found.extend(
                Example(line.removeprefix("- ").strip(), act, _situations(block.get("metadata")), topic=topic)
                for line in lines
                if line.startswith("- ")
            )
    return numbered(found)


def from_rasa(training_data: Any) -> list[Example]:
    """Examples of a `rasa.shared.nlu.training_data.TrainingData`."""
    return numbered(
        Example(
            message.get("text"),
            message.get("intent"),
            _situations((message.get("metadata") or {}).get("intent")),
            topic=split_intent(message.get("intent_response_key") or "")[1],
        )
        for message in training_data.intent_examples
        if message.get("text")
    )

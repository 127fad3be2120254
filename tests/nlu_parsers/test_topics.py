"""The topic of a question on social work, on messages worded apart from the training examples."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot import settings
from bot.dialogue.connaissances import OFFERED, SURE
from bot.nlu import topics
from bot.nlu.examples import read_files

APART = yaml.safe_load((Path(__file__).parent / "examples" / "topics.yml").read_text(encoding="utf-8"))
LEAST_MESSAGES = 6
RIGHT = 0.75  # of all the messages, the first topic is the right one
OFFERED_RIGHT = 0.85  # the right one is among those that would be offered
SURE_RIGHT = 0.88  # of those answered at once


@pytest.fixture(scope="module")
def ranked() -> list[tuple[str, list[tuple[str, float]]]]:
    """Each message apart: its topic, and the topics read."""
    written = read_files(settings.ROOT / "data" / "nlu")
    model = topics.train(written, "info_service")
    assert model is not None
    return [(topic, topics.rank(model, text)) for topic, texts in APART.items() for text in texts]


def test_the_messages_are_apart() -> None:
    """None is a training example, and each topic has enough of them."""
    written = {example.text.lower() for example in read_files(settings.ROOT / "data" / "nlu") if example.topic}
    assert not written & {text.lower() for texts in APART.values() for text in texts}
    assert min(map(len, APART.values())) >= LEAST_MESSAGES


def test_the_right_topic_comes_first(ranked: list[tuple[str, list[tuple[str, float]]]]) -> None:
    """Most often the first topic is the right one, and nearly always it is among those offered."""
    first = [topic == found[0][0] for topic, found in ranked]
    offered = [topic in [name for name, _ in found[:OFFERED]] for topic, found in ranked]
    assert sum(first) / len(first) >= RIGHT
    assert sum(offered) / len(offered) >= OFFERED_RIGHT


def test_a_sure_topic_is_right(ranked: list[tuple[str, list[tuple[str, float]]]]) -> None:
    """What is answered at once is right nine times in ten, and that is most of the messages."""
    sure = [topic == found[0][0] for topic, found in ranked if found[0][1] >= SURE]
    assert sum(sure) / len(sure) >= SURE_RIGHT
    assert len(sure) / len(ranked) >= 0.6


def test_an_intent_without_topics_has_no_reader() -> None:
    """Nothing to choose between: no model."""
    assert topics.train([], "info_service") is None

"""Which topic of a retrieval intent a message asks about: a small linear head, fitted on the examples of `info_service/<topic>`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.nlu import training
from bot.nlu.augment import augment
from bot.nlu.calibration import softmax
from bot.nlu.examples import Example
from bot.nlu.features import Features, piece_features
from bot.nlu.linear import LinearModel
from bot.nlu.patterns import patterns
from bot.nlu.tokens import plain, tokenise
from bot.nlu.vectorizer import Vectorizer

TOPICS = "topics"  # name of the head
WORDS_FILE = Path(__file__).with_name("topic_words.yml")


def features_of(text: str) -> Features:
    """Words, the concepts they stand for, alone and by two; and pieces of words. Few examples teach a topic: concepts carry them."""
    tokens = tokenise(text)
    words = plain(text)
    concepts = [f"@{name}" for name, pattern in patterns(WORDS_FILE).items() if pattern.search(words)]
    return Features([*tokens, *concepts, *map("".join, itertools.combinations(concepts, 2))], piece_features(tokens))


def train(written: Sequence[Example], intent: str) -> LinearModel | None:
    """The reader of topics fitted on the examples of one retrieval intent; None when it has fewer than two topics."""
    told = [replace(example, act=example.topic or "") for example in written if example.act == intent and example.topic]
    if len({example.act for example in told}) < 2:
        return None
    examples = [example for example in augment(told, training.SEED) if example.kind in training.ONE_ACT]
    documents = [features_of(example.text) for example in examples]
    vectorizer = Vectorizer.fit(documents)
    return LinearModel(vectorizer, {TOPICS: training.act_head(vectorizer.matrix(documents), examples)})


def rank(model: LinearModel, text: str) -> list[tuple[str, float]]:
    """Topics with their calibrated confidence, the most likely first."""
    head = model.heads[TOPICS]
    confidences = softmax(head.scores(*model.vectorizer.weigh(features_of(text))))
    return sorted(zip(head.labels, map(float, confidences), strict=True), key=lambda pair: -pair[1])

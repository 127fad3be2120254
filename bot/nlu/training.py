"""Fits the linear reader, acts (one choice) and situations (several labels), and calibrates both by cross-validation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from bot.nlu.augment import augment
from bot.nlu.calibration import fit_platt, fit_temperature
from bot.nlu.examples import Example
from bot.nlu.features import features_of
from bot.nlu.linear import Head, LinearModel
from bot.nlu.mentions import extract_mentions
from bot.nlu.vectorizer import Vectorizer
from bot.nlu.word_vectors import WordVectors

ACTS, SITUATIONS = "acts", "situations"  # names of the heads
ALARM = "alarme"  # label beside the situations: the message tells of danger or distress, whatever else is in it
ALARMING = frozenset({"danger", "detresse"})
FOLDS = 3  # one of them is held out to calibrate
ONE_ACT = frozenset({"written", "mistyped", "shortened", "dressed"})  # variants that teach acts; the others blur them (decision 0003)
ACT_STRENGTH = 0.5  # inverse regularisation of LinearSVC, chosen by cross-validation (decision 0003)
SITUATION_STRENGTH = 0.7
TOLERANCE = 1e-3  # of the fit: ten times looser than usual, twice as fast, the same figures
SEED = 7
ANY_DAY = date(2026, 1, 15)  # only which mentions a message holds is used, not their value
BATCH = 400  # messages handed to a core at a time

Result = TypeVar("Result")
Weights = tuple[np.ndarray, np.ndarray]  # features x labels, intercepts
Fit = Callable[[sparse.csr_matrix, np.ndarray], Weights]


def _separate(matrix: sparse.csr_matrix, gold: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """One hyperplane between the yes and the no of `gold`."""
    model = LinearSVC(C=strength, tol=TOLERANCE, random_state=SEED, max_iter=3000).fit(matrix, gold)
    return model.coef_, model.intercept_


def _planes(matrix: sparse.csr_matrix, gold: np.ndarray, strength: float) -> Weights:
    """Weights of one hyperplane per column of `gold`, fitted side by side.

    In processes: liblinear draws from one generator for the whole process, so that threads would make the fit unrepeatable.
    """
    shared = matrix.astype(np.float64)  # as liblinear wants it, converted once
    planes = Parallel(n_jobs=-1)(delayed(_separate)(shared, column, strength) for column in gold.T)
    return np.vstack([plane[0] for plane in planes]).T.astype(np.float32), np.concatenate([plane[1] for plane in planes]).astype(np.float32)


def fit_choice(matrix: sparse.csr_matrix, gold: np.ndarray) -> Weights:
    """Weights of one-against-all hyperplanes, `gold` holding the index of the class."""
    return _planes(matrix, np.eye(gold.max() + 1, dtype=np.int8)[gold], ACT_STRENGTH)


def fit_labels(matrix: sparse.csr_matrix, gold: np.ndarray) -> Weights:
    """Weights of one hyperplane per label, `gold` holding one 0/1 column per label."""
    return _planes(matrix, gold, SITUATION_STRENGTH)


def held_out_scores(matrix: sparse.csr_matrix, gold: np.ndarray, groups: np.ndarray, fit: Fit) -> tuple[np.ndarray, np.ndarray]:
    """Scores of a third of the messages by a model that saw neither them nor their variants, and their gold: enough to calibrate on."""
    train, test = next(GroupKFold(FOLDS).split(matrix, gold, groups))
    weights, intercept = fit(matrix[train], gold[train])
    return matrix[test] @ weights + intercept, gold[test]


def _groups(examples: Sequence[Example]) -> np.ndarray:
    """The message each example comes from."""
    return np.array([example.source for example in examples])


def act_head(matrix: sparse.csr_matrix, examples: Sequence[Example]) -> Head:
    """The head of acts, its softmax calibrated on held-out messages."""
    labels = sorted({example.act for example in examples})
    gold = np.array([labels.index(example.act) for example in examples])
    factor = fit_temperature(*held_out_scores(matrix, gold, _groups(examples), fit_choice))
    ones = np.ones(len(labels), dtype=np.float32)
    return Head(labels, *fit_choice(matrix, gold), slope=ones * factor, offset=ones * 0)


def situation_head(matrix: sparse.csr_matrix, examples: Sequence[Example]) -> Head:
    """The head of situations and of alarm, each label calibrated on held-out messages."""
    told = [{*example.situations, *([ALARM] if example.act in ALARMING else [])} for example in examples]
    labels = sorted(set().union(*told))
    gold = np.array([[int(name in names) for name in labels] for names in told])
    scores, right = held_out_scores(matrix, gold, _groups(examples), fit_labels)
    lines = np.array([fit_platt(scores[:, column], right[:, column]) for column in range(len(labels))], dtype=np.float32)
    return Head(labels, *fit_labels(matrix, gold), slope=lines[:, 0], offset=lines[:, 1])


def side_by_side(function: Callable[..., Result], *columns: Iterable[Any]) -> list[Result]:
    """What the function gives for each row of the columns, in order, worked out on every core."""
    return list(Parallel(n_jobs=-1, batch_size=BATCH)(delayed(function)(*row) for row in zip(*columns, strict=True)))


def mentioned_in(written: Sequence[Example]) -> dict[int, tuple[str, ...]]:
    """Names of the mentions found in each hand-written message, by source: its variants are taken to hold the same."""
    found = side_by_side(_mentions_of, (example.text for example in written))
    return {example.source: names for example, names in zip(written, found, strict=True)}


def _mentions_of(text: str) -> tuple[str, ...]:
    """Names of the mentions found in one message."""
    return tuple(extract_mentions(text, ANY_DAY))


def train(written: Sequence[Example], meanings: WordVectors | None = None) -> LinearModel:
    """The reader fitted on hand-written examples and their variants; the same examples give the same reader."""
    examples, mentioned = augment(written, SEED), mentioned_in(written)
    documents = side_by_side(features_of, (example.text for example in examples), (mentioned[example.source] for example in examples))
    vectorizer = Vectorizer.fit(documents, meanings)
    matrix = vectorizer.matrix(documents)
    whole = [index for index, example in enumerate(examples) if example.kind in ONE_ACT]
    acts = act_head(matrix[whole], [examples[index] for index in whole])
    return LinearModel(vectorizer, {ACTS: acts, SITUATIONS: situation_head(matrix, examples)})

"""Makes scores mean what they say: temperature for one choice among many, Platt's line for yes/no labels, and the error left."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def sigmoid(scores: np.ndarray) -> np.ndarray:
    """Probability of each score taken alone."""
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))


def fit_temperature(scores: np.ndarray, gold: np.ndarray) -> float:
    """Factor on the scores that makes softmax most likely on held-out messages (`gold`: index of the right class)."""
    rows = np.arange(len(gold))

    def loss(log_factor: float) -> float:
        probabilities = softmax(scores * np.exp(log_factor))
        return float(-np.log(probabilities[rows, gold] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))


def fit_platt(scores: np.ndarray, gold: np.ndarray) -> tuple[float, float]:
    """Slope and offset that turn a score into a probability on held-out messages (`gold`: 0 or 1)."""
    line = LogisticRegression(C=100.0).fit(scores.reshape(-1, 1), gold)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def calibration_error(confidences: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and accuracy over equal-width bins, weighted by their size."""
    edges = np.minimum((np.asarray(confidences) * bins).astype(int), bins - 1)
    gaps = [
        abs(np.mean(confidences[edges == index]) - np.mean(right[edges == index])) * np.mean(edges == index)
        for index in range(bins)
        if np.any(edges == index)
    ]
    return float(sum(gaps))

"""A linear reader of messages: one vectorizer, one weight per feature and label. Saved as words and arrays, never as code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.vectorizer import Vectorizer, View

WORDS_FILE = "vocabulary.json"
ARRAYS_FILE = "weights.npz"


@dataclass
class LinearModel:
    """Scores of labels for a message; `slope` and `offset` (one per label) turn raw scores into calibrated ones."""

    vectorizer: Vectorizer
    labels: list[str]
    weights: np.ndarray  # features x labels, float32
    intercept: np.ndarray
    slope: np.ndarray
    offset: np.ndarray

    def scores(self, text: str) -> np.ndarray:
        """Calibrated log-odds of each label, before softmax or sigmoid."""
        indices, values = self.vectorizer.vector(text)
        raw = values.astype(np.float32) @ self.weights[indices] + self.intercept if len(indices) else self.intercept
        return raw * self.slope + self.offset

    def known_share(self, text: str) -> float:
        """Share of the words of the message that training has seen, 0 to 1 (1 when there is none)."""
        from bot.nlu.tokens import NEGATED, tokenise

        tokens = [token.removeprefix(NEGATED) for token in tokenise(text)]
        known = [token in self.vectorizer.words.vocabulary for token in tokens]
        return sum(known) / len(known) if known else 1.0

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        views = {"words": list(self.vectorizer.words.vocabulary), "pieces": list(self.vectorizer.pieces.vocabulary)}
        (folder / WORDS_FILE).write_text(json.dumps({"labels": self.labels, **views}, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(
            folder / ARRAYS_FILE,
            words_idf=self.vectorizer.words.idf,
            pieces_idf=self.vectorizer.pieces.idf,
            weights=self.weights.astype(np.float16),
            intercept=self.intercept,
            slope=self.slope,
            offset=self.offset,
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read a model written by `save`. Raises OSError when a file is missing."""
        words = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            views = [
                View({feature: index for index, feature in enumerate(words[name])}, arrays[f"{name}_idf"]) for name in ("words", "pieces")
            ]
            return cls(
                Vectorizer(*views),
                words["labels"],
                arrays["weights"].astype(np.float32),
                arrays["intercept"],
                arrays["slope"],
                arrays["offset"],
            )

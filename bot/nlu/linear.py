"""A linear reader of messages: one vectorizer, and heads that score labels. Saved as words and arrays, never as code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.vectorizer import Vectorizer, View

WORDS_FILE = "vocabulary.json"
ARRAYS_FILE = "weights.npz"


@dataclass
class Head:
    """Scores of some labels; `slope` and `offset` (one per label) turn raw scores into calibrated log-odds."""

    labels: list[str]
    weights: np.ndarray  # features x labels, float32
    intercept: np.ndarray
    slope: np.ndarray
    offset: np.ndarray

    def scores(self, indices: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Calibrated log-odds of each label for a sparse vector, before softmax or sigmoid."""
        raw = values.astype(np.float32) @ self.weights[indices] + self.intercept
        return raw * self.slope + self.offset


@dataclass
class LinearModel:
    """A vectorizer and its heads by name."""

    vectorizer: Vectorizer
    heads: dict[str, Head]

    def scores(self, text: str) -> dict[str, np.ndarray]:
        """Scores of every head for one message."""
        indices, values = self.vectorizer.vector(text)
        return {name: head.scores(indices, values) for name, head in self.heads.items()}

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        words = {
            "words": list(self.vectorizer.words.vocabulary),
            "pieces": list(self.vectorizer.pieces.vocabulary),
            "heads": {name: head.labels for name, head in self.heads.items()},
        }
        (folder / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        arrays = {"words_idf": self.vectorizer.words.idf, "pieces_idf": self.vectorizer.pieces.idf}
        for name, head in self.heads.items():
            arrays[f"{name}_weights"] = head.weights.astype(np.float16)
            arrays[f"{name}_line"] = np.vstack([head.intercept, head.slope, head.offset]).astype(np.float32)
        np.savez_compressed(folder / ARRAYS_FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read a model written by `save`. Raises OSError when a file is missing."""
        words = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            views = [View.of(words[name], arrays[f"{name}_idf"]) for name in ("words", "pieces")]
            heads = {
                name: Head(labels, arrays[f"{name}_weights"].astype(np.float32), *arrays[f"{name}_line"])
                for name, labels in words["heads"].items()
            }
        return cls(Vectorizer(*views), heads)

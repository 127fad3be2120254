"""A linear reader of messages: one vectorizer, and heads that score labels. Saved as words and arrays, never as code."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.features import features_of
from bot.nlu.vectorizer import VIEWS, Vectorizer, View
from bot.nlu.word_vectors import WordVectors

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

    def scores(self, text: str, mentioned: Collection[str] | None = None) -> dict[str, np.ndarray]:
        """Scores of every head for one message; `mentioned` are the names of the mentions that the parsers found in it."""
        indices, values = self.vectorizer.weigh(features_of(text, mentioned))
        return {name: head.scores(indices, values) for name, head in self.heads.items()}

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        meanings = self.vectorizer.meanings
        words = {
            **{name: list(getattr(self.vectorizer, name).vocabulary) for name in VIEWS},
            "meanings": list(meanings.rows) if meanings else [],
            "heads": {name: head.labels for name, head in self.heads.items()},
        }
        (folder / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        arrays = {f"{name}_idf": getattr(self.vectorizer, name).idf for name in VIEWS}
        if meanings:
            arrays["meanings"] = meanings.table
            arrays["meaning_rows"] = np.array(list(meanings.rows.values()), dtype=np.int32)
        for name, head in self.heads.items():
            arrays[f"{name}_weights"] = head.weights.astype(np.float16)
            arrays[f"{name}_line"] = np.vstack([head.intercept, head.slope, head.offset]).astype(np.float32)
        np.savez_compressed(folder / ARRAYS_FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read a model written by `save`. Raises OSError when a file is missing."""
        words = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            spoken, pieces, signs = (View.of(words[name], arrays[f"{name}_idf"]) for name in VIEWS)
            meanings = (
                WordVectors(dict(zip(words["meanings"], arrays["meaning_rows"].tolist(), strict=True)), arrays["meanings"])
                if words["meanings"]
                else None
            )
            heads = {
                name: Head(labels, arrays[f"{name}_weights"].astype(np.float32), *arrays[f"{name}_line"])
                for name, labels in words["heads"].items()
            }
        return cls(Vectorizer(spoken, pieces, signs, meanings), heads)

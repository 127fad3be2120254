"""Turns a message into numbers: two TF-IDF views side by side.

A fitted vectorizer is words and arrays only, so that a model file holds no pickled code.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from bot.nlu.features import Features, features_of

Vector = tuple[np.ndarray, np.ndarray]  # indices of the features present, their weights


@dataclass
class View:
    """One family of features: its vocabulary and the weight of each (inverse document frequency)."""

    vocabulary: dict[str, int] = field(default_factory=dict)
    idf: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @classmethod
    def fit(cls, documents: Iterable[Sequence[str]], min_count: int) -> View:
        """A view of the features found in at least `min_count` documents."""
        counts: Counter[str] = Counter()
        total = 0
        for document in documents:
            counts.update(set(document))
            total += 1
        kept = sorted(feature for feature, count in counts.items() if count >= min_count)
        return cls.of(kept, np.array([math.log((1 + total) / (1 + counts[feature])) + 1 for feature in kept], dtype=np.float32))

    @classmethod
    def of(cls, features: Sequence[str], idf: np.ndarray) -> View:
        """A view of these features, in this order."""
        return cls({feature: index for index, feature in enumerate(features)}, idf)

    def weigh(self, features: Sequence[str]) -> Vector:
        """Indices and weights (of norm 1, or empty) of the known features of one message."""
        counts = Counter(feature for feature in features if feature in self.vocabulary)
        indices = np.fromiter((self.vocabulary[name] for name in counts), dtype=np.int64, count=len(counts))
        frequency = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(frequency)) * self.idf[indices] if len(counts) else frequency
        norm = float(np.linalg.norm(weights))
        return indices, weights / norm if norm else weights


@dataclass
class Vectorizer:
    """The two views of a message, their indices side by side."""

    words: View
    pieces: View

    @classmethod
    def fit(cls, documents: Sequence[Features], min_count: int = 2) -> Vectorizer:
        """Learn both vocabularies from the features of training messages."""
        return cls(View.fit([words for words, _ in documents], min_count), View.fit([pieces for _, pieces in documents], min_count))

    @property
    def size(self) -> int:
        """Number of features."""
        return len(self.words.vocabulary) + len(self.pieces.vocabulary)

    def weigh(self, features: Features) -> Vector:
        """Sparse vector of the features of one message."""
        word_indices, word_weights = self.words.weigh(features[0])
        piece_indices, piece_weights = self.pieces.weigh(features[1])
        indices = np.concatenate([word_indices, piece_indices + len(self.words.vocabulary)])
        return indices, np.concatenate([word_weights, piece_weights])

    def vector(self, text: str) -> Vector:
        """Sparse vector of one message."""
        return self.weigh(features_of(text))

    def matrix(self, documents: Sequence[Features]) -> sparse.csr_matrix:
        """Sparse matrix of the features of many messages, one a row."""
        vectors = [self.weigh(features) for features in documents]
        starts = np.cumsum([0, *(len(indices) for indices, _ in vectors)])
        columns = np.concatenate([indices for indices, _ in vectors])
        values = np.concatenate([weights for _, weights in vectors])
        return sparse.csr_matrix((values, columns, starts), shape=(len(documents), self.size), dtype=np.float32)

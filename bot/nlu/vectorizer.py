"""Turns a message into numbers: two TF-IDF views side by side, and if asked the mean of its word vectors.

A fitted vectorizer is words and arrays only, so that a model file holds no pickled code.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from bot.nlu.features import features_of

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
        idf = [math.log((1 + total) / (1 + counts[feature])) + 1 for feature in kept]
        return cls({feature: index for index, feature in enumerate(kept)}, np.array(idf, dtype=np.float32))

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
    def fit(cls, texts: Sequence[str], min_count: int = 2) -> Vectorizer:
        """Learn both vocabularies from training messages."""
        views = [features_of(text) for text in texts]
        return cls(View.fit([view[0] for view in views], min_count), View.fit([view[1] for view in views], min_count))

    @property
    def size(self) -> int:
        """Number of features."""
        return len(self.words.vocabulary) + len(self.pieces.vocabulary)

    def vector(self, text: str) -> Vector:
        """Sparse vector of one message."""
        words, pieces = features_of(text)
        word_indices, word_weights = self.words.weigh(words)
        piece_indices, piece_weights = self.pieces.weigh(pieces)
        indices = np.concatenate([word_indices, piece_indices + len(self.words.vocabulary)])
        return indices, np.concatenate([word_weights, piece_weights])

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Sparse matrix of many messages, one a row."""
        vectors = [self.vector(text) for text in texts]
        starts = np.cumsum([0, *(len(indices) for indices, _ in vectors)])
        columns = np.concatenate([indices for indices, _ in vectors])
        values = np.concatenate([weights for _, weights in vectors])
        return sparse.csr_matrix((values, columns, starts), shape=(len(texts), self.size), dtype=np.float32)

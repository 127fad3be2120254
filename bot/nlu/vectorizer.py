"""Turns a message into numbers: TF-IDF views of its words, pieces of words and signs, and the mean of its word vectors, side by side.

A fitted vectorizer is words and arrays only, so that a model file holds no pickled code.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from bot.nlu.features import Features
from bot.nlu.word_vectors import WordVectors

VIEWS = ("words", "pieces", "signs")
SIGNS_SHARE = 0.6  # weight of the signs beside the words, chosen by cross-validation (decision 0003)
RAREST = 9.0

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
    """The views of a message, their indices side by side; without `meanings`, no word vectors."""

    words: View
    pieces: View
    signs: View = field(default_factory=View)
    meanings: WordVectors | None = None

    @classmethod
    def fit(cls, documents: Sequence[Features], meanings: WordVectors | None = None, min_count: int = 2) -> Vectorizer:
        """Learn the vocabularies from the features of training messages."""
        words, pieces, signs = (View.fit([getattr(features, name) for features in documents], min_count) for name in VIEWS)
        return cls(words, pieces, signs, meanings)

    @property
    def size(self) -> int:
        """Number of features."""
        return sum(len(view.vocabulary) for view in self._views()) + (self.meanings.size if self.meanings else 0)

    def _views(self) -> tuple[View, ...]:
        """The views in the order of their indices."""
        return self.words, self.pieces, self.signs

    def weigh(self, features: Features) -> Vector:
        """Sparse vector of the features of one message."""
        indices, weights, start = [], [], 0
        for name, view in zip(VIEWS, self._views(), strict=True):
            found, values = view.weigh(getattr(features, name))
            indices.append(found + start)
            weights.append(values * SIGNS_SHARE if name == "signs" else values)
            start += len(view.vocabulary)
        if self.meanings:
            indices.append(np.arange(start, start + self.meanings.size))
            weights.append(self.meanings.mean(features.tokens, self._rarity))
        return np.concatenate(indices), np.concatenate(weights)

    def _rarity(self, token: str) -> float:
        """How much a word weighs in the mean: its inverse document frequency, bounded so that a rare word does not cover the others."""
        index = self.words.vocabulary.get(token)
        return RAREST if index is None else min(RAREST, float(self.words.idf[index]))

    def matrix(self, documents: Sequence[Features]) -> sparse.csr_matrix:
        """Sparse matrix of the features of many messages, one a row."""
        vectors = [self.weigh(features) for features in documents]
        starts = np.cumsum([0, *(len(indices) for indices, _ in vectors)])
        columns = np.concatenate([indices for indices, _ in vectors])
        values = np.concatenate([weights for _, weights in vectors])
        return sparse.csr_matrix((values, columns, starts), shape=(len(documents), self.size), dtype=np.float32)

"""Meaning of words learnt from large French texts: the vectors of spaCy's fr_core_news_md, kept small for the model.

spaCy is needed to train only; a trained model carries the words and vectors it uses, so that loading it takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.nlu.normalise import fold
from bot.nlu.tokens import NEGATED

SPACY_MODEL = "fr_core_news_md"
MOST_WORDS = 100_000  # the most frequent ones; spaCy lists its words by frequency
DIMENSIONS = 100  # of 300: more would make training three times as long (decision 0003)
STANDS_FOR = {  # what the tokeniser replaced, as an ordinary word of that kind
    "knum": "trois", "klieu": "paris", "kmonth": "janvier", "keur": "euros", "kcp": "paris", "ktel": "telephone", "kmail": "mail",
    "kdate": "date", "kan": "annee",
}  # fmt: skip

Weigh = Callable[[str], float]


@dataclass
class WordVectors:
    """Vectors of norm 1 by folded word; several words may share a row."""

    rows: dict[str, int]
    table: np.ndarray  # float16, rows x dimensions

    @classmethod
    def of_spacy(cls) -> WordVectors:
        """The vectors of the spaCy model. Raises OSError when it is not installed."""
        import spacy

        nlp = spacy.load(SPACY_MODEL, exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner", "senter"])
        vectors, strings = nlp.vocab.vectors, nlp.vocab.strings
        rows: dict[str, int] = {}
        for key, row in vectors.key2row.items():
            word = fold(strings[key]).text if key in strings else ""
            if word.isalpha():
                rows.setdefault(word, int(row))
            if len(rows) >= MOST_WORDS:
                break
        used, places = np.unique(list(rows.values()), return_inverse=True)
        return cls(dict(zip(rows, places.tolist(), strict=True)), _main_axes(_unit(vectors.data[used])))

    @property
    def size(self) -> int:
        """Numbers in the vector of a message: the mean of what is said, then of what is denied."""
        return 2 * self.table.shape[1]

    def mean(self, tokens: Sequence[str], weigh: Weigh) -> np.ndarray:
        """Weighted means, of norm 1 or null, of the words said and of the words that a negation denies."""
        said, denied = np.zeros((2, self.table.shape[1]), dtype=np.float32)
        for token in tokens:
            word = token.removeprefix(NEGATED)
            row = self.rows.get(STANDS_FOR.get(word, word))
            if row is not None:
                total = denied if token.startswith(NEGATED) else said
                total += self.table[row].astype(np.float32) * weigh(token)
        return np.concatenate([_unit(said), _unit(denied)])


def _main_axes(vectors: np.ndarray) -> np.ndarray:
    """The vectors along the axes in which they differ most."""
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    return (vectors @ axes[:DIMENSIONS].T).astype(np.float16)


def _unit(vectors: np.ndarray) -> np.ndarray:
    """The vectors brought to norm 1; a null one stays null."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(norms > 0, norms, 1.0)).astype(np.float32)

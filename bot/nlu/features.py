"""Features of a message: words, pairs and triples of words, and pieces of words that survive typing errors."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bot.nlu.tokens import NEGATED, tokenise
from bot.territory import extract_place

PLACE = "klieu"
PIECE_LENGTHS = (3, 4, 5)  # letters in a piece of word, word borders counted


Features = tuple[list[str], list[str]]  # words, pieces of words


def word_features(tokens: Sequence[str]) -> list[str]:
    """Words, pairs, triples, and pairs with one word skipped, so that a filler word does not hide a link."""
    padded = ["<", *tokens, ">"]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(padded)]
    skips = [f"{a} _ {b}" for a, b in zip(padded, padded[2:], strict=False)]
    triples = [f"{a} {b} {c}" for a, b, c in zip(padded, padded[1:], padded[2:], strict=False)]
    return [*tokens, *pairs, *skips, *triples]


def piece_features(tokens: Sequence[str]) -> list[str]:
    """Pieces of each word; those of a denied word carry a mark so that « pas séparée » shares nothing with « séparée »."""
    pieces: list[str] = []
    for token in tokens:
        mark, word = ("!", token[len(NEGATED) :]) if token.startswith(NEGATED) else ("", token)
        bordered = f"#{word}#"
        for length in PIECE_LENGTHS:
            pieces.extend(mark + bordered[start : start + length] for start in range(len(bordered) - length + 1))
    return pieces


def without_place(text: str) -> str:
    """The message with the place it names replaced by one and the same word: what matters is that there is a place."""
    place = extract_place(text)
    return f"{text[: place.start]} {PLACE} {text[place.end :]}" if place else text


def features_of(text: str) -> Features:
    """The two views of a message: words, and pieces of words."""
    tokens = tokenise(without_place(text))
    return word_features(tokens), piece_features(tokens)

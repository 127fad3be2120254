"""Features of a message: its words, pieces of words that survive typing errors, and signs of what kind of message it is."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.nlu.tokens import NEGATED, tokenise
from bot.territory import extract_place

PLACE = "klieu"
PIECE_LENGTHS = (3, 4, 5)  # letters in a piece of word, word borders counted
LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35, 60)  # words from which a message is longer


class Features(NamedTuple):
    """The views of a message; `tokens` are for the vectors of words, `signs` for what the parsers read: both may be left out."""

    words: list[str]
    pieces: list[str]
    tokens: Sequence[str] = ()
    signs: Sequence[str] = ()


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


def sign_features(text: str, mentioned: Collection[str]) -> list[str]:
    """How long the message is, whether it asks, whether it has figures, and the mentions that the parsers found in it."""
    length = len(text.split())
    signs = [f"from {least} words" for least in LENGTHS if length >= least]
    signs += [f"says {name}" for name in mentioned]
    signs += ["says nothing"] if not mentioned else ["says several things"] if len(mentioned) > 1 else []
    signs += ["asks"] if "?" in text else []
    return signs + (["figures"] if any(char.isdigit() for char in text) else [])


def without_place(text: str) -> str:
    """The message with the place it names replaced by one and the same word: what matters is that there is a place."""
    place = extract_place(text)
    return f"{text[: place.start]} {PLACE} {text[place.end :]}" if place else text


def features_of(text: str, mentioned: Collection[str] | None = None) -> Features:
    """The views of a message; `mentioned` are the names of the mentions found in it, None when it was not parsed."""
    tokens = tokenise(without_place(text))
    signs = [] if mentioned is None else sign_features(text, mentioned)
    return Features(word_features(tokens), piece_features(tokens), tokens, signs)

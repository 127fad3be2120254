"""Noisy variants of a message, made by program and seeded; digits, phones, mails and codes are left as they are.

Written apart from bot/nlu/augment.py, with other errors, so that the model is not measured on the noise it was trained on.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.nlu.report.cases import Case

AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")
SMS = {
    "est-ce que": "eske", "qu'est-ce que": "keske", "c'est": "cé", "j'ai": "jé", "quelqu'un": "kelkun", "pourquoi": "pkoi", "quoi": "koi",
    "beaucoup": "bcp", "bonjour": "bjr", "merci": "mci", "pour": "pr", "avec": "av", "dans": "ds", "vous": "vs", "nous": "ns",
    "toujours": "tjrs", "quand": "kand", "comment": "cmt", "combien": "cb", "je suis": "jsuis", "je ne": "jne", "je n'": "jn'",
    "depuis": "dps", "maintenant": "mnt", "aussi": "oci", "mais": "mé", "tout": "tt", "tous": "ts", "rendez-vous": "rdv",
    "aujourd'hui": "ajd", "parce que": "pske", "enfants": "enfts", "s'il vous plaît": "svp", "j'arrive": "jariv", "qui": "ki",
}  # fmt: skip
_PROTECTED = re.compile(r"\S*[\d@/]\S*")


def _word_by_word(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied to each word that is neither a number, a mail nor a code."""
    return " ".join(word if _PROTECTED.fullmatch(word) else change(word) for word in text.split(" "))


def drop_accents(text: str, rng: random.Random) -> str:
    """Without any accent."""
    return _word_by_word(text, lambda word: "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)))


def capitals(text: str, rng: random.Random) -> str:
    """All in capitals."""
    return _word_by_word(text, str.upper)


def _neighbour(letter: str, rng: random.Random) -> str:
    """A key beside that letter on a French keyboard."""
    for row in AZERTY:
        at = row.find(letter)
        if at >= 0:
            return row[max(0, min(len(row) - 1, at + rng.choice((-1, 1))))]
    return letter


def _misspell(word: str, rng: random.Random) -> str:
    """The word with one of four errors: two letters swapped, one missing, one doubled, one replaced by its neighbour."""
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[:at] + word[at] + word[at:]
    struck = word[:at] + _neighbour(word[at].lower(), rng) + word[at + 1 :]
    return rng.choice((swapped, word[:at] + word[at + 1 :], doubled, struck))


def typos(text: str, rng: random.Random) -> str:
    """One word of four letters or more out of five misspelt, at least one."""
    words = text.split(" ")
    long_ones = [index for index, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for index in rng.sample(long_ones, min(len(long_ones), max(1, len(long_ones) // 5))):
        words[index] = _misspell(words[index], rng)
    return " ".join(words)


def sms(text: str, rng: random.Random) -> str:
    """In SMS spelling: shortened words, no final e or s on some, no punctuation."""
    padded = f" {text.lower()} "
    for usual, short in sorted(SMS.items(), key=lambda pair: -len(pair[0])):
        padded = padded.replace(f" {usual} ", f" {short} ").replace(f" {usual}", f" {short}" if usual.endswith("'") else f" {usual}")
    return _word_by_word(padded.strip(), lambda word: re.sub(r"(?<=[a-zé]{3})(?:es|s)$", "", word) if rng.random() < 0.3 else word)


NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "no accents": drop_accents,
    "capitals": capitals,
    "sms": sms,
}


def noisy(cases: Sequence[Case], name: str, seed: int = 11) -> list[Case]:
    """The cases typed with one kind of noise; the reading expected does not change, save the words of a date."""
    rng = random.Random(seed)
    return [replace(case.reworded(NOISES[name](case.text, rng)), mentions=_without_wording(case.mentions)) for case in cases]


def _without_wording(mentions: dict[str, object]) -> dict[str, object]:
    """The mentions without the wording of the date, which the noise changes."""
    return {key: value for key, value in mentions.items() if key != "date_texte"}

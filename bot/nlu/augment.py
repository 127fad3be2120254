"""More training messages from the hand-written ones: typing noise, polite openings, several things in one message. Seeded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.nlu.examples import Example

NEIGHBOURS = {"a": "zq", "e": "rz", "i": "uo", "o": "ip", "r": "et", "s": "dq", "t": "ry", "n": "b", "m": "l", "l": "mk", "u": "iy"}
OPENINGS = (
    "bonjour, ",
    "bonjour ",
    "Bonjour madame, ",
    "bonsoir, ",
    "slt ",
    "bjr ",
    "salut, ",
    "Bonjour, je me permets de vous écrire, ",
    "svp ",
)
CLOSINGS = (
    " merci",
    " svp",
    ", merci d'avance",
    " ?",
    " !!",
    " s'il vous plaît",
    " merci bcp",
    "...",
    " merci de votre aide",
    " cordialement",
)
ASKING = (
    ", que faire ?",
    " je sais plus quoi faire",
    ", vous pouvez m'aider ?",
    " j'ai droit à une aide ?",
    ", quelles aides ?",
    " help",
    " aidez moi",
)
FACTS = (
    " j'ai {n} enfants", ", j'habite à Laon", " je vis à Grenoble", " dans le 93", " j'ai {a} ans", ", {n} enfants de {b} et {c} ans",
    " j'habite Bobigny", ", je touche le rsa", " je touche les apl", " je suis à Saint-Quentin", ", je travaille pas", " depuis {n} mois",
)  # fmt: skip
LINKS = (" et ", ", ", ". ", " en plus ", " et aussi ", " ", " et puis ")
NO_OPENING = frozenset({"salutation", "remerciement", "au_revoir", "affirmer", "nier", "charabia", "insulte", "ne_sait_pas", "information"})
TOLD = frozenset({"situation", "danger", "detresse", "rendez_vous"})
CARRIES_SITUATION = ("rendez_vous", "contact", "humain", "info_offre", "danger", "detresse")
SPOKEN = (
    "alors voilà ",
    "en fait ",
    "donc euh ",
    "bonjour voilà ",
    "oui bonjour ",
    "je vous explique ",
    "du coup ",
    "voilà en fait ",
    "ben ",
    "et puis ",
)
JOINED_SHARE = 0.3  # joined messages, as a share of the hand-written ones


def mistype(text: str, rng: random.Random) -> str:
    """The message with one typing error in about one long word out of four."""
    return " ".join(_mistyped_word(word, rng) if len(word) > 4 and rng.random() < 0.25 else word for word in text.split(" "))


def _mistyped_word(word: str, rng: random.Random) -> str:
    """A word with one letter swapped, dropped, doubled or replaced; digits, addresses and codes are left alone."""
    if not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + rng.choice(NEIGHBOURS.get(word[at].lower(), "e")) + word[at + 1 :]


@lru_cache(maxsize=1)
def _sms_pairs() -> list[tuple[str, str]]:
    """Ordinary wording with a phonetic spelling of it, longest first."""
    pairs = {
        "qu'est-ce que": "keske", "est-ce que": "esk", "quelqu'un": "kelkun", "c'est": "c", "j'ai": "g", "pour": "pr", "dans": "ds",
        "avec": "avc", "pourquoi": "pk", "beaucoup": "bcp", "toujours": "tjr", "rendez-vous": "rdv", "quand": "kan", "comment": "coment",
        "parce que": "pcq", "je suis": "chui", "je sais": "jsai", "je veux": "jveu", "je peux": "jpeu", "maintenant": "mtn", "vous": "vs",
        "aussi": "ossi", "depuis": "dpuis", "qui": "ki", "que": "ke", "payer": "payé", "aider": "aidé", "plus": "plu", "pas": "pa",
        "enfants": "enfant", "s'il vous plaît": "svp", "aujourd'hui": "ojd", "tout": "tt", "mais": "mé", "les": "lé", "des": "dé",
    }  # fmt: skip
    return sorted(pairs.items(), key=lambda pair: -len(pair[0]))


def shorten(text: str, rng: random.Random) -> str:
    """The message with some of its words in SMS spelling."""
    padded = f" {text} "
    for usual, short in _sms_pairs():
        if usual in padded and rng.random() < 0.6:
            padded = padded.replace(f" {usual} ", f" {short} ")
    return padded.strip()


def dress(text: str, rng: random.Random) -> str:
    """The message with a polite opening or closing."""
    opening = rng.choice(OPENINGS) if rng.random() < 0.6 else ""
    return opening + text + (rng.choice(CLOSINGS) if rng.random() < 0.6 else "")


def with_facts(text: str, rng: random.Random) -> str:
    """The message followed by a fact or two, as people add their place, age or children, and sometimes by a call for help."""
    for _ in range(rng.randint(1, 2)):
        numbers = {"n": rng.randint(2, 5), "a": rng.randint(17, 60), "b": rng.randint(1, 9), "c": rng.randint(10, 17)}
        text += rng.choice(FACTS).format(**numbers)
    return text + (rng.choice(ASKING) if rng.random() < 0.5 else "")


def dictate(text: str, rng: random.Random) -> str:
    """The message as if it were dictated: no punctuation, spoken fillers, a fact or two on the way."""
    spoken = re.sub(r"[,.;:!?]", "", with_facts(text, rng)).lower()
    return rng.choice(SPOKEN) + spoken + (rng.choice((" voilà", " et voilà quoi", " donc voilà", "", " merci")))


@dataclass(frozen=True)
class Variant:
    """A way to make a variant: the function, the share of messages that get one, the acts it fits."""

    make: Callable[[str, random.Random], str]
    share: float
    fits: Callable[[str], bool] = lambda act: True


VARIANTS = {
    "mistyped": Variant(mistype, 0.6),
    "shortened": Variant(shorten, 0.35),
    "dressed": Variant(dress, 0.25, lambda act: act not in NO_OPENING),
    "with facts": Variant(with_facts, 0.3, lambda act: act == "situation"),
    "dictated": Variant(dictate, 0.2, lambda act: act in TOLD),
}


def _joined(first: Example, second: Example, rng: random.Random) -> Example:
    """A situation and another message in one; the act is the second's, the situations are both's."""
    parts = [first.text, second.text]
    if second.act in {"situation", "danger", "detresse"}:
        rng.shuffle(parts)
    union = tuple(sorted({*first.situations, *second.situations}))
    return Example(rng.choice(LINKS).join(parts), second.act, union, first.source, "joined")


def _joins(examples: Sequence[Example], rng: random.Random) -> list[Example]:
    """Two situations in one message, or a situation and a request."""
    told = [example for example in examples if example.act == "situation" and len(example.situations) == 1 and len(example.text) < 110]
    asked = [example for example in examples if example.act in CARRIES_SITUATION and len(example.text) < 110]
    if not told or not asked:
        return []
    count = int(len(examples) * JOINED_SHARE)
    pairs = [(rng.choice(told), rng.choice(told) if rng.random() < 0.6 else rng.choice(asked)) for _ in range(count)]
    return [_joined(first, second, rng) for first, second in pairs if first.source != second.source]


def augment(examples: Sequence[Example], seed: int = 7) -> list[Example]:
    """The examples and their variants, in a fixed order for a seed; each variant keeps the `source` of its message."""
    rng = random.Random(seed)
    everything = list(examples)
    for example in examples:
        everything.extend(
            replace(example, text=variant.make(example.text, rng), kind=kind)
            for kind, variant in VARIANTS.items()
            if rng.random() < variant.share and variant.fits(example.act)
        )
    everything.extend(_joins(examples, rng))
    return everything

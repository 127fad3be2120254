"""How a place name is reduced so that its many spellings meet: folded tokens, joined keys, sounds.

A key is the name without case, accents, hyphens, apostrophes or spaces, « st » and « s/ » written in full:
« St-Denis », « SAINT DENIS » and « saint denis » all give `saintdenis`, « l'isle d'abeau » and « lisle dabeau » `lisledabeau`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Latin-1 letters to their plain letter: translating bytes is many times faster than translating a string.
_PLAIN = bytes.maketrans("àâäáãåçéèêëíîïìñóôöòõúùûüýÿ".encode("latin-1"), b"aaaaaaceeeeiiiinooooouuuuyy")
_WORD = re.compile(r"[^\W_]+")
_FULL_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "ss": "sous"}
ARTICLES = frozenset({"le", "la", "les", "l"})
LINKS = ARTICLES | {"de", "du", "des", "d", "en", "sur", "sous", "a", "au", "aux", "et", "les", "lez", "pres"}


@dataclass(frozen=True)
class Token:
    """One word of a text: its folded form, abbreviations written in full, and where it stands."""

    key: str
    raw: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """True when the word begins with a capital letter."""
        return self.raw[0].isupper()


def fold(text: str) -> str:
    """The text in lower case without accents; its length may change (œ becomes oe); characters outside Latin-1 become « ? »."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return text.encode("latin-1", "replace").translate(_PLAIN).decode("latin-1")


def tokens_of(text: str) -> list[Token]:
    """The words of a text, in order; « st », « ste », « ss », « s/ » and « s/s » are written in full."""
    tokens = []
    for found in _WORD.finditer(text):
        key = fold(found.group())
        if key == "s" and text[found.end() : found.end() + 1] == "/":
            key = (
                "sous"
                if text[found.end() + 1 : found.end() + 2] in ("s", "S") and text[found.end() + 2 : found.end() + 3] == " "
                else "sur"
            )
        elif key == "s" and text[max(0, found.start() - 2) : found.start()] in ("s/", "S/"):
            continue
        tokens.append(Token(_FULL_WORDS.get(key, key), found.group(), found.start(), found.end()))
    return tokens


def words_of(name: str) -> list[str]:
    """The folded words of a name, abbreviations in full."""
    return [token.key for token in tokens_of(name)]


def key_of(name: str) -> str:
    """The key under which a name is looked up; empty when the name has no letter or digit."""
    return "".join(words_of(name))


# Applied in this order to a key, or to many keys at once, one a line. French letters that sound alike become one.
_SOUNDS = tuple(
    (re.compile(pattern, re.MULTILINE), sound)
    for pattern, sound in (
        (r"eaux|eau|aux|au|ault|ots?$", "o"),
        (r"ch|sh|sch", "S"),
        (r"ph", "f"),
        (r"qu|q|k|c(?=[aouCSrl])|cc", "k"),
        (r"c(?=[eiy])|ss|s$", "s"),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"gn", "N"),
        (r"ille|ill", "y"),
        (r"oi|oy", "W"),
        (r"ai|ei|ay|ey|et$|er$|ez$", "e"),
        (r"(?:ain|ein|yn|ym|im|in)(?=[^aeiouyn]|$)", "I"),
        (r"(?:an|am|en|em)(?=[^aeiouynm]|$)", "A"),
        (r"(?:on|om)(?=[^aeiouynm]|$)", "O"),
        (r"y", "i"),
        (r"h", ""),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[estxdpg]+$", ""),
    )
)


def sound_of(keys: str) -> str:
    """How a key sounds, roughly: `chony` and `chauny` agree. Several keys may be given at once, one a line."""
    for pattern, sound in _SOUNDS:
        keys = pattern.sub(sound, keys)
    return keys

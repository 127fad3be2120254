"""Départements by name, number or nickname."""

from __future__ import annotations

from functools import lru_cache

import yaml
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot import settings
from bot.territory.cafs import routing
from bot.territory.gazetteer import gazetteer
from bot.territory.spelling import fold, key_of, words_of

NICKNAMES = settings.ROOT / "data" / "territory" / "surnoms_departements.yml"
_BEFORE_A_NAME = frozenset({"dans", "en", "departement", "dept", "dpt", "le", "la", "les", "l", "du", "de", "des", "d"})
MISSPELT_SERVED_FROM = 4  # letters, for the départements of the Cafs of the catalogue
MISSPELT_FROM = 6  # letters from which one wrong letter is accepted; two from ten letters


@lru_cache(maxsize=1)
def departement_keys() -> dict[str, str]:
    """Code of every name of a département, article optional: `seinesaintdenis`, `aisne`, `neuftrois`."""
    keys = {key_of(name): code for code, name in gazetteer().departements.items()}
    nicknames: dict[str, list[str]] = yaml.safe_load(NICKNAMES.read_text(encoding="utf-8"))
    keys.update({key_of(name): code for code, names in nicknames.items() for name in names})
    return keys


def code_of_number(text: str) -> str | None:
    """Code of a département written as its number: « 93 », « 9-3 », « 2a », « 974 », « 2 » for 02; None when there is none."""
    key = "".join(char for char in fold(text) if char.isalnum()).upper()
    key = key.zfill(2) if key.isdigit() else key
    key = "2A" if key == "20" else key  # Corsica before 1976
    return key if key in gazetteer().departements else None


def code_of_postal(postal: str) -> str | None:
    """Département of a postal code that no commune bears (CEDEX); None when its first figures are not a département."""
    if postal.startswith("20"):
        return "2A" if postal[2] in "01" else "2B"
    for head in (postal[:3], postal[:2]):
        if head in gazetteer().departements:
            return head
    return None


def code_of_name(name: str, misspelt: bool = True) -> str | None:
    """Code of a département from its name, slightly misspelt or not; None when no département is near."""
    key = key_of(name)
    keys = departement_keys()
    if key in keys:
        return keys[key]
    if not misspelt or len(key) < MISSPELT_SERVED_FROM:
        return None
    served = routing().caf_of_departement
    near_keys = [name for name, code in keys.items() if len(key) >= MISSPELT_FROM or code in served]
    near = extractOne(key, near_keys, scorer=OSA.distance, score_cutoff=1 if len(key) < 10 else 2)
    return keys[near[0]] if near else None


def departement_code(text: str) -> str | None:
    """Code of the département that a name or number designates (« 93 », « l'Aisne », « en Isere »), None when it designates none."""
    words = words_of(text)
    while words and words[0] in _BEFORE_A_NAME:
        words = words[1:]
    name = " ".join(words)
    return code_of_number(text) or code_of_number(name) or code_of_name(name)

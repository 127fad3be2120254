"""Benefits that are received (`prestations`) or said not to be (`prestations_absentes`), named as they were said.

A benefit that is only asked about (« ai-je droit au RSA ? ») is in neither list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu import scope
from bot.nlu.normalise import Aligned
from bot.nlu.rules import FAMILY

PRESTATIONS_FILE = Path(__file__).with_name("prestations.yml")

_ORDINARY_WORDS = {"al", "af", "prepare"}  # read as benefits in capitals, or where the words around leave no doubt
_SURELY = re.compile(r"(?:\b(?:la|les|touche|percois|touchons|percoit|l|pas|une|de|avec|droit|beneficiaire|perception) )$")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """Names of the benefits, and the words around a benefit that is only asked about."""
    content = yaml.safe_load(PRESTATIONS_FILE.read_text(encoding="utf-8"))
    names = {code: re.compile(pattern) for code, pattern in content["names"].items()}
    return names, {name: re.compile(pattern) for name, pattern in content["words"].items()}


def _is_benefit(match: re.Match[str], reading: Aligned, audience: str) -> bool:
    """False for « je prépare », « al » in a name…"""
    if match.group() not in _ORDINARY_WORDS:
        return True
    if reading.written(*match.span()).isupper() or reading.written(*match.span()) in {"PreParE", "PréParE"}:
        return True
    if match.group() == "prepare":
        before = reading.text[: match.start()]
        named = re.search(r"\b(?:la|touche|percois|touchait|percoit) $", before) is not None
        return named or (audience != FAMILY and re.search(r"\b(?:je|on|nous|elle|il|qui|se|me|s|y|bien) $", before) is None)
    return audience != FAMILY or _SURELY.search(reading.text[: match.start()]) is not None


def _only_asked(text: str, start: int, end: int) -> bool:
    """True when the benefit is asked about, applied for or imagined rather than received."""
    words = _tables()[1]
    if words["not_received"].search(scope.clause_before(text, start)) or words["lost"].match(text[end:]):
        return True
    asked = re.search(r"\bdroits? (?:au|a l|aux|a la|a) ?$", text[:start]) and re.match(r"[^.!,;]*\?", text[end:])
    return asked is not None and bool(asked)


def extract_prestations(reading: Aligned, audience: str) -> dict[str, list[str]]:
    """`prestations` and `prestations_absentes`, in the order they are said; a list that would be empty is left out."""
    text = reading.text
    found: dict[str, list[tuple[int, str]]] = {"prestations": [], "prestations_absentes": []}
    for code, pattern in _tables()[0].items():
        for match in pattern.finditer(text):
            start, end = match.span()
            if not _is_benefit(match, reading, audience):
                continue
            if scope.denied(text, start, end) or _tables()[1]["refused"].search(text[:start]):
                found["prestations_absentes"].append((start, code))
            elif not (_only_asked(text, start, end) or scope.supposed(text, start)):
                found["prestations"].append((start, code))
    codes = {key: list(dict.fromkeys(code for _, code in sorted(pairs))) for key, pairs in found.items() if pairs}
    if "rsa_majore" in codes.get("prestations", []) and "rsa" in codes["prestations"]:
        codes["prestations"].remove("rsa")  # « obligations RSA, je touche le RSA majoré »: one benefit
    return codes

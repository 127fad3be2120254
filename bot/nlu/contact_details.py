"""Phones and mails as people write them, in E.164 and lower case.

Overseas numbers carry the code of their territory (ITU-T E.164): +590 Guadeloupe, +594 Guyane, +596 Martinique, +262 La Réunion and
Mayotte, +508 Saint-Pierre-et-Miquelon.
"""

from __future__ import annotations

import re

from text_to_num import alpha2digit

_GAP = r"[ .\-/_()\u00a0\u202f\u2011]{0,3}"
_PAIRS = r"(?<![\dA-Za-z+])(?<!\d[/.])[0oO][1-9]" + rf"(?:{_GAP}\d\d){{4}}(?!{_GAP}\d(?!\d*\s*[a-zA-Zé€]))(?!\d)"
_LOOSE = r"(?<![\dA-Za-z+])(?<!\d[/. ])[0oO]" + rf"(?:{_GAP}[1-9])(?:{_GAP}\d){{8}}(?!{_GAP}\d)"
_ABROAD = r"(?<![\dA-Za-z])(?:\+|00)" + rf"{_GAP}[1-9](?:{_GAP}\d){{7,14}}(?!\d)"
PHONE = re.compile(f"(?P<abroad>{_ABROAD})|(?P<pairs>{_PAIRS})|(?P<loose>{_LOOSE})")
_DATE_FIRST = re.compile(r"\d\d[/.\-]\d\d[/.\-](?:19|20)\d\d")

_AT = r"(?:\s?@\s?|\s?[(\[]\s?(?:at|arobase|a)\s?[)\]]\s?|\s+(?:at|arobase|arobas|arrobase|aroba[sz]e?)\s+)"
_DOT = r"(?:\.|\s?\.\s?|\s+(?:point|pt|dot)\s+)"
_DOMAINS = "fr|com|net|org|eu|re|gp|mq|gf|yt|be|ch|info|gouv"
MAIL = re.compile(
    rf"(?P<user>[\w.+\-]+(?:\s+(?:point|tiret|underscore)\s+[\w+\-]+)*){_AT}(?P<host>[\w\-]+(?:{_DOT}(?!(?:{_DOMAINS})\b)[\w\-]+)*)"
    rf"{_DOT}(?P<domain>{_DOMAINS}|[a-z]{{2,10}})(?![\w@])",
    re.IGNORECASE,
)
DETAIL = re.compile(f"{MAIL.pattern}|{PHONE.pattern}", re.IGNORECASE)

_SPOKEN_NUMBER = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    r"cinquante|soixante|et|\d{1,2})"
)
_SPOKEN_PHONE = re.compile(rf"\b(?:z[ée]ro|0)[ -]{_SPOKEN_NUMBER}(?:[ ,-]+{_SPOKEN_NUMBER}){{3,24}}\b", re.IGNORECASE)
_ZERO = re.compile(r"\bz[ée]ro\b", re.IGNORECASE)
_SPOKEN_SIGNS = (
    (re.compile(r"\s+point\s+", re.IGNORECASE), "."),
    (re.compile(r"\s+tiret\s+", re.IGNORECASE), "-"),
    (re.compile(r"\s+underscore\s+", re.IGNORECASE), "_"),
)
_OVERSEAS = {
    "590": ("690", "691", "590"),
    "594": ("694", "594"),
    "596": ("696", "697", "596"),
    "262": ("692", "693", "639", "262", "263", "269"),
    "508": ("508",),
}


def _e164(national: str) -> str:
    """A French number of nine digits (no leading zero) with the code of its territory."""
    for code, starts in _OVERSEAS.items():
        if national[:3] in starts:
            return f"+{code}{national}"
    return f"+33{national}"


def _phone_of(match: re.Match[str]) -> str | None:
    """The number of a match, or None when its digits are a date or too many."""
    written = match.group()
    if _DATE_FIRST.match(written):
        return None
    digits = re.sub(r"\D", "", re.sub("[oO]", "0", written))
    if match.lastgroup != "abroad":
        return _e164(digits[1:])
    digits = digits[2:] if written.lstrip().startswith("00") else digits
    if digits.startswith("33"):
        national = re.sub(r"^0", "", digits[2:])
        return _e164(national) if len(national) == 9 and not written.strip().startswith("00330 ") else None
    return f"+{digits}" if 8 <= len(digits) <= 15 else None


def hide_details(text: str) -> str:
    """The message with its phones and mails overwritten, every other character at the same place."""
    hidden = DETAIL.sub(lambda match: "#" * len(match.group()), text)
    return _SPOKEN_PHONE.sub(lambda match: "#" * len(match.group()), hidden)


def extract_phone(text: str) -> str | None:
    """The first phone number of the message in E.164, or None. Dictated numbers (« zéro six douze… ») are read too."""
    spoken = _SPOKEN_PHONE.sub(lambda match: alpha2digit(_ZERO.sub("zéro", match.group()), "fr"), text)
    for match in PHONE.finditer(spoken):
        phone = _phone_of(match)
        if phone is not None:
            return phone
    return None


def extract_mail(text: str) -> str | None:
    """The first mail address of the message in lower case, or None. « arobase », « at » and « point » are read as signs."""
    match = MAIL.search(text)
    if match is None:
        return None
    host = re.sub(_DOT, ".", match["host"], flags=re.IGNORECASE)
    user = match["user"]
    for pattern, sign in _SPOKEN_SIGNS:
        user = pattern.sub(sign, user)
    return f"{user.strip('.')}@{host}.{match['domain']}".lower()

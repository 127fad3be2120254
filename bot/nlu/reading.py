"""A message made ready for the parsers: phones and mails set aside, plain words, one typing error mended, numbers in figures."""

from __future__ import annotations

import re
from functools import lru_cache

from text_to_num import text2num

from bot.nlu.contact_details import hide_details
from bot.nlu.normalise import Aligned, fold, written_out
from bot.nlu.spelling import mend, mend_unit

_NUMBER = (
    "(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|"
    "soixante|septante|octante|nonante|cents?|mille)"
)
_NUMBER_RUN = re.compile(rf"\b{_NUMBER}(?:(?: et (?=une?\b|onze\b)| )(?:{_NUMBER}|(?<=et )une?))*\b")
_ROUGHLY = re.compile(r"\b(?:une )?(quinzaine|dizaine|douzaine|vingtaine|trentaine) (?:de |d )?")
_ROUGH_VALUES = {"quinzaine": "15 ", "dizaine": "10 ", "douzaine": "12 ", "vingtaine": "20 ", "trentaine": "30 "}
_GLUED = re.compile(r"(?<![a-z\d-])(\d{1,5})((?!(?:er|ere|eme|ieme|nde?|bis|ter|km|em)\b)[a-z]{2,}|[je])\b")
_GLUED_UNITS = {"j": "jours", "js": "jours", "e": "euros", "sem": "semaines"}
_YEARS = re.compile(r"(?<![a-z\d-])(?<!\ben )(?<!\ble )(\d{1,2})a\b")
_CHILD_BEFORE = re.compile(r"\b(?:enf\w*|fils|fille|bb|bebe|\d{1,2}a ?[/,]?) ?$")
_WORD = re.compile(r"(?<![a-z0-9@._])[a-z]+(?![a-z0-9@_])")
_AFTER_NUMBER = re.compile(r"(?<=\d )[a-z]{2,9}\b")


def _ungluded(match: re.Match[str]) -> str:
    """« 3mois » as « 3 mois »."""
    unit = match.group(2)
    return f"{match.group(1)} {_GLUED_UNITS.get(unit, unit)}"


def _years(reading: Aligned) -> Aligned:
    """« 6a » as « 6 ans »; « 2A », in capitals and not after a child, is Corse-du-Sud."""

    def written_out(match: re.Match[str]) -> str | None:
        corse = reading.written(*match.span()) == "2A" and not _CHILD_BEFORE.search(reading.text[: match.start()])
        return None if corse else f"{match.group(1)} ans"

    return reading.sub(_YEARS, written_out)


def _plain_word(match: re.Match[str]) -> str:
    """A word written out, or mended."""
    return written_out(match) or mend(match.group())


@lru_cache(maxsize=512)
def _in_figures(run: str) -> str:
    """« soixante et onze » as « 71 », « quatre cinq » as « 4 5 »."""
    try:
        return str(text2num(run, "fr"))
    except ValueError:
        return " ".join(_in_figures(word) if " " not in word else word for word in run.split()) if " " in run else run


@lru_cache(maxsize=2)
def read(text: str) -> Aligned:
    """The message as the patterns of the parsers read it, with the positions of what was typed; the last two are kept."""
    hidden = hide_details(text)
    reading = _years(fold(hidden)).sub(_GLUED, _ungluded).sub(_WORD, _plain_word)
    reading = reading.sub(_ROUGHLY, lambda match: _ROUGH_VALUES[match.group(1)])
    reading = reading.sub(_NUMBER_RUN, lambda match: _in_figures(match.group()))
    aligned = reading.sub(_AFTER_NUMBER, lambda match: mend_unit(match.group()))
    return Aligned(text, aligned.text, aligned.starts, aligned.ends)

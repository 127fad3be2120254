"""Months of rent in arrears: « 3 mois de loyer de retard », « 3 loyers impayés », « impayé 3 mois »; not the instalments of a loan."""

from __future__ import annotations

import re
from pathlib import Path

from bot.nlu.patterns import patterns
from bot.nlu.scope import clauses, sentence_before

ARREARS_FILE = Path(__file__).with_name("arrears.yml")
MOST = 60


def _about_a_loan(text: str, match: re.Match[str]) -> bool:
    """True for « 3 mois de retard sur le crédit »: no rent is named and a loan or a bill is."""
    known = patterns(ARREARS_FILE)
    around = sentence_before(text, match.start()) + text[match.start() : match.end() + 30]
    return known["about_loan"].search(around) is not None and known["about_rent"].search(around) is None


def _loose(text: str) -> int | None:
    """A number of rents or months in a clause that tells of rent left unpaid, whatever the order of the words."""
    known = patterns(ARREARS_FILE)
    times = known["times"].search(text)
    if times:
        return int(times.group(1) or times.group(2))
    for clause in clauses(text):
        around = text[max(0, clause.start - 25) : clause.end]  # « dette de loyer, 5 mois »
        if not (known["unpaid_word"].search(around) and known["rent_word"].search(around)):
            continue
        for name in ("loose_rents", "loose_rent_one", "loose_months"):
            match = known[name].search(clause.text)
            if match and not known["no_arrears_before"].search(clause.text[: match.start()]) and not _about_a_loan(clause.text, match):
                return int(match.group(1)) if match.group(1).isdigit() else 1
    return None


def extract_nb_mois_impayes(text: str) -> int | None:
    """The number of months of rent in arrears that a prepared text says, None without one."""
    known = patterns(ARREARS_FILE)
    for match in known["several"].finditer(text):
        count = next(value for value in match.groups() if value)
        months = int(count) if count.isdigit() else 1
        if 0 < months <= MOST and not _about_a_loan(text, match):
            return months
    loose = _loose(text)
    if loose is not None:
        return loose
    year = known["one_year"].search(text)
    if year and not _about_a_loan(text, year):
        return 12 * (int(year["count"]) if year["count"].isdigit() else 1)
    return None

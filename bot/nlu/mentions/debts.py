"""Amount owed, in euros: « je dois 1 200 € », « 1500 e de retard »; neither a pay nor the amount of a rent."""

from __future__ import annotations

import re

from bot.nlu.mentions.arrears import ARREARS_FILE
from bot.nlu.patterns import patterns
from bot.nlu.scope import sentence_before

_SMALLEST_BARE = 40  # without « € », a smaller number after « je dois » counts something else


def _euros(match: re.Match[str]) -> int | float:
    """The amount of a match; a whole number of euros stays an int."""
    whole = int(re.sub(r"[ .]", "", match["whole"]))
    cents = match["cents"] or match["after"]
    if match["kilo"]:
        return whole * 1000 + (int(cents.ljust(3, "0")) if cents else 0)
    if not cents:
        return whole
    value = whole + int(cents.ljust(2, "0")) / 100
    return int(value) if value == whole else value


def _is_owed(text: str, match: re.Match[str]) -> bool:
    """True when the words around tell of a debt and none says pay, rent or benefit."""
    known = patterns(ARREARS_FILE)
    before, after = sentence_before(text, match.start()), text[match.end() :]
    if known["not_money"].match(after) or not (match["euro"] or match["kilo"] or int(re.sub(r"\D", "", match["whole"])) >= _SMALLEST_BARE):
        return False
    if (match["euro"] or match["kilo"]) and (known["owed_after"].match(after) or known["plainly_owed"].search(before)):
        return True
    if known["left_to_pay"].search(before) and known["to_pay"].match(after):
        return True
    if known["sum_up"].search(before) and known["unpaid_word"].search(text) and not known["not_owed_after"].match(after):
        return True
    if known["not_owed_before"].search(before) or known["not_owed_after"].match(after):
        return False
    if match["euro"] or match["kilo"]:
        return known["owed_before"].search(before) is not None
    return known["owed_just_before"].search(before) is not None


def extract_montant_dette(text: str) -> int | float | None:
    """The first amount owed that a prepared text says, in euros, None without one."""
    for match in patterns(ARREARS_FILE)["amount"].finditer(text):
        if _is_owed(text, match):
            return _euros(match)
    return None

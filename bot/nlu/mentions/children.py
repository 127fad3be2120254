"""Number of children, only when a number is said: « 2 enfants », « trois filles », « un enfant », « sans enfant »; ages are not counted."""

from __future__ import annotations

from pathlib import Path

from bot.nlu import scope
from bot.nlu.patterns import patterns

CHILDREN_FILE = Path(__file__).with_name("children.yml")
MOST = 15

_WHOLE = ("enfant", "enf", "gosse", "kid", "mome", "gamin", "loulou", "bambin", "minot", "mioche", "petits bouts", "marmot")


def _number(count: str) -> int:
    """A count in figures, or « un », « une »."""
    return int(count) if count.isdigit() else 1


def _labelled(text: str) -> int | None:
    """« nb enfants : 3 », « enfants à charge : 2 », « pas 2 enfants, 3 », « un seul enfant »."""
    known = patterns(CHILDREN_FILE)
    for name in ("labelled", "corrected", "single"):
        match = known[name].search(text)
        if match:
            return _number(next(group for group in match.groups() if group))
    return None


def _counts(text: str) -> list[tuple[int, int, str]]:
    """Every number of children said: where, how many, of what; those expected, lost or of a general case left out."""
    known = patterns(CHILDREN_FILE)
    found = {match.start("count"): match for name in ("counted", "one") for match in known[name].finditer(text)}
    if found:
        found |= {match.start("count"): match for match in known["one_and"].finditer(text) if text[: match.start()].endswith(" et ")}
        found |= {match.start("count"): match for match in known["one_and"].finditer(text) if text[match.end() :].startswith(" et ")}
    kept = []
    for start in sorted(found):
        match = found[start]
        if known["not_mine"].search(text[:start]) or scope.denied(text, start) or not 0 <= _number(match["count"]) <= MOST:
            continue
        kept.append((start, _number(match["count"]), match["what"]))
    return kept


def _total(counts: list[tuple[int, int, str]]) -> int:
    """« 2 enfants » is the total even when « une fille » follows; « 2 filles et un garçon » make three."""
    for _, number, what in counts:
        if what.startswith(_WHOLE):
            return number
    return sum(number for _, number, _ in counts)


def extract_nb_enfants(text: str) -> int | None:
    """The number of children that a prepared text says, None without a number."""
    labelled = _labelled(text)
    if labelled is not None:
        return labelled
    counts = _counts(text)
    own = [count for count in counts if not scope.third_person(text, count[0])] or counts
    if own:
        return _total(own)
    none = patterns(CHILDREN_FILE)["none"].search(text)
    return 0 if none and not scope.hypothetical(text, none.start()) else None

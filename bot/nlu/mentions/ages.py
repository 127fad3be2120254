"""Ages said in a message, in completed years, and whose they are: a child's, the person's, or nobody's we care about.

« 18 mois » is 1, « 6 mois » is 0, « bientôt 3 ans » is 2; « les jumeaux ont 3 ans » tells two children of 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.patterns import patterns
from bot.nlu.rules import FAMILY
from bot.nlu.scope import sentence_before

AGES_FILE = Path(__file__).with_name("ages.yml")
CHILD, SELF, OTHER = "child", "self", "other"
_OWNER_WORDS = ((OTHER, "other_word"), (SELF, "self_word"), (CHILD, "child_word"))  # at equal distance, the first

_OLDEST_CHILD = 30
_ADULT = 18
_YOUNGEST_PERSON = 12
_ALONE_IS_ADULT = 16  # an age that nobody is named for: the person's from 16 on
_SURE_CHILD = re.compile(r"\b(?:fils|fille|garcon|bebe)s? (?:\w+ )?(?:de|a|age de|agee de|ans) $")


@dataclass(frozen=True)
class Ages:
    """Ages said together, and their owner."""

    start: int
    end: int
    years: tuple[int, ...]
    in_years: bool
    owner: str | None


def _years(count: str, unit: str) -> int:
    """An age in completed years; months, weeks and days are turned into years."""
    number = int(count) if count.isdigit() else 1
    if unit.startswith("an"):
        return number
    return number // 12 if unit == "mois" else 0


def _elements(run: str) -> list[tuple[int, str]]:
    """Each age of a run with its unit; one without a unit takes the next unit said."""
    found = [(match["count"], match["unit"]) for match in patterns(AGES_FILE)["element"].finditer(run)]
    unit = "ans"
    years: list[tuple[int, str]] = []
    for count, said in reversed(found):
        unit = said or ("ans" if unit.startswith("an") or int(count if count.isdigit() else 1) > 3 else unit)
        years.append((_years(count, unit), unit))
    return years[::-1]


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last whole-word match ends, -1 without one."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def _named_owner(before: str) -> str | None:
    """The last person named before the age, in its sentence."""
    known = patterns(AGES_FILE)
    ends = {owner: _last(known[name], before) for owner, name in _OWNER_WORDS}
    best = max(ends, key=lambda owner: ends[owner])
    return best if ends[best] >= 0 else None


def _owner(text: str, start: int, years: tuple[int, ...], in_years: bool, audience: str) -> str | None:
    """Whose ages they are, as far as the words before tell."""
    before = sentence_before(text, start)
    owner = _named_owner(before)
    if owner == CHILD and in_years and max(years) >= _OLDEST_CHILD and not _SURE_CHILD.search(before):
        return SELF
    if owner == SELF and len(years) > 1:
        return CHILD if min(years) < _ADULT else SELF
    if owner == SELF and re.search(r"\belle a $", before) and audience == FAMILY:
        return CHILD if _last(re.compile(r"\b(?:fille|petite|bebe)\b"), text[:start]) >= 0 else None
    if owner is None and (in_years or len(years) > 1):
        return CHILD if len(years) > 1 or years[0] < _ALONE_IS_ADULT else SELF
    return owner


def _is_age(text: str, start: int, end: int) -> bool:
    """False for a length of time, a delay, a debt…"""
    known = patterns(AGES_FILE)
    return not (known["not_before"].search(text[:start]) or known["not_after"].match(text[end:]))


def _twins(before: str, years: tuple[int, ...]) -> tuple[int, ...]:
    """One age said of twins is the age of both."""
    return years * 2 if len(years) == 1 and re.search(r"\b(?:jumeaux|jumelles)\b[^,.;\d]*$", before) else years


def _runs(text: str, audience: str) -> Iterator[Ages]:
    """Ages said with a unit: « 4 et 7 ans », « 18 mois »."""
    known = patterns(AGES_FILE)
    for match in known["run"].finditer(text):
        start, end = match.span()
        if not _is_age(text, start, end):
            continue
        elements = _elements(match.group())
        years = tuple(age for age, _ in elements)
        in_years = all(unit.startswith("an") for _, unit in elements)
        owner = _owner(text, start, years, in_years, audience)
        if known["soon"].search(text[:start]):
            years = tuple(max(0, age - 1) for age in years)
        children = tuple(age for age in years if age < _OLDEST_CHILD)
        if owner == CHILD and children and len(children) < len(years):  # « ma fille de 5 mois, 34 ans »
            yield Ages(end - 1, end, tuple(age for age in years if age >= _OLDEST_CHILD), True, SELF)
            years = children
        yield Ages(start, end - 1, _twins(text[:start], years), in_years, owner)


def _without_unit(text: str) -> Iterator[Ages]:
    """Ages of children said as bare numbers: « 2 enfants (4, 7) », « … et les jumeaux 3 », « un de 4 et un de 7 »."""
    known = patterns(AGES_FILE)
    for match in known["list_without_unit"].finditer(text):
        years = tuple(int(number) for number in re.findall(r"\d+", match["ages"]))
        yield Ages(match.start("ages"), match.end("ages"), years, True, CHILD)
    for match in known["for_child"].finditer(text):
        yield Ages(match.start(), match.end(), (int(match["count"]),), True, CHILD)
    for match in known["age_is"].finditer(text):
        yield Ages(match.start("count"), match.end("count"), (int(match["count"]),), True, SELF)
    if not known["run"].search(text) and not re.search(r"\bages?\b|\bans?\b", text):
        return
    for name in ("tail", "one_of"):
        for match in known[name].finditer(text):
            yield Ages(match.start("count"), match.end("count"), _twins(text[: match.start("count")], (int(match["count"]),)), True, CHILD)


def find_ages(text: str, audience: str) -> list[Ages]:
    """The ages of a prepared text in the order they are said, each stretch once."""
    kept: list[Ages] = []
    for ages in sorted((*_runs(text, audience), *_without_unit(text)), key=lambda ages: (ages.start, -ages.end)):
        if not kept or ages.start >= kept[-1].end:
            kept.append(ages)
    return kept


def extract_ages(text: str, audience: str) -> dict[str, int | list[int]]:
    """`ages_enfants` and `age_demandeur`, those that are said."""
    found = find_ages(text, audience)
    mentions: dict[str, int | list[int]] = {}
    children = [age for ages in found if ages.owner == CHILD for age in ages.years]
    if children:
        mentions["ages_enfants"] = children
    adults = [ages.years[0] for ages in found if ages.owner == SELF and ages.in_years and ages.years[0] >= _YOUNGEST_PERSON]
    if adults:
        mentions["age_demandeur"] = adults[0]
    return mentions

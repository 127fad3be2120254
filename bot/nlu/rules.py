"""Rules « these words state this fact », kept as YAML data: what is said, what undoes it, and what a denial means.

A rule has `fact`, `value` and `said` (a pattern); and, when needed: `unless` (a pattern that, in the same sentence, undoes it), `needs` (a
pattern that the message must hold), `denied` (the value stated by a denial; without it a denied rule states nothing), `supposed: keep` or
`other_person: keep` (the rule holds even when imagined, or when told of somebody else), `audience` (those it is for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.nlu import scope
from bot.nlu.patterns import expand, words

FAMILY = "allocataire"
_NEGATION = re.compile(r"\b(?:pas|jamais|aucune?)\b")


@dataclass(frozen=True)
class Rule:
    """One way of stating a fact."""

    fact: str
    value: Any
    said: re.Pattern[str]
    unless: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    denied: Any
    supposed: bool
    other_person: bool
    audience: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """A fact stated between `start` and `end` of the prepared text."""

    fact: str
    value: Any
    start: int
    end: int


def _rule(entry: dict[str, Any], known: dict[str, str]) -> Rule:
    """A rule of a file, its patterns compiled."""
    compiled = {key: re.compile(expand(entry[key], known)) for key in ("said", "unless", "needs") if key in entry}
    return Rule(
        entry["fact"],
        entry["value"],
        compiled["said"],
        compiled.get("unless"),
        compiled.get("needs"),
        entry.get("denied"),
        entry.get("supposed") == "keep",
        entry.get("other_person") == "keep",
        frozenset(entry.get("audience", ())),
    )


@lru_cache(maxsize=16)
def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file, in order; its optional `words` are named patterns for its own rules."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = dict(words())
    for name, pattern in content.get("words", {}).items():
        known[name] = expand(pattern, known)
    return tuple(_rule(entry, known) for entry in content["rules"])


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence that holds the stretch."""
    after = re.search(r"[.!?;\n](?!\d)", text[end:])
    return scope.sentence_before(text, start) + text[start : end + (after.start() if after else len(text))]


def _value(rule: Rule, match: re.Match[str], text: str, audience: str) -> Any:
    """What the match states, None when it states nothing."""
    start, end = match.span()
    if rule.unless is not None and rule.unless.search(_sentence(text, start, end)):
        return None
    if not rule.supposed and scope.hypothetical(text, start):
        return None
    if audience == FAMILY and not rule.other_person and scope.third_person(text, start):
        return None
    return rule.denied if scope.denied(text, start, end) or _denied_inside(rule, match.group()) else rule.value


def _denied_inside(rule: Rule, words: str) -> bool:
    """True when a free gap of the pattern swallowed a negation (« j'ai [pas] signalé »)."""
    return _NEGATION.search(words) is not None and _NEGATION.search(rule.said.pattern) is None


def apply_rules(path: Path, text: str, audience: str) -> Iterator[Statement]:
    """What the prepared text states according to the rules of a file, in the order of the rules."""
    for rule in load_rules(path):
        if rule.audience and audience not in rule.audience:
            continue
        if rule.needs is not None and not rule.needs.search(text):
            continue
        for match in rule.said.finditer(text):
            value = _value(rule, match, text, audience)
            if value is not None:
                yield Statement(rule.fact, value, match.start(), match.end())
                break


def first_of_each(statements: Iterator[Statement]) -> dict[str, Statement]:
    """The first statement about each fact."""
    found: dict[str, Statement] = {}
    for statement in statements:
        found.setdefault(statement.fact, statement)
    return found

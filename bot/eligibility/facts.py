"""What is known of a family: read, checked and completed by the derivations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.catalog import Catalogue, load_catalogue
from bot.catalog.reader import did_you_mean
from bot.catalog.records import FactSpec
from bot.eligibility.dates import Period
from bot.eligibility.derivations import check_numbers, derive
from bot.errors import FactError

OLDEST = 130  # years; above it the value is a slip


@dataclass(frozen=True)
class Facts:
    """The stated facts (typed) and `values`, the same with what they imply; a missing fact is unknown."""

    stated: dict[str, Any]
    values: dict[str, Any]
    because: dict[str, str]  # derived fact -> the fact it comes from
    today: date


def read_facts(raw: Mapping[str, Any], today: date, caf: str | None = None, catalogue: Catalogue | None = None) -> Facts:
    """Facts of a raw mapping, checked and completed for a Caf.

    Raises FactError naming the fact that is unknown, ill-typed or impossible, or the two that contradict each other. `caf` matters for one
    rule: in Isère known ages prevail over a number of children.
    """
    if not isinstance(raw, Mapping):
        raise FactError("facts must be an object of names and values")
    words = catalogue or load_catalogue()
    simple = words.memo.get("simple") or _simple(words)
    stated = {name: value if simple.get(name) is value.__class__ else _typed(words.facts, name, value) for name, value in raw.items()}
    values, because = derive(stated, today)
    check_numbers(values, ages_prevail=caf in words.cafs and words.cafs[caf].ages_prevail)
    return Facts(stated, values, because, today)


def _simple(words: Catalogue) -> dict[str, type]:
    """The facts whose value is good as soon as it is of that type: yes or no, and days already read."""
    types: dict[str, type] = {"bool": bool, "date": date}
    words.memo["simple"] = {name: types[spec.type] for name, spec in words.facts.items() if spec.type in types}
    return words.memo["simple"]


def _typed(known: Mapping[str, FactSpec], name: str, value: Any) -> Any:
    if name not in known:
        raise FactError(f"unknown fact {name!r}. {did_you_mean(str(name), known)}")
    return READERS[known[name].type](known[name], value)


def _bool(spec: FactSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(spec, value, "true or false")
    return value


def _int(spec: FactSpec, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(spec, value, "a whole number, 0 or more")
    if spec.unit == "ans" and value > OLDEST:
        raise _wrong(spec, value, f"an age, {OLDEST} years at most")
    return value


def _number(spec: FactSpec, value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1e9:
        raise _wrong(spec, value, "a number, 0 or more")
    return value


def _text(spec: FactSpec, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(spec, value, "a text")
    return value


def _choice(spec: FactSpec, value: Any) -> str:
    if not isinstance(value, str) or value not in spec.values:
        raise _wrong(spec, value, f"one of {', '.join(spec.values)}")
    return value


def _date(spec: FactSpec, value: Any) -> date | Period:
    if isinstance(value, Mapping):
        if set(value) != {"du", "au"}:
            raise _wrong(spec, value, 'a day, or {"du": day, "au": day}')
        first, last = _day(spec, value["du"]), _day(spec, value["au"])
        if first > last:
            raise _wrong(spec, value, 'a period whose "du" is not after its "au"')
        return first if first == last else Period(first, last)
    return value if isinstance(value, Period) else _day(spec, value)


def _day(spec: FactSpec, value: Any) -> date:
    if type(value) is date:
        return value
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(spec, value, "a day that exists, written 2026-11-22") from None
    if day.year < 1900 or day.year > 2200:
        raise _wrong(spec, value, "a day between 1900 and 2200")
    return day


def _ages(spec: FactSpec, value: Any) -> list[int]:
    if not isinstance(value, (list, tuple)):
        raise _wrong(spec, value, "a list of ages in years")
    return [_age(spec, age) for age in value]


def _age(spec: FactSpec, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= OLDEST:
        raise _wrong(spec, value, f"ages in completed years, from 0 to {OLDEST}")
    return value


CHILD_KEYS = ("age", "obligation_scolaire_remplie", "remuneration_mensuelle_nette")


def _children(spec: FactSpec, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, (list, tuple)):
        raise _wrong(spec, value, "a list of children")
    return [_child(spec, child) for child in value]


def _child(spec: FactSpec, child: Any) -> dict[str, Any]:
    if not isinstance(child, Mapping) or "age" not in child:
        raise _wrong(spec, child, 'children written {"age": 7}')
    for key in child:
        if key not in CHILD_KEYS:
            raise FactError(f"{spec.name}: unknown fact {key!r} of a child. {did_you_mean(str(key), CHILD_KEYS)}")
    _age(spec, child["age"])
    schooling, pay = child.get("obligation_scolaire_remplie"), child.get("remuneration_mensuelle_nette")
    if schooling is not None and not isinstance(schooling, bool):
        raise _wrong(spec, child, "obligation_scolaire_remplie true or false")
    if pay is not None and (not isinstance(pay, (int, float)) or isinstance(pay, bool) or not 0 <= pay < 1e9):
        raise _wrong(spec, child, "remuneration_mensuelle_nette a number of euros, 0 or more")
    return dict(child)


def _wrong(spec: FactSpec, value: Any, expected: str) -> FactError:
    shown = repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
    return FactError(f"{spec.name}: {shown} is not {expected}")


READERS = {
    "bool": _bool,
    "int": _int,
    "number": _number,
    "text": _text,
    "choice": _choice,
    "date": _date,
    "ages": _ages,
    "children": _children,
}

"""A second, plain reading of the conditions, with true and false only, straight from the YAML: nothing of the engine is used."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.catalog import Catalogue
from bot.catalog.records import Caf

MISSING = object()


def plain_verdict(catalogue: Catalogue, caf_id: str, offer: str, values: dict[str, Any], today: date) -> str:
    """eligible or ineligible; the two operators of open texts are read on the side that keeps the family."""
    caf = catalogue.cafs[caf_id]
    kept = _holds(catalogue, caf, caf.offers[offer].conditions, values, today, open_is=True)
    sure = _holds(catalogue, caf, caf.offers[offer].conditions, values, today, open_is=False)
    return "eligible" if sure else "ineligible" if not kept else "unknown"


def _holds(catalogue: Catalogue, caf: Caf, node: dict[str, Any], values: dict[str, Any], today: date, open_is: bool) -> bool:
    def below(part: dict[str, Any]) -> bool:
        return _holds(catalogue, caf, part, values, today, open_is)

    if "all" in node:
        return all(below(part) for part in node["all"])
    if "any" in node:
        return any(below(part) for part in node["any"])
    if "not" in node:
        return not _holds(catalogue, caf, node["not"], values, today, not open_is)
    if "use" in node:
        return below(caf.common[node["use"]])
    if "open_if_false" in node:
        return below(node["open_if_false"]) or open_is
    if "open_if_true" in node:
        return below(node["open_if_true"]) and open_is
    return _leaf(catalogue, node, values, today, open_is)


def _figure(catalogue: Catalogue, value: Any) -> float:
    return value if isinstance(value, (int, float)) else catalogue.parameters[value].values[-1]


def _leaf(catalogue: Catalogue, node: dict[str, Any], values: dict[str, Any], today: date, open_is: bool) -> bool:
    seen = values.get(node["fact"], MISSING)
    if node.get("children") or node.get("dependent"):
        return _children(catalogue, node, values, open_is)
    if seen is MISSING:
        return bool(node.get("presumed")) or open_is
    if "is" in node:
        return seen == node["is"]
    if "in" in node:
        return seen in node["in"] or (seen == "type_inconnu" and ({"alf", "als", "apl"} <= set(node["in"]) or open_is))
    if "between" in node:
        return _figure(catalogue, node["between"][0]) <= seen <= _figure(catalogue, node["between"][1])
    if "at_least" in node:
        return seen >= _figure(catalogue, node["at_least"])
    if "below" in node:
        return seen < _figure(catalogue, node["below"])
    if "some_below" in node:
        return any((child["age"] if isinstance(child, dict) else child) < _figure(catalogue, node["some_below"]) for child in seen)
    if "at_least_times" in node:
        other = values.get(node["of"], MISSING)
        return open_is if other is MISSING else seen >= _figure(catalogue, node["at_least_times"]) * other
    return _delay(catalogue, node, seen, values, today)


def _later(day: date, months: int) -> date:
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def _delay(catalogue: Catalogue, node: dict[str, Any], seen: date, values: dict[str, Any], today: date) -> bool:
    if "within_months" in node:
        return seen <= today <= _later(seen, int(_figure(catalogue, node["within_months"])))
    if "less_than_months" in node:
        return seen <= today < _later(seen, int(_figure(catalogue, node["less_than_months"])))
    return _later(seen, -int(_figure(catalogue, node["last_months_before"]))) <= today <= seen


def _children(catalogue: Catalogue, node: dict[str, Any], values: dict[str, Any], open_is: bool) -> bool:
    if "dependent" in node and "enfants" in values:
        return any(_dependent(child, node["dependent"] == "housing", open_is) for child in values["enfants"])
    least = node.get("children", 1)
    number = values.get("nb_enfants_a_charge")
    if number is None:
        young = sum(child["age"] < 16 for child in values.get("enfants", ()))
        right = values.get("beneficiaire_ajpp") is True or values.get("beneficiaire_aeeh") is True
        most = len(values["enfants"]) if "enfants" in values else 99
        number = most if open_is else min(max(young, int(right)), most)
    return number >= least


def _dependent(child: dict[str, Any], housing: bool, open_is: bool) -> bool:
    age, pay = child["age"], child.get("remuneration_mensuelle_nette")
    if age < 16:
        return age < 6 or child.get("obligation_scolaire_remplie", True)
    if age > 20:
        return False
    if pay is None or 914 <= pay <= 919:
        return open_is
    return pay < 914 and (age < 20 or housing or open_is)

"""Reads the files shared by every Caf: facts, questions, parameters, documents, situations, doors, numbers."""

from __future__ import annotations

from typing import Any

from bot.catalog.marks import Marked, MarkedList
from bot.catalog.reader import Reader
from bot.catalog.records import (
    ROLES,
    Answer,
    Document,
    Door,
    EmergencyNumber,
    FactSpec,
    Hold,
    Parameter,
    Question,
    Situation,
    Untold,
    Wording,
)

FACT_TYPES = ("bool", "int", "number", "date", "text", "choice", "children", "ages")
QUESTION_TYPES = ("choice", "int", "ages", "date", "money")
QUESTION_KEYS = (
    *("type", "fills", "roles", "never_asked", "sensitivity", "only_if", "only_if_roles", "first", "likely"),
    *("famille", "professionnel", "choices", "dated_by"),
)


def read_fact(name: str, reader: Reader) -> FactSpec:
    """One fact of facts.yml."""
    reader.only("type", "label", "values", "partial", "oui", "non", "inconnu", "unit", "step", "step_of", "derived")
    kind = reader.one_of("type", FACT_TYPES)
    values = reader.child("values", required=kind == "choice")
    partial = reader.node.get("partial") or {}
    return FactSpec(
        name=name,
        type=kind,
        label=reader.text("label"),
        values={str(key): str(value) for key, value in values.node.items()} if values else {},
        partial={str(key): tuple(stands_for) for key, stands_for in partial.items()},
        yes=reader.text("oui", required=kind == "bool"),
        no=reader.text("non", required=kind == "bool"),
        unknown=reader.text("inconnu", required=False),
        unit=reader.text("unit", required=False),
        step=reader.text("step", required=False),
        step_of=reader.texts("step_of"),
        derived=reader.flag("derived"),
    )


def read_question(name: str, order: int, labels: dict[str, str], reader: Reader) -> Question:
    """One question of questions.yml."""
    reader.only(*QUESTION_KEYS)
    roles = reader.node.get("roles") or {}
    asked = {role: roles.get(role) == "asked" for role in ROLES}
    for role, value in roles.items():
        if role not in ROLES or value not in ("asked", "jamais"):
            reader.fault(
                "roles", f"{role}: {value} is not understood", "Write roles: {allocataire: asked, partenaire: asked, agent: jamais}."
            )
    return Question(
        name=name,
        type=reader.one_of("type", QUESTION_TYPES) if any(asked.values()) else "choice",
        fills=reader.texts("fills") or (name,),
        roles=asked,
        never_asked=reader.text("never_asked", required=not all(asked.values())),
        sensitivity=reader.number("sensitivity"),
        order=order,
        only_if=dict(reader.node.get("only_if") or {}),
        only_if_roles=reader.texts("only_if_roles") or ROLES,
        first=reader.texts("first"),
        likely=_share(reader),
        famille=_wording(reader, "famille", asked["allocataire"]),
        professionnel=_wording(reader, "professionnel", asked["partenaire"] or asked["agent"]),
        choices=_answers(reader, name, labels),
        dated_by=reader.text("dated_by", required=False) or None,
    )


def _share(reader: Reader) -> float | None:
    share = reader.node.get("likely")
    if share is not None and (isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1):
        reader.fault("likely", "'likely' must be a share from 0 to 1", "Write likely: 0.5.")
        return None
    return share


def _wording(reader: Reader, key: str, required: bool) -> Wording | None:
    child = reader.child(key, required=required)
    if child is None:
        return None
    child.only("question", "autrement", "pourquoi", "explication")
    return Wording(child.text("question"), child.text("autrement"), child.text("pourquoi"), child.text("explication", required=False))


YES_NO = {"oui_non": (True, False), "non_oui": (False, True)}  # the fact when the person answers yes, no


def _answers(reader: Reader, name: str, labels: dict[str, str]) -> tuple[Answer, ...]:
    choices = reader.node.get("choices") or []
    if isinstance(choices, str):
        if choices not in YES_NO:
            reader.fault("choices", f"choices {choices!r} is not understood", "Write oui_non, non_oui, or a list of choices.")
            return ()
        return tuple(Answer(key, labels.get(key, key), {name: value}) for key, value in zip(("oui", "non"), YES_NO[choices], strict=True))
    answers = []
    for item in choices:
        if not isinstance(item, Marked):
            reader.fault("choices", "a choice must be a mapping", "Write - {id: oui, label: Oui, facts: {isole: false}}.")
            continue
        child = Reader(reader.file, item, reader.faults, f"{reader.where}, choices")
        child.only("id", "label", "facts", "also", "less_than_months")
        words = (child.text("id"), child.text("label"), dict(item.get("facts") or {}))
        answers.append(Answer(*words, child.texts("also"), item.get("less_than_months")))
    return tuple(answers)


def read_holds(reader: Reader, items: Any) -> tuple[Hold, ...]:
    """The contexts of questions.yml in which almost nothing is asked."""
    if not isinstance(items, MarkedList):
        return ()
    children = [Reader(reader.file, item, reader.faults, "holds") for item in items]
    return tuple(Hold(child.texts("roles", True), child.texts("when_any", True), child.texts("allow")) for child in children)


def read_untold(reader: Reader, items: Any) -> tuple[Untold, ...]:
    """What questions.yml lets a family leave untold."""
    if not isinstance(items, MarkedList):
        return ()
    children = [Reader(reader.file, item, reader.faults, "untold") for item in items]
    for child in children:
        child.only("roles", "facts", "except_in", "when_known")
    return tuple(
        Untold(child.texts("roles", True), dict(child.node.get("facts") or {}), child.texts("except_in"), child.texts("when_known"))
        for child in children
    )


def read_parameter(name: str, reader: Reader) -> Parameter:
    """One dated figure of parameters.yml."""
    reader.only("description", "unit", "selected_by", "values", "last_checked_on")
    dated = sorted((reader.node.get("values") or {}).items())
    if not dated:
        reader.fault("values", "no value", 'Write values: {2024-01-01: {value: 12, source: "004:65"}}.')
    rows = [Reader(reader.file, row, reader.faults, f"{name}, {start}") for start, row in dated]
    for row in rows:
        if not isinstance(row.node.get("value"), (int, float)):
            row.fault("value", "'value' must be a number", "Write value: 12.")
    return Parameter(
        name=name,
        description=reader.text("description"),
        unit=reader.text("unit"),
        selected_by=reader.text("selected_by"),
        starts=tuple(start for start, _ in dated),
        values=tuple(row.node.get("value", 0) for row in rows),
        sources=tuple(row.text("source") for row in rows),
        last_checked_on=reader.day("last_checked_on") or next((start for start, _ in dated), None),  # type: ignore[arg-type]
        line=reader.node.line,
    )


def read_document(short: str, reader: Reader) -> Document:
    """One source document of documents.yml."""
    reader.only("title", "short_title", "year", "valid", "lines", "notice")
    valid = reader.child("valid")
    return Document(
        short=short,
        title=reader.text("title"),
        short_title=reader.text("short_title"),
        year=reader.number("year"),
        valid_from=valid.day("from", required=False) if valid else None,
        valid_to=valid.day("to", required=False) if valid else None,
        lines=reader.number("lines"),
        notice=reader.text("notice", required=False) or None,
    )


def read_situation(name: str, reader: Reader) -> Situation:
    """One situation of situations.yml."""
    reader.only("label", "button", "offers", "facts", "first", "doors", "vague", "menu")
    facts, menu = dict(reader.node.get("facts") or {}), int(reader.node.get("menu") or 0)
    first, doors = reader.texts("first"), reader.texts("doors")
    told = (facts, first, doors, bool(reader.node.get("vague")), menu)
    return Situation(name, reader.text("label"), reader.text("button"), reader.texts("offers"), *told)


def read_door(name: str, reader: Reader) -> Door:
    """One other door of doors.yml."""
    reader.only("label", "text", "value", "source", "check", "words", "caf")
    label, text, check = (reader.text(key) for key in ("label", "text", "check"))
    source = reader.text("source", False) or None
    return Door(name, label, text, reader.text("value", False), source, check, reader.texts("words"), reader.text("caf", False) or None)


def read_number(name: str, reader: Reader) -> EmergencyNumber:
    """One national number of numeros.yml."""
    reader.only("number", "label", "hours", "note", "check")
    return EmergencyNumber(name, *(reader.text(key, key != "note") for key in ("number", "label", "hours", "note", "check")))

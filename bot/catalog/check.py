"""`repere offers check`: everything that can be wrong in the catalogue, each with its file, its line and its mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.catalog.catalogue import Catalogue, caf_files, read_folder
from bot.catalog.marks import Marked, read_yaml
from bot.catalog.reader import Fault, did_you_mean
from bot.catalog.records import Caf, Offer, Untold
from bot.eligibility.dates import add_months
from bot.eligibility.facts import CHILD_KEYS, READERS
from bot.eligibility.program import CompiledOffer, Compiler
from bot.eligibility.witness import witness
from bot.errors import CatalogueError, FactError

SOURCE = re.compile(r"^(\w+):(\d+)$")
SOURCE_KEYS = ("source", "public_source")
CHECK_MONTHS = 12  # a figure not checked for longer is to be checked again


def check(folder: Path, today: date) -> list[Fault]:
    """Faults and warnings of the catalogue in `folder`, in the order of the files; empty when all is well."""
    try:
        catalogue, faults = read_folder(folder)
    except CatalogueError as error:
        return [_from_error(error)]
    parts = (_sources, _parameters, _questions, _words, _references)
    faults += [fault for part in parts for fault in part(catalogue)]
    faults += list(_old_checks(catalogue, today))
    compiled, broken = _compile(catalogue)
    faults += broken
    faults += list(_read_facts(catalogue, compiled))
    if not any(not fault.warning for fault in faults):
        faults += list(_never_eligible(catalogue, compiled, today))
    return sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.message))


def _from_error(error: CatalogueError) -> Fault:
    found = re.match(r"([^:]+):(\d+): (.*?)\. ([^.]*\.?.*)$", str(error), re.S)
    if found:
        return Fault(found[1], int(found[2]), found[3], found[4])
    file, _, message = str(error).partition(": ")
    return Fault(file, 1, message, "")


def _sources(catalogue: Catalogue) -> Iterator[Fault]:
    for path in sorted(catalogue.folder.glob("*.yml")):
        for node, key, source in _walk_sources(read_yaml(path)):
            found = SOURCE.match(str(source))
            if found is None:
                yield Fault(path.name, node.line_of(key), f"source {source!r} is not written document:line", 'Write "004:65", with quotes.')
            elif found[1] not in catalogue.documents:
                mend = did_you_mean(found[1], catalogue.documents)
                yield Fault(path.name, node.line_of(key), f"source {source!r} names an unknown document", mend)
            elif not 1 <= int(found[2]) <= catalogue.documents[found[1]].lines:
                lines = catalogue.documents[found[1]].lines
                yield Fault(path.name, node.line_of(key), f"source {source!r} is out of the document", f"It has {lines} lines.")


def _walk_sources(node: Any) -> Iterator[tuple[Marked, str, Any]]:
    if isinstance(node, Marked):
        for key, value in node.items():
            if key in SOURCE_KEYS and value is not None:
                yield node, key, value
            yield from _walk_sources(value)
    elif isinstance(node, list):
        for item in node:
            yield from _walk_sources(item)


def _parameters(catalogue: Catalogue) -> Iterator[Fault]:
    for parameter in catalogue.parameters.values():
        if parameter.selected_by != "today":
            message = f"{parameter.name}: selected_by {parameter.selected_by!r} is not read"
            yield Fault("parameters.yml", parameter.line, message, "Write selected_by: today.")


def _old_checks(catalogue: Catalogue, today: date) -> Iterator[Fault]:
    for parameter in catalogue.parameters.values():
        if add_months(parameter.last_checked_on, CHECK_MONTHS) < today:
            message = f"{parameter.name}: last checked on {parameter.last_checked_on}, more than a year ago"
            yield Fault("parameters.yml", parameter.line, message, "Check the figure, then date the check.", warning=True)


def _questions(catalogue: Catalogue) -> Iterator[Fault]:
    known = {*catalogue.facts, *CHILD_KEYS}
    nodes = read_yaml(catalogue.folder / "questions.yml").get("questions") or {}
    for name, question in catalogue.questions.items():
        line = nodes[name].line
        named = [*question.fills, *question.only_if, *question.first, *filter(None, [question.dated_by])]
        for word in [*named, *(fact for answer in question.choices for fact in answer.facts)]:
            if word not in known:
                yield Fault("questions.yml", line, f"{name}: unknown fact {word!r}", did_you_mean(word, known))
        for earlier in [*question.only_if, *question.first]:
            if earlier in known and earlier not in catalogue.questions:
                yield Fault("questions.yml", line, f"{name}: no question on {earlier!r}", "Add it, or take it out.")
        asked = any(question.roles.values())
        if asked and question.type == "choice" and len(question.choices) < 2:
            yield Fault("questions.yml", line, f"{name}: a choice needs two answers", "Write choices: oui_non, or a list.")
        for answer in question.choices:
            yield from _answer_values(catalogue, name, line, answer.facts)
    for rule in catalogue.untold:
        yield from _untold_words(catalogue, rule)


def _untold_words(catalogue: Catalogue, rule: Untold) -> Iterator[Fault]:
    for words, known in (((*rule.facts, *rule.when_known), list(catalogue.facts)), (rule.except_in, list(catalogue.situations))):
        for word in words:
            if word not in known:
                yield Fault("questions.yml", 1, f"untold: unknown word {word!r}", did_you_mean(word, known))
    yield from _answer_values(catalogue, "untold", 1, rule.facts)


def _answer_values(catalogue: Catalogue, name: str, line: int, facts: dict[str, Any]) -> Iterator[Fault]:
    for fact, value in facts.items():
        spec = catalogue.facts.get(fact)
        if spec is not None:
            try:
                READERS[spec.type](spec, value)
            except FactError as error:
                yield Fault("questions.yml", line, f"{name}: {error}", "Write a value of that fact.")


def _words(catalogue: Catalogue) -> Iterator[Fault]:
    nodes = read_yaml(catalogue.folder / "facts.yml").get("facts") or {}
    for name, spec in catalogue.facts.items():
        for event in spec.step_of:
            if event not in catalogue.facts:
                yield Fault("facts.yml", nodes[name].line, f"{name}: unknown fact {event!r}", did_you_mean(event, catalogue.facts))
        if bool(spec.step) != bool(spec.step_of):
            yield Fault("facts.yml", nodes[name].line, f"{name}: step and step_of go together", "Write both, or none.")
    situations = read_yaml(catalogue.folder / "situations.yml")
    for name, situation in catalogue.situations.items():
        for offer in situation.offers:
            if offer not in catalogue.offers:
                mend = did_you_mean(offer, catalogue.offers)
                yield Fault("situations.yml", situations[name].line, f"{name}: unknown offer {offer!r}", mend)
        for door in situation.doors:
            if door not in catalogue.doors:
                yield Fault("situations.yml", situations[name].line, f"{name}: unknown door {door!r}", did_you_mean(door, catalogue.doors))
        for fact in situation.first:
            if fact not in catalogue.questions:
                yield Fault(
                    "situations.yml", situations[name].line, f"{name}: no question on {fact!r}", did_you_mean(fact, catalogue.questions)
                )


def _references(catalogue: Catalogue) -> Iterator[Fault]:
    for caf in catalogue.cafs.values():
        if caf.document not in catalogue.documents:
            yield Fault(caf.file, 1, f"unknown document {caf.document!r}", did_you_mean(caf.document, catalogue.documents))
        for territory in caf.territories:
            if territory.contact not in caf.contacts:
                yield Fault(caf.file, 1, f"territory {territory.id}: unknown contact {territory.contact!r}", "Use a name of contacts.")
        for offer in caf.offers.values():
            yield from _offer_references(catalogue, caf, offer)


def _offer_references(catalogue: Catalogue, caf: Caf, offer: Offer) -> Iterator[Fault]:
    where = f"offer {offer.id}"
    for situation in offer.situations:
        if situation not in catalogue.situations:
            yield Fault(caf.file, offer.line, f"{where}: unknown situation {situation!r}", did_you_mean(situation, catalogue.situations))
    for door in offer.other_doors:
        if door not in catalogue.doors:
            yield Fault(caf.file, offer.line, f"{where}: unknown door {door!r}", did_you_mean(door, catalogue.doors))
    for role, access in offer.access.items():
        for name in access.contacts:
            if name not in caf.contacts:
                yield Fault(caf.file, offer.line, f"{where}, {role}: unknown contact {name!r}", did_you_mean(name, caf.contacts))
            elif role not in caf.contacts[name].audiences:
                message = f"{where}, {role}: contact {name!r} is not for this audience"
                yield Fault(caf.file, offer.line, message, "Take it out, or change its audiences.")


def _compile(catalogue: Catalogue) -> tuple[list[CompiledOffer], list[Fault]]:
    compiled, faults = [], []
    for caf in catalogue.cafs.values():
        compiler = Compiler(catalogue, caf)
        for offer in caf.offers.values():
            try:
                compiler.program.offers[offer.id] = compiler.offer(offer)
                compiled.append(compiler.program.offers[offer.id])
            except CatalogueError as error:
                faults.append(_from_error(error))
    return compiled, faults


def _read_facts(catalogue: Catalogue, compiled: list[CompiledOffer]) -> Iterator[Fault]:
    """Every fact that a condition reads is asked of someone, derived, or never asked for a stated reason."""
    for offer in compiled:
        for use in offer.uses:
            for fact in use.condition.asks({}):
                question = next((item for item in catalogue.questions.values() if fact in item.fills), None)
                if question is None and not catalogue.facts[fact].derived:
                    message = f"{offer.offer.id}: nothing says how to ask {fact!r}"
                    yield Fault(catalogue.cafs[offer.offer.caf].file, use.line, message, "Add it to questions.yml, asked or never asked.")


def _never_eligible(catalogue: Catalogue, compiled: list[CompiledOffer], today: date) -> Iterator[Fault]:
    for offer in compiled:
        if witness(catalogue, offer, today) is None:
            file = catalogue.cafs[offer.offer.caf].file
            yield Fault(
                file,
                offer.offer.line,
                f"offer {offer.offer.id}: no set of facts makes it eligible",
                "Look for conditions that exclude each other.",
            )


__all__ = ["caf_files", "check"]

"""The offers of a Caf compiled once: each different test kept once, each offer a tree over those tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from bot.catalog import Catalogue
from bot.catalog.marks import Marked
from bot.catalog.reader import did_you_mean
from bot.catalog.records import ROLES, Access, Caf, FactSpec, Offer
from bot.eligibility import logic
from bot.eligibility.condition_types import CONDITION_TYPES
from bot.eligibility.conditions import Condition, Figure, Is
from bot.eligibility.delay_conditions import WithinMonths
from bot.errors import CatalogueError

OPERATORS = ("all", "any", "not", "use", "open_if_false", "open_if_true")
LEAF_KEYS = ("fact", "source", "presumed", "presumed_if", "or_since", "of", "pay", "dated", "fr")


@dataclass(frozen=True)
class Use:
    """One leaf of an offer: its test, its source, its own sentences."""

    test: int
    condition: Condition
    source: str
    texts: dict[str, str]
    line: int
    fixed: str | None  # the fact that decides, when it is always the same


@dataclass(frozen=True)
class AccessRule:
    """The access of one role: plain, or a delay over dates (the first one is the registration by the Caf)."""

    access: Access
    dates: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Step:
    """A leaf on a step towards the Caf, and the facts that tell its event."""

    test: int
    fact: str
    events: tuple[str, ...]


class Shape(NamedTuple):
    """What an offer gives for some values of its tests, whoever the family is."""

    value: int
    unclear: tuple[str | None, ...]  # for each leaf, the sentence that says what the text leaves open


@dataclass
class CompiledOffer:
    """One offer ready to be evaluated."""

    offer: Offer
    root: logic.Node
    uses: tuple[Use, ...]
    confirm: logic.Node | None
    access: dict[str, AccessRule]
    steps: tuple[Step, ...]
    can_open: bool  # some operator may leave the verdict open
    delays: tuple[int, ...]  # places of the leaves that read dates
    tests: tuple[int, ...]  # the tests of its leaves
    pick: Callable[[Sequence[int]], Any]  # their values, out of those of the Caf
    facts: tuple[str, ...]  # the facts that its reasons tell
    early: tuple[Use, ...]  # the leaves whose period may not have begun
    varying: tuple[Condition, ...]  # the leaves that do not always ask for the same facts
    shapes: dict[Any, Shape] = field(default_factory=dict, repr=False)  # what some values of the tests give, once worked out
    told: dict[Any, Any] = field(default_factory=dict, repr=False)  # reasons already written (bot.eligibility.evaluate)
    seen: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)  # weights already found (bot.eligibility.relevance)
    ranked: dict[tuple[Any, ...], list[str]] = field(default_factory=dict, repr=False)  # missing facts already sorted


MOST_SHAPES = 8192  # kept for an offer


def shape(offer: CompiledOffer, results: Sequence[int]) -> Shape:
    """Value and open leaves of an offer; the shapes already seen are kept."""
    key = offer.pick(results)
    found = offer.shapes.get(key)
    if found is None:
        if len(offer.shapes) >= MOST_SHAPES:
            offer.shapes.clear()
        found = offer.shapes[key] = _shape(offer, results)
    return found


def _shape(offer: CompiledOffer, results: Sequence[int]) -> Shape:
    marks: dict[int, str] = {}
    if offer.can_open:
        offer.root.mark(results, marks)
    unclear = tuple(logic.opened(marks, place, results[use.test]) if marks else None for place, use in enumerate(offer.uses))
    return Shape(offer.root.value(results), unclear)


@dataclass
class Program:
    """The tests of a Caf and its offers over them."""

    caf: Caf
    tests: list[Condition] = field(default_factory=list)
    offers: dict[str, CompiledOffer] = field(default_factory=dict)
    chances: list[float] = field(default_factory=list)  # usual chance of each test to be true


class Compiler:
    """Turns the YAML conditions of one Caf into a Program; raises CatalogueError naming file, line and mend."""

    def __init__(self, catalogue: Catalogue, caf: Caf) -> None:
        self.catalogue, self.caf = catalogue, caf
        self.program = Program(caf)
        self._known: dict[Condition, int] = {}
        self._uses: list[Use] = []
        self._where = caf.id

    def compile(self) -> Program:
        """The program of the Caf."""
        for offer in self.caf.offers.values():
            self.program.offers[offer.id] = self.offer(offer)
        return self.program

    def offer(self, offer: Offer) -> CompiledOffer:
        """One offer compiled."""
        self._uses, self._where = [], f"offer {offer.id}"
        root = self._node(offer.conditions)
        uses = tuple(self._uses)
        self._uses = []
        confirm = self._node(offer.confirm_when) if offer.confirm_when is not None else None
        return CompiledOffer(
            offer=offer,
            root=root,
            uses=uses,
            confirm=confirm,
            access={role: self._access(offer.access[role]) for role in ROLES},
            steps=tuple(self._steps(uses)),
            can_open=_holds_open(root),
            tests=tuple(use.test for use in uses),
            pick=itemgetter(*(use.test for use in uses)),
            facts=tuple({fact: None for use in uses for fact in use.condition.reads()}),
            early=tuple(use for use in uses if type(use.condition).early is not Condition.early),
            varying=tuple(use.condition for use in uses if type(use.condition).asks is not Condition.asks),
            delays=tuple(place for place, use in enumerate(uses) if "date" in use.condition.FACT_TYPES),
        )

    def fault(self, node: Any, message: str, mend: str) -> CatalogueError:
        """The error to raise for a node of the file."""
        line = node.line if isinstance(node, Marked) else 1
        return CatalogueError(f"{self.caf.file}:{line}: {self._where}: {message}. {mend}")

    def _node(self, node: Any) -> logic.Node:
        if not isinstance(node, Marked):
            raise self.fault(node, "a condition must be a mapping", 'Write {fact: …, is: …, source: "004:65"} or all:, any:, not:.')
        if "fact" in node:
            return self._leaf(node)
        operator = next((key for key in OPERATORS if key in node), None)
        allowed = {operator, "unclear"} if operator in ("open_if_false", "open_if_true") else {operator}
        extra = next((key for key in node if key not in allowed), None)
        if operator is None or extra is not None:
            raise self.fault(node, f"unknown operator {extra!r}", did_you_mean(str(extra), OPERATORS))
        return self._operator(operator, node)

    def _operator(self, operator: str, node: Marked) -> logic.Node:
        below = node[operator]
        if operator in ("all", "any"):
            if not isinstance(below, list) or not below:
                raise self.fault(node, f"{operator!r} holds no condition", "Write a list below it, one condition a line.")
            parts = tuple(self._node(part) for part in below)
            return logic.All(parts) if operator == "all" else logic.Any(parts)
        if operator == "use":
            if below not in self.caf.common:
                raise self.fault(node, f"unknown shared condition {below!r}", did_you_mean(str(below), self.caf.common))
            return self._node(self.caf.common[below])
        if operator == "not":
            return logic.Not(self._node(below))
        unclear = node.get("unclear")
        if not unclear:
            raise self.fault(node, f"{operator!r} has no sentence", "Write unclear: what the text leaves open, in French.")
        kind = logic.OpenIfFalse if operator == "open_if_false" else logic.OpenIfTrue
        return kind(self._node(below), str(unclear))

    def _leaf(self, node: Marked) -> logic.Leaf:
        use = self._use(node)
        self._uses.append(use)
        return logic.Leaf(use.test, len(self._uses) - 1)

    def _use(self, node: Marked) -> Use:
        spec = self._spec(node)
        keys = [key for key in node if key not in LEAF_KEYS]
        if len(keys) != 1 or keys[0] not in CONDITION_TYPES:
            wrong = next((key for key in keys if key not in CONDITION_TYPES), None)
            mend = did_you_mean(str(wrong), CONDITION_TYPES) if wrong else f"Keep one of {', '.join(CONDITION_TYPES)}."
            raise self.fault(node, f"the test of {spec.name!r} is not one known test", mend)
        kind, make = CONDITION_TYPES[keys[0]]
        if spec.type not in kind.FACT_TYPES:
            raise self.fault(node, f"{keys[0]!r} cannot test {spec.name!r}, which is {spec.type}", "Use a test of that type.")
        self._check_values(node, spec, keys[0])
        try:
            condition = make(spec, node, lambda value: self._figure(node, value))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise self.fault(node, f"the condition on {spec.name!r} is not well written ({error})", "See the head of aisne.yml.") from error
        if not node.get("source"):
            raise self.fault(node, f"the condition on {spec.name!r} has no source", 'Add source: "document:line".')
        return self._made(condition, str(node["source"]), dict(node.get("fr") or {}), node.line)

    def _made(self, condition: Condition, source: str, texts: dict[str, str], line: int) -> Use:
        fixed = condition.fact if type(condition).criterion is Condition.criterion else None
        return Use(self._index(condition), condition, source, texts, line, fixed)

    def _spec(self, node: Marked) -> FactSpec:
        names = [node["fact"], *(node[key] for key in ("of", "or_since") if node.get(key))]
        names += [node["presumed_if"]["fact"]] if node.get("presumed_if") else []
        for name in names:
            if name not in self.catalogue.facts:
                raise self.fault(node, f"unknown fact {name!r}", did_you_mean(str(name), self.catalogue.facts))
        return self.catalogue.facts[node["fact"]]

    def _check_values(self, node: Marked, spec: FactSpec, key: str) -> None:
        if key == "is" and isinstance(node["is"], bool) != (spec.type == "bool"):
            raise self.fault(node, f"{node['is']!r} is not a value of {spec.name!r}", "Write is: true or is: false for a yes or no fact.")
        if key == "in":
            for value in node["in"]:
                if value not in spec.values:
                    raise self.fault(node, f"{value!r} is not a value of {spec.name!r}", did_you_mean(str(value), spec.values))

    def _figure(self, node: Marked, value: Any) -> Figure:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return Figure(value)
        if value not in self.catalogue.parameters:
            raise self.fault(node, f"unknown parameter {value!r}", did_you_mean(str(value), self.catalogue.parameters))
        parameter = self.catalogue.parameters[value]
        return Figure(parameter.values[0], parameter if len(parameter.values) > 1 else None)

    def _index(self, condition: Condition) -> int:
        if condition not in self._known:
            self._known[condition] = len(self.program.tests)
            self.program.tests.append(condition)
            self.program.chances.append(self._chance(condition))
        return self._known[condition]

    def _chance(self, condition: Condition) -> float:
        """How often the test is true in general, from the `likely` of its question; one in two when nothing is said."""
        question = self.catalogue.questions.get(condition.fact)
        likely = question.likely if question else None
        if likely is None:
            return 0.5
        return 1 - likely if isinstance(condition, Is) and condition.value is False else likely

    def _access(self, access: Access) -> AccessRule:
        if access.delay is None:
            return AccessRule(access)
        node = access.delay
        months = self._figure(node, node["within_months"])
        names = [node.get("registered"), *(node.get("or_events") or [])]
        for name in names:
            if name not in self.catalogue.facts:
                raise self.fault(node, f"unknown fact {name!r}", did_you_mean(str(name), self.catalogue.facts))
        dates = [WithinMonths(str(name), months) for name in names]
        return AccessRule(access, tuple(self._made(test, access.source or "", {}, node.line) for test in dates))

    def _steps(self, uses: tuple[Use, ...]) -> Iterator[Step]:
        for use in uses:
            spec = self.catalogue.facts[use.condition.fact]
            if spec.step_of:
                yield Step(use.test, spec.name, spec.step_of)


def _holds_open(node: logic.Node) -> bool:
    if isinstance(node, (logic.OpenIfFalse, logic.OpenIfTrue)):
        return True
    return any(_holds_open(part) for part in getattr(node, "parts", ()) or filter(None, [getattr(node, "part", None)]))


def program(catalogue: Catalogue, caf_id: str) -> Program:
    """The compiled offers of a Caf, kept with the catalogue. Raises BadInput (unknown Caf) or CatalogueError."""
    key = ("program", caf_id)
    if key not in catalogue.memo:
        catalogue.memo[key] = Compiler(catalogue, catalogue.caf(caf_id)).compile()
    return catalogue.memo[key]

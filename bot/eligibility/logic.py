"""How conditions combine: all, any, not, and the two operators that keep a verdict open where the text does not decide.

Each node gives its value from the values of the tests (`value`), the levels it may still reach (`bounds`), and the leaves whose answer can
still be seen from the root (`spread`). A step is a boundary between two levels: BELOW (false | unknown) and ABOVE (unknown | true).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from typing_extensions import override

from bot.eligibility.values import FALSE, HIGH, LOW, MIDDLE, OPEN, SOFT, STUCK, TRUE, UNKNOWN

BELOW, ABOVE = 1, 2
BOTH = BELOW | ABOVE

Bounds = tuple[int, int]
Chance = tuple[float, float]  # of ending false, of ending true
Found = list["Seen"]


class Seen(NamedTuple):
    """A leaf that can still be seen from the root."""

    place: int
    kills: bool  # its "no" settles the offer
    wins: bool  # its "yes" settles the offer
    weight: float  # chance that it decides, the other answers being what they usually are


@dataclass(frozen=True)
class View:
    """What is seen of a node from the root: the steps that still show, and what crossing them does."""

    steps: int = BOTH
    kills: bool = True
    wins: bool = True
    weight: float = 1.0


class Node:
    """A part of the condition of an offer."""

    def value(self, results: Sequence[int]) -> int:
        """One of the six values."""
        raise NotImplementedError

    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        """Lowest and highest level it may still take."""
        raise NotImplementedError

    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        """Add to `found` the leaves below whose answer can still be seen from the root."""
        raise NotImplementedError

    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        """Chances of ending false and true, from the usual chance of each test to be true."""
        raise NotImplementedError

    def leaves(self) -> list[int]:
        """The leaves below, in the order of the file."""
        raise NotImplementedError

    def mark(self, results: Sequence[int], unclear: dict[int, str]) -> None:
        """Add the leaves that the text leaves open, with the sentence that says so."""
        raise NotImplementedError


@dataclass(frozen=True)
class Leaf(Node):
    """A test, by its place in the program of the Caf (`test`) and in the offer (`place`)."""

    test: int
    place: int

    @override
    def value(self, results: Sequence[int]) -> int:
        return results[self.test]

    @override
    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        return levels[self.test]

    @override
    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        low, high = levels[self.test]
        crossed = (BELOW if low == LOW < high else 0) | (ABOVE if low < high == HIGH else 0)
        if crossed & view.steps:
            found.append(Seen(self.place, view.kills and low == LOW, view.wins and high == HIGH, view.weight))

    @override
    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        low, high = levels[self.test]
        usual = chances[self.test]
        if low == high:
            return float(low == LOW), float(high == HIGH)
        return (1 - usual if low == LOW else 0.0), (usual if high == HIGH else 0.0)

    @override
    def leaves(self) -> list[int]:
        return [self.place]

    @override
    def mark(self, results: Sequence[int], unclear: dict[int, str]) -> None:
        return None


@dataclass(frozen=True)
class _Several(Node):
    parts: tuple[Node, ...]

    @override
    def leaves(self) -> list[int]:
        return [place for part in self.parts for place in part.leaves()]

    @override
    def mark(self, results: Sequence[int], unclear: dict[int, str]) -> None:
        for part in self.parts:
            part.mark(results, unclear)


class All(_Several):
    """Every part must hold."""

    @override
    def value(self, results: Sequence[int]) -> int:
        seen = TRUE
        worst_unknown = UNKNOWN
        for part in self.parts:
            value = part.value(results)
            if value == FALSE:
                return FALSE
            if value == SOFT:
                seen = SOFT
            elif value < TRUE and seen != SOFT:
                seen = worst_unknown = max(worst_unknown, value)
        return seen

    @override
    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        low = high = HIGH
        for part in self.parts:
            part_low, part_high = part.bounds(levels)
            low, high = min(low, part_low), min(high, part_high)
        return low, high

    @override
    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        bounds = [part.bounds(levels) for part in self.parts]
        passing = [1 - part.chance(levels, chances)[0] for part in self.parts]
        for index, part in enumerate(self.parts):
            if bounds[index][0] != bounds[index][1]:
                others = bounds[:index] + bounds[index + 1 :]
                ceiling = min((high for _, high in others), default=HIGH)
                steps = view.steps if ceiling == HIGH else view.steps & BELOW if ceiling == MIDDLE else 0
                if steps:
                    wins = view.wins and all(low == HIGH for low, _ in others)
                    weight = view.weight * prod(passing[:index] + passing[index + 1 :])
                    part.spread(levels, chances, View(steps, view.kills, wins, weight), found)

    @override
    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        parts = [part.chance(levels, chances) for part in self.parts]
        return 1 - prod(1 - false for false, _ in parts), prod(true for _, true in parts)


class Any(_Several):
    """At least one part must hold."""

    @override
    def value(self, results: Sequence[int]) -> int:
        return max(part.value(results) for part in self.parts)

    @override
    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        low = high = LOW
        for part in self.parts:
            part_low, part_high = part.bounds(levels)
            low, high = max(low, part_low), max(high, part_high)
        return low, high

    @override
    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        bounds = [part.bounds(levels) for part in self.parts]
        failing = [1 - part.chance(levels, chances)[1] for part in self.parts]
        for index, part in enumerate(self.parts):
            if bounds[index][0] != bounds[index][1]:
                others = bounds[:index] + bounds[index + 1 :]
                floor = max((low for low, _ in others), default=LOW)
                steps = view.steps if floor == LOW else view.steps & ABOVE if floor == MIDDLE else 0
                if steps:
                    kills = view.kills and all(high == LOW for _, high in others)
                    weight = view.weight * prod(failing[:index] + failing[index + 1 :])
                    part.spread(levels, chances, View(steps, kills, view.wins, weight), found)

    @override
    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        parts = [part.chance(levels, chances) for part in self.parts]
        return prod(false for false, _ in parts), 1 - prod(1 - true for _, true in parts)


@dataclass(frozen=True)
class _One(Node):
    part: Node

    @override
    def leaves(self) -> list[int]:
        return self.part.leaves()

    @override
    def mark(self, results: Sequence[int], unclear: dict[int, str]) -> None:
        self.part.mark(results, unclear)


class Not(_One):
    """The contrary; an unknown stays the same unknown."""

    @override
    def value(self, results: Sequence[int]) -> int:
        value = self.part.value(results)
        return TRUE if value <= SOFT else FALSE if value == TRUE else value

    @override
    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        low, high = self.part.bounds(levels)
        return HIGH - high, HIGH - low

    @override
    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        turned = (BELOW if view.steps & ABOVE else 0) | (ABOVE if view.steps & BELOW else 0)
        self.part.spread(levels, chances, View(turned, view.wins, view.kills, view.weight), found)

    @override
    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        false, true = self.part.chance(levels, chances)
        return true, false


@dataclass(frozen=True)
class OpenIfFalse(_One):
    """`~x`: a condition that the text does not clearly set. True if x is true, otherwise unknown."""

    unclear: str

    @override
    def value(self, results: Sequence[int]) -> int:
        value = self.part.value(results)
        return OPEN if value <= SOFT else value

    @override
    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        low, high = self.part.bounds(levels)
        return max(low, MIDDLE), max(high, MIDDLE)

    @override
    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        if view.steps & ABOVE:
            self.part.spread(levels, chances, View(ABOVE, False, view.wins, view.weight), found)

    @override
    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        return 0.0, self.part.chance(levels, chances)[1]

    @override
    def mark(self, results: Sequence[int], unclear: dict[int, str]) -> None:
        self.part.mark(results, unclear)
        if self.part.value(results) <= SOFT:
            unclear.update({-1 - place: self.unclear for place in self.part.leaves()})


@dataclass(frozen=True)
class OpenIfTrue(_One):
    """`?(x)`: a case that the text neither admits nor refuses. False if x is false, otherwise unknown."""

    unclear: str

    @override
    def value(self, results: Sequence[int]) -> int:
        value = self.part.value(results)
        return OPEN if value == TRUE else value

    @override
    def bounds(self, levels: Sequence[Bounds]) -> Bounds:
        low, high = self.part.bounds(levels)
        return min(low, MIDDLE), min(high, MIDDLE)

    @override
    def spread(self, levels: Sequence[Bounds], chances: Sequence[float], view: View, found: Found) -> None:
        if view.steps & BELOW:
            self.part.spread(levels, chances, View(BELOW, view.kills, False, view.weight), found)

    @override
    def chance(self, levels: Sequence[Bounds], chances: Sequence[float]) -> Chance:
        return self.part.chance(levels, chances)[0], 0.0

    @override
    def mark(self, results: Sequence[int], unclear: dict[int, str]) -> None:
        self.part.mark(results, unclear)
        if self.part.value(results) == TRUE:
            unclear.update(dict.fromkeys(self.part.leaves(), self.unclear))


def opened(places: dict[int, str], place: int, value: int) -> str | None:
    """The sentence of an open leaf: it met a `?`, or it failed a `~` (kept under -1 - place); None when the text is clear for it."""
    if value == STUCK:
        return places.get(place, "")
    if value == TRUE:
        return places.get(place)
    return places.get(-1 - place) if value <= SOFT else None

"""Reads the keys of a marked mapping, and notes each fault with its file, line and mend."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.catalog.marks import Marked, MarkedList
from bot.catalog.records import Text


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a catalogue file; a `warning` does not make the check fail."""

    file: str
    line: int
    message: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        """The one line shown to the operator."""
        kind = "warning: " if self.warning else ""
        return f"{self.file}:{self.line}: {kind}{self.message}. {self.mend}"


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A mend that names the closest known word, or the place to look."""
    close = difflib.get_close_matches(word, [str(item) for item in known], n=1)
    return f"Did you mean {close[0]!r}?" if close else "Use a known name."


class Reader:
    """One mapping of a file; every method returns a usable value and notes a fault when the file does not hold it."""

    def __init__(self, file: str, node: Marked, faults: list[Fault], where: str) -> None:
        self.file, self.node, self.faults, self.where = file, node, faults, where

    def fault(self, key: str, message: str, mend: str) -> None:
        """Note a fault at the line of `key`."""
        self.faults.append(Fault(self.file, self.node.line_of(key), f"{self.where}: {message}", mend))

    def only(self, *known: str) -> None:
        """Note a fault for each key that is not in `known`."""
        for key in self.node:
            if key not in known:
                self.fault(key, f"unknown key {key!r}", did_you_mean(str(key), known))

    def text(self, key: str, required: bool = True) -> str:
        """A French text, an identifier or a code."""
        value = self.node.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None or required:
            self.fault(key, f"{key!r} is missing or is not a text", f"Write {key}: …")
        return ""

    def flag(self, key: str, default: bool = False) -> bool:
        """A yes or no."""
        value = self.node.get(key, default)
        if not isinstance(value, bool):
            self.fault(key, f"{key!r} must be true or false", f"Write {key}: true or {key}: false.")
            return default
        return value

    def number(self, key: str, default: int = 0) -> int:
        """A whole number."""
        value = self.node.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(key, f"{key!r} must be a whole number", f"Write {key}: {default}.")
            return default
        return value

    def day(self, key: str, required: bool = True) -> date | None:
        """A day written 2026-11-22."""
        value = self.node.get(key)
        if isinstance(value, date):
            return value
        if value is not None or required:
            self.fault(key, f"{key!r} must be a day", f"Write {key}: 2026-11-22.")
        return None

    def one_of(self, key: str, known: Collection[str], required: bool = True) -> str:
        """A word of a closed list."""
        value = self.text(key, required)
        if value and value not in known:
            self.fault(key, f"{key} {value!r} is not known", did_you_mean(value, known))
        return value

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self.node.get(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or (required and not value):
            self.fault(
                key, f"{key!r} must be a list of texts", f"Write {key}: [text, text]; put quotes around a text with a comma or a colon."
            )
            return ()
        return tuple(value)

    def child(self, key: str, required: bool = True) -> Reader | None:
        """The mapping under `key`."""
        value = self.node.get(key)
        if isinstance(value, Marked):
            return Reader(self.file, value, self.faults, f"{self.where}, {key}")
        if value is not None or required:
            self.fault(key, f"{key!r} is missing or is not a mapping", f"Write {key}: then its keys, indented.")
        return None

    def children(self, key: str) -> Iterator[tuple[str, Reader]]:
        """The mappings under `key`, by name."""
        child = self.child(key, required=False)
        if child is not None:
            child.where = self.where
            yield from child.entries()

    def entries(self) -> Iterator[tuple[str, Reader]]:
        """The mappings that this one holds, by name."""
        for name, item in self.node.items():
            if isinstance(item, Marked):
                yield str(name), Reader(self.file, item, self.faults, f"{self.where}, {name}".lstrip(", "))
            else:
                self.fault(name, f"{name!r} must be a mapping", "Write its keys below it, indented.")

    def sourced(self, key: str) -> tuple[Text, ...]:
        """A list of {text, source}."""
        value = self.node.get(key)
        if value is None:
            return ()
        if not isinstance(value, MarkedList):
            self.fault(key, f"{key!r} must be a list", 'Write - {text: …, source: "004:65"}.')
            return ()
        return tuple(self._one_sourced(key, item) for item in value)

    def _one_sourced(self, key: str, item: Any) -> Text:
        if not isinstance(item, Marked):
            self.fault(key, f"{key!r} holds something else than {{text, source}}", 'Write - {text: …, source: "004:65"}.')
            return Text("", None)
        reader = Reader(self.file, item, self.faults, f"{self.where}, {key}")
        reader.only("text", "source")
        return Text(reader.text("text"), reader.text("source"))

"""YAML files read with the line of every key, so that a fault can name its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.errors import CatalogueError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Marked(dict[str, Any]):
    """A mapping that knows the line where it starts and the line of each of its keys (from 1)."""

    line: int = 0
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        """Line of `key`, or the line of the mapping when it does not hold it."""
        return self.lines.get(key, self.line)


class MarkedList(list[Any]):
    """A list that knows the line where it starts (from 1)."""

    line: int = 0


class _Loader(_Base):
    """Safe loader whose mappings and lists keep their lines."""


def _mapping(loader: Any, node: yaml.MappingNode) -> Any:
    marked = Marked()
    marked.line, marked.lines = node.start_mark.line + 1, {}
    yield marked
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":
            continue
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"key {key!r} is written twice", problem_mark=key_node.start_mark)
        seen.add(key)
    loader.flatten_mapping(node)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        marked[key] = loader.construct_object(value_node, deep=True)
        marked.lines[key] = key_node.start_mark.line + 1


def _sequence(loader: Any, node: yaml.SequenceNode) -> Any:
    marked = MarkedList()
    marked.line = node.start_mark.line + 1
    yield marked
    marked.extend(loader.construct_object(child, deep=True) for child in node.value)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _sequence)


def read_yaml(path: Path) -> Marked:
    """The mapping written in `path`. Raises CatalogueError naming file, line and cause when it cannot be read."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(f"{path.name}:{line}: this is not valid YAML ({error.problem}). Mend the line.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"{path.name}: cannot be read ({error.__class__.__name__}). Check that the file is there, in UTF-8."
        ) from error
    if not isinstance(document, Marked):
        raise CatalogueError(f"{path.name}:1: the file must hold names and values (name: value).")
    return document

"""The embeddable widget as one classic script, made from the modules of `static/widget/` without a build step.

The rule: start at `main.js`; put each module after those it imports; drop the `import` lines, the word `export`, whole-line comments
and the space around punctuation; wrap everything in one strict function. A `.css` or `.json` that a module imports becomes a constant.
So a module must write an import on one line, a `//` or `/** */` comment on lines of its own, every semicolon, a template string on one
line, and no name twice at the top of two modules.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from bot.errors import PartDown

WIDGET = Path(__file__).resolve().parent / "static" / "widget"
ENTRY = "main.js"
_IMPORT = re.compile(r'^import \{ (?P<names>[\w, ]+) \} from "\./(?P<file>[\w.-]+)";$', re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*)\s*?\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)
_CSS_SPACE = re.compile(r"\s*([{};,])\s*|(?<=[\w-])(:)\s+")
# Strings and regular expressions are passed over whole; elsewhere the space around punctuation means nothing.
_JS_SPACE = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`"""
    r"""|(?:(?<=[(,=!\[])|(?<=[(,=!\[] ))/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/)"""
    r"""|\s*([=<>!&|?:+,{}();*]+)\s*"""
)


@lru_cache(maxsize=1)
def bundle() -> bytes:
    """The widget's script, UTF-8; raises PartDown naming the file that is missing."""
    parts: dict[str, str] = {}
    _add(ENTRY, parts)
    return ("(() => {\n'use strict';\n" + "\n".join(parts.values()) + "\n})();\n").encode()


@lru_cache(maxsize=1)
def bundle_gzip() -> bytes:
    """The same script compressed, for browsers that accept gzip; its size is what a page pays."""
    return gzip.compress(bundle(), 9, mtime=0)


@lru_cache(maxsize=1)
def etag() -> str:
    """Strong validator of the script, quotes included."""
    return f'"{hashlib.sha256(bundle()).hexdigest()[:20]}"'


def _add(name: str, parts: dict[str, str], names: str = "") -> None:
    """Puts a file and first what it imports in `parts`, each once."""
    if name in parts:
        return
    source = _read(name)
    if not name.endswith(".js"):
        parts[name] = _constant(name, source, names)
        return
    for found in _IMPORT.finditer(source):
        _add(found["file"], parts, found["names"])
    parts[name] = _JS_SPACE.sub(_tight, _bare(_IMPORT.sub("", source)))


def _read(name: str) -> str:
    try:
        return (WIDGET / name).read_text(encoding="utf-8")
    except OSError as error:
        raise PartDown(f"the widget's file {name} cannot be read ({error.strerror}): restore bot/door/static/widget/") from error


def _constant(name: str, source: str, names: str) -> str:
    """`const NAME = …;` holding a style sheet as text, or data as an object."""
    if name.endswith(".json"):
        return f"const {names} = {json.dumps(json.loads(source), ensure_ascii=False, separators=(',', ':'))};"
    return f"const {names} = {json.dumps(_CSS_SPACE.sub(_tight, _bare(source)), ensure_ascii=False)};"


def _tight(found: re.Match[str]) -> str:
    return found[1] or found[2]


def _bare(source: str) -> str:
    """A module or a sheet without comments, indentation, empty lines and `export`."""
    bare = _INDENT.sub("", _COMMENT.sub("", source))
    return re.sub(r"^export ", "", bare, flags=re.MULTILINE).strip()

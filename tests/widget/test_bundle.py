"""The script that pages load: its size, and what it must never contain."""

from __future__ import annotations

import json
import re

import pytest

from bot.door import widget_bundle
from bot.door.widget_bundle import WIDGET, bundle, bundle_gzip, etag

MODULES = sorted(WIDGET.glob("*.js"))
NAMES = [module.name for module in MODULES]
SIZE_LIMIT = 20_000  # bytes compressed, promised to the pages that embed the widget
UNSAFE = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "srcdoc",
    "DOMParser",
    "localStorage",
    "cookie",
)


def test_script_is_small():
    """The whole widget, styles and texts included, stays under 20 kB compressed."""
    assert 5_000 < len(bundle_gzip()) < SIZE_LIMIT


def test_there_are_modules():
    """The other tests of this file look at something."""
    assert {"main.js", "element.js", "exit.js"} <= set(NAMES)


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_module_is_short(module):
    """A module does one thing in less than 300 lines."""
    assert len(module.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_module_is_in_the_script(module):
    """Every module is reached from the entry, and every string it holds is in the script unchanged."""
    strings = re.findall(
        r'"(?:\\.|[^"\\\n])*"', re.sub(r"^\s*(//|/\*|\*|import ).*$", "", module.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    missing = [string for string in strings if string not in bundle().decode()]
    assert missing == []


@pytest.mark.parametrize("word", UNSAFE)
def test_script_builds_nodes_only(word):
    """No HTML is read from a string, nothing is evaluated, nothing outlives the tab."""
    assert word not in bundle().decode()


def test_top_names_are_unique():
    """Modules put side by side do not hide each other's names."""
    declared = [
        name
        for module in MODULES
        for name in re.findall(
            r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", module.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(declared) > 50
    assert sorted(declared) == sorted(set(declared))


def test_script_names_no_third_party():
    """The only foreign address is where the quick exit leads."""
    addresses = set(re.findall(r"https?://[\w.-]+", bundle().decode())) - {"https://", "http://"}
    assert addresses == {"https://meteofrance.com"}


def paths(node: object, at: str = "") -> set[str]:
    """Dotted paths of the sentences of the locale."""
    if not isinstance(node, dict):
        return {at}
    return {path for key, value in node.items() for path in paths(value, f"{at}.{key}".lstrip("."))}


def test_every_sentence_is_used():
    """Each path of the locale is named in a module, in full or by its last part."""
    code = "".join(module.read_text(encoding="utf-8") for module in MODULES)
    written = paths(json.loads((WIDGET / "textes.fr.json").read_text(encoding="utf-8")))
    families = ("access.", "status.", "offers.")  # read by a name that the server gives
    unused = {
        path
        for path in written
        if not path.startswith(families) and f'"{path.removeprefix("fields.")}"' not in code and f'"{path}"' not in code
    }
    assert len(written) > 80
    assert unused == set()


def test_every_sentence_named_exists():
    """Each path written in a module is in the locale."""
    code = "".join(module.read_text(encoding="utf-8") for module in MODULES)
    written = paths(json.loads((WIDGET / "textes.fr.json").read_text(encoding="utf-8")))
    named = set(re.findall(r'\btext\("([\w.]+)"', code))
    assert len(named) > 40
    assert named <= written


def test_etag_follows_the_content(monkeypatch, tmp_path):
    """Another content gives another validator."""
    before = etag()
    (tmp_path / "main.js").write_text("const other = 1;\n", encoding="utf-8")
    monkeypatch.setattr(widget_bundle, "WIDGET", tmp_path)
    for cached in (bundle, bundle_gzip, etag):
        cached.cache_clear()
    assert etag() != before
    monkeypatch.undo()
    for cached in (bundle, bundle_gzip, etag):
        cached.cache_clear()
    assert etag() == before

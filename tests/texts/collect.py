"""Every French text that a person reads, with where it is written: responses, catalogue, pages, widget, mails."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
NOT_READ = frozenset(  # keys of the catalogue that hold no sentence: names, words to recognise, addresses, lines of documents
    re.split(
        " ",
        "source public_source id use check words value fact is in kind short of or_since "
        "registered or_events type name caf document fills roles unit pattern",
    )
)
LABELS = ("bot/dialogue/labels.yml", "bot/door/messages.yml", "bot/workspace/labels.yml", "bot/notifications/labels.yml")
PAGES = ("bot/workspace/templates", "bot/door/templates")
MAILS = ("bot/notifications/templates", "bot/catalog/templates")
INLINE = re.compile(r"</?(?:a|b|i|em|strong|span|code|abbr|small|kbd|time)\b[^>]*>", re.IGNORECASE)
ATTRIBUTES = re.compile(r'(?:title|aria-label|placeholder|alt)="([^"{]{12,})"')


@dataclass(frozen=True)
class Text:
    """One text; `message` when it is said in the conversation, one at a time."""

    where: str
    text: str
    message: bool = False

    def __str__(self) -> str:
        return self.where


def _load(path: str) -> Any:
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def responses() -> Iterator[Text]:
    """The responses of domain.yml, and their buttons."""
    for name, variations in _load("domain.yml")["responses"].items():
        for number, variation in enumerate(variations):
            yield Text(f"domain.yml {name}[{number}]", variation["text"], message=True)
            for button in variation.get("buttons", ()):
                yield Text(f"domain.yml {name}[{number}] button", button["title"])
            if "titre" in variation.get("metadata", {}):
                yield Text(f"domain.yml {name}[{number}] titre", variation["metadata"]["titre"])


def questions() -> Iterator[Text]:
    """The questions on facts, in their two voices."""
    for name, question in _load("data/catalog/questions.yml")["questions"].items():
        for reader in ("famille", "professionnel"):
            for key, text in (question.get(reader) or {}).items():
                if isinstance(text, str):
                    yield Text(f"questions.yml {name}.{reader}.{key}", text, message=True)
        yield from _sentences_of(question.get("choices"), f"questions.yml {name}.choices")


def catalogue() -> Iterator[Text]:
    """Everything else of the catalogue that is a sentence or a label."""
    for path in sorted((ROOT / "data" / "catalog").glob("*.yml")):
        if path.stem != "questions":
            yield from _sentences_of(_load(f"data/catalog/{path.name}"), path.name)


def _sentences_of(node: Any, where: str) -> Iterator[Text]:
    """The strings of a tree that are words, by the key that holds them."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in NOT_READ:
                yield from _sentences_of(value, f"{where} {key}")
    elif isinstance(node, list):
        for value in node:
            yield from _sentences_of(value, where)
    elif isinstance(node, str) and " " in node.strip():
        yield Text(where, node)


def labels() -> Iterator[Text]:
    """Labels and short sentences kept beside the code, and the widget's."""
    for path in LABELS:
        if (ROOT / path).exists():
            yield from _sentences_of(_load(path), path)
    widget = json.loads((ROOT / "bot/door/static/widget/textes.fr.json").read_text(encoding="utf-8"))
    yield from _sentences_of(widget, "textes.fr.json")


def pages() -> Iterator[Text]:
    """The paragraphs of the pages, and the lines of the mails."""
    for folder in (*PAGES, *MAILS):
        for path in sorted((ROOT / folder).iterdir()):
            source = path.read_text(encoding="utf-8")
            for line in lines_of(source, path.suffix == ".html"):
                yield Text(path.name, line)


def lines_of(source: str, is_page: bool) -> list[str]:
    """What a template shows, a paragraph a line; a variable stands for one word."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{\{.*?\}\}", "Mot", source, flags=re.DOTALL)
    source = re.sub(r"\{%-?\s*(?:el)?(?:if|se)\b.*?%\}|\{%-?\s*endif.*?%\}", "\n" if not is_page else "", source, flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}", "\n", source, flags=re.DOTALL)
    if is_page:
        source = re.sub(r"<(script|style|svg)\b.*?</\1>", "\n", source, flags=re.DOTALL)
        said = ATTRIBUTES.findall(source)
        source = re.sub(r"\s*\n\s*", " ", INLINE.sub("", source))
        source = html.unescape(re.sub(r"<[^>]*>", "\n", source)) + "\n" + "\n".join(said)
    return [line.strip() for line in source.splitlines() if " " in line.strip()]


def all_texts() -> list[Text]:
    """All of them."""
    return [text for part in (responses, questions, catalogue, labels, pages) for text in part()]

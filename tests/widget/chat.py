"""The widget as a person uses it: what they write, press and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.widget.stub import Stub

READER = (Path(__file__).parent / "screen_reader.js").read_text(encoding="utf-8")
FIRST_WORDS = "bonjour mon mari m'a quittée il y a 3 mois"


@dataclass
class Door:
    """Address of the stand-in and what it saw."""

    url: str
    port: int
    stub: Stub


class Chat:
    """A page with a conversation in it."""

    def __init__(self, page: Page, door: Door) -> None:
        self.page = page
        self.door = door

    def open(self, path: str = "/") -> Chat:
        """Goes to a page whose conversation opens by itself, and waits for the greeting."""
        self.page.goto(self.door.url + path)
        self.hears("Dites en une phrase")
        return self

    def host(self, attributes: str, script: str = "/widget.js") -> Chat:
        """Goes to a page of another site that holds the widget."""
        self.page.goto(f"{self.door.url}/hote?attributes={attributes}&script={script}")
        return self

    @property
    def log(self) -> Locator:
        """The messages."""
        return self.page.get_by_role("log")

    @property
    def field(self) -> Locator:
        """Where the person writes."""
        return self.page.locator("repere-chat #field")

    def says(self, text: str) -> Chat:
        """Writes and sends."""
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def picks(self, label: str) -> Chat:
        """Presses a proposed answer."""
        self.page.get_by_role("group", name="Réponses proposées").get_by_role("button", name=label, exact=True).click()
        return self

    def presses(self, name: str) -> Chat:
        """Presses a button of the widget."""
        self.page.locator("repere-chat").get_by_role("button", name=name, exact=True).click()
        return self

    def hears(self, text: str) -> Chat:
        """Waits for these words in the messages."""
        expect(self.log).to_contain_text(text)
        return self

    def listen(self) -> Chat:
        """Starts noting what a screen reader would announce."""
        self.page.locator("repere-chat").evaluate(READER)
        return self

    def announced(self) -> list[str]:
        """What was announced since the last call."""
        self.page.wait_for_timeout(250)
        spoken: list[str] = self.page.evaluate("window.heard.splice(0)")
        return spoken

    def stored(self) -> dict[str, Any]:
        """What the tab keeps."""
        kept: dict[str, Any] = self.page.evaluate("({...sessionStorage})")
        return kept

    def focused(self) -> str:
        """Name and kind of the element that has the focus, inside the widget if it is there."""
        name: str = self.page.evaluate(
            """() => { let node = document.activeElement;
            while (node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
            return `${node.tagName.toLowerCase()} ${(node.getAttribute('aria-label') || node.textContent).trim()}`; }"""
        )
        return name

    def to_result(self) -> Chat:
        """Leads the conversation to an offer."""
        return self.says(FIRST_WORDS).hears("Touchez-vous le RSA").picks("Non").hears("Voulez-vous qu’un travailleur")

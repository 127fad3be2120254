"""Pictures of each state of the widget, light and dark, wide and on a phone, taken on a running assistant.

Usage: .venv/bin/python -m scripts.captures [ADDRESS] [FOLDER]     (default http://127.0.0.1:8080 docs/captures)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.helpers.chromium import chromium_running, page_of

FIRST_WORDS = "bonjour mon mari m'a quittée il y a 3 mois, g 2 enfants 4 et 7 ans, on habite à Chauny, je sais plus quoi faire"
SHAPES = {
    "large-clair": {"viewport": {"width": 1280, "height": 860}},
    "large-sombre": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "telephone-clair": {"viewport": {"width": 360, "height": 740}},
    "telephone-sombre": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}
WAIT = 20_000


def say(page: Page, text: str) -> None:
    """Writes a message and waits for the reply."""
    field = page.locator("repere-chat #field")
    before = page.locator("repere-chat .bot").count()
    field.fill(text)
    field.press("Enter")
    page.wait_for_function(
        "(n) => document.querySelector('repere-chat').shadowRoot.querySelectorAll('.bot').length > n", arg=before, timeout=WAIT
    )


def pick(page: Page, choice: str) -> None:
    """Presses a proposed answer and waits for the reply."""
    before = page.locator("repere-chat .bot").count()
    page.locator(f'repere-chat [data-choice="{choice}"]').click()
    page.wait_for_function(
        "(n) => document.querySelector('repere-chat').shadowRoot.querySelectorAll('.bot').length > n", arg=before, timeout=WAIT
    )


def result(page: Page) -> None:
    """Goes on to the offer."""
    say(page, FIRST_WORDS)
    pick(page, "non")


def cut(page: Page) -> None:
    """A message written without a network."""
    page.context.set_offline(True)
    page.locator("repere-chat #field").fill("Et pour les vacances ?")
    page.locator("repere-chat #field").press("Enter")
    expect(page.get_by_text("Vous êtes hors connexion")).to_be_visible()


STATES: dict[str, Callable[[Page], None]] = {
    "accueil": lambda page: None,
    "question": lambda page: say(page, FIRST_WORDS),
    "offre": result,
    "danger": lambda page: say(page, "il ma encore frapé hier"),
    "hors-ligne": cut,
    "options": lambda page: page.locator("repere-chat").get_by_role("button", name="Options").click(),
}


def capture(browser: Browser, address: str, folder: Path, shape: str, state: str) -> None:
    """One picture: the window as a person sees it, the conversation brought into view on a phone."""
    with page_of(browser, **SHAPES[shape]) as page:
        page.goto(address)
        page.locator("repere-chat .bot").first.wait_for(timeout=WAIT)
        if shape.startswith("telephone") and state != "accueil":
            page.locator("repere-chat").evaluate("(chat) => chat.scrollIntoView()")
        STATES[state](page)
        page.wait_for_timeout(400)
        page.screenshot(path=folder / f"{state}-{shape}.jpg", type="jpeg", quality=82)


def main(address: str = "http://127.0.0.1:8080", folder: str = "docs/captures") -> None:
    """Takes every picture."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with chromium_running() as browser:
        for shape in SHAPES:
            for state in STATES:
                capture(browser, address, target, shape, state)
                print(f"{state}-{shape}")


if __name__ == "__main__":
    main(*sys.argv[1:])

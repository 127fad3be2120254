"""The distribution's Chromium for browser tests: pages that fail on script errors, policy violations and third-party requests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WEATHER = "<!doctype html><title>Météo</title><h1>Météo du jour</h1>"
LOCAL = ("127.0.0.1", "localhost")


@contextmanager
def chromium_running() -> Iterator[Browser]:
    """A headless Chromium; the test is skipped, saying how to get one, where there is none."""
    path = next((found for found in map(shutil.which, NAMES) if found), None)
    if path is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def page_of(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a context of its own. Leaving it fails if a script broke, a policy was violated, or a foreign site was asked for."""
    context = browser.new_context(**{"viewport": {"width": 1200, "height": 850}, "locale": "fr-FR", **options})
    page = context.new_page()
    faults: list[str] = []

    def elsewhere(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.hostname in LOCAL or address.scheme in ("data", "blob"):
            route.continue_()
        elif route.request.is_navigation_request():
            route.fulfill(body=WEATHER, content_type="text/html; charset=utf-8")
        else:
            faults.append(f"asked a third party: {route.request.url}")
            route.abort()

    context.route("**/*", elsewhere)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
    yield page
    context.close()
    assert faults == []


def axe_violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practices: rule, then the elements."""
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    return [f"{found['id']}: {[node['html'][:120] for node in found['nodes']]}" for found in results.response["violations"]]

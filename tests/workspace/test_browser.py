"""The workspace in a real browser: axe, keyboard, small screens, no script needed."""

from __future__ import annotations

import threading
import time

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from bot.database import session_scope
from bot.door.headers import SecurityHeaders
from bot.door.pages import widget
from bot.requests import counters
from bot.workspace import workspace_app
from tests.helpers.chromium import axe_violations, chromium_running, page_of
from tests.helpers.ports import free_port
from tests.helpers.requests import NOW, a_context, send
from tests.helpers.workspace import PASSWORD, make_agent

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("sqlite_url")]

PAGES = (
    "/agent/",
    "/agent/?status=terminee",
    "/agent/nouvelle",
    "/agent/chiffres",
    "/agent/envois",
    "/agent/acces",
    "/agent/demandes/RDV-0000-0000",
    "REQUEST",
)


@pytest.fixture(scope="module")
def chromium():
    """One browser for the file."""
    with chromium_running() as browser:
        yield browser


@pytest.fixture
def address(sqlite_url):
    """The workspace served with the door's headers, and data in it. Gives its address and a request's reference."""
    make_agent("responsable", "responsable")
    reference = send(context=a_context(violence=True), canal="telephone").reference
    send("elsewhere", context=a_context(violence=True), canal="sms", disponibilites="jeudi soir")
    with session_scope() as session:
        counters.add(session, NOW.date(), "aide_utile_oui", count=3)
    app = Starlette(routes=[Route("/widget.js", widget), Mount("/agent", workspace_app())], middleware=[Middleware(SecurityHeaders)])
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, ws="none", log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}", reference
    server.should_exit = True
    thread.join(5)


def sign_in(page, base):
    """Sign in with the keyboard alone."""
    page.goto(f"{base}/agent/")
    page.focus("#identifiant")
    page.keyboard.type("responsable")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Demandes de rendez-vous')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium, address, scheme):
    """Every page, signed out and signed in, with an error shown, in light and dark."""
    base, reference = address
    with page_of(chromium, color_scheme=scheme) as page:
        page.goto(f"{base}/agent/connexion")
        assert axe_violations(page) == []
        page.fill("#identifiant", "responsable")
        page.fill("#mot_de_passe", "faux")
        page.click("button[type=submit]")
        assert axe_violations(page) == []
        sign_in(page, base)
        for path in PAGES:
            page.goto(base + (f"/agent/demandes/{reference}" if path == "REQUEST" else path))
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
            assert axe_violations(page) == [], path
        page.goto(f"{base}/agent/nouvelle")
        page.fill("#telephone", "12")
        page.click("text=Enregistrer la demande")
        page.wait_for_selector("[role=alert]")
        assert axe_violations(page) == []


def test_the_whole_work_by_keyboard_and_without_scripts(chromium, address):
    """Sign in, open the request, take it, book it: Tab, Enter and arrows, scripts off."""
    base, reference = address
    with page_of(chromium, java_script_enabled=False) as page:
        sign_in(page, base)
        page.keyboard.press("Tab")
        page.focus(f"a:has-text('{reference}')")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"h1:has-text('{reference}')")
        page.focus("button:has-text('Prendre en charge')")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Le changement est enregistré.")
        page.focus("summary:has-text('Fixer un rendez-vous')")
        if not page.is_visible("#rdv_jour-rdv_fixe"):
            page.keyboard.press("Enter")
        page.fill("#rdv_jour-rdv_fixe", "2099-01-05")
        page.fill("#rdv_heure-rdv_fixe", "10:30")
        page.focus("button:has-text('Fixer un rendez-vous')")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=05/01/2099 à 10:30")


def test_nothing_is_cut_at_320_px(chromium, address):
    """Zoomed to the width of a phone, only the wide tables scroll, in their own frame."""
    base, reference = address
    with page_of(chromium, viewport={"width": 320, "height": 700}) as page:
        sign_in(page, base)
        for path in PAGES:
            page.goto(base + (f"/agent/demandes/{reference}" if path == "REQUEST" else path))
            assert page.evaluate("document.documentElement.scrollWidth <= 320"), path


def test_targets_are_large_enough(chromium, address):
    """Buttons, fields and boxes are at least 24 pixels wide and high."""
    base, reference = address
    with page_of(chromium) as page:
        sign_in(page, base)
        for path in ("/agent/", "/agent/nouvelle", f"/agent/demandes/{reference}"):
            page.goto(base + path)
            small = page.eval_on_selector_all(
                "button, input:not([type=hidden]), select, summary",
                "all => all.filter(e => e.checkVisibility() && (e.offsetHeight < 22 || e.offsetWidth < 22)).map(e => e.outerHTML)",
            )
            assert small == [], path

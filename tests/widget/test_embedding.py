"""The widget on another site: its origin, its policy, its panel, its colours, its events."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.helpers.chromium import page_of
from tests.widget.chat import FIRST_WORDS, Chat, Door

pytestmark = pytest.mark.browser
LAUNCHER = "Besoin d’aide ? Écrivez à Repère"


def elsewhere(door: Door, attributes: str) -> str:
    """A page of another origin (localhost) that takes the script from the door (127.0.0.1) under a strict policy."""
    return f"http://localhost:{door.port}/hote?script={door.url}/widget.js&attributes={attributes}"


def test_other_site_with_a_strict_policy(page, door):
    """One script and one tag are enough, with only the door named in script-src and connect-src, styles included."""
    page.goto(elsewhere(door, "mode=container"))
    chat = Chat(page, door).hears("Dites en une phrase").says("une question").hears("D’accord")
    radius = page.locator("repere-chat .bubble").first.evaluate("(node) => getComputedStyle(node).borderRadius")
    assert radius != "0px"
    chat.presses("Urgence : Quitter vite")
    page.wait_for_url("https://meteofrance.com/")
    page.wait_for_timeout(300)
    assert len(door.stub.erased) == 1


def test_panel_opens_closes_and_gives_the_focus_back(page, door):
    """Opening puts the focus on the title; Escape and the button reduce it and give the focus back to the launcher."""
    chat = Chat(page, door).host("mode=panel").presses(LAUNCHER).hears("Dites en une phrase")
    assert chat.focused() == "h2 Repère"
    chat.page.keyboard.press("Escape")
    expect(chat.log).to_be_hidden()
    assert chat.focused() == f"button ✎{LAUNCHER}"
    chat.page.keyboard.press("Enter")
    chat.presses("Réduire la conversation")
    assert chat.focused() == f"button ✎{LAUNCHER}"
    assert len(chat.door.stub.talks) == 1


def test_escape_closes_the_options_first(page, door):
    """With the options open, Escape closes them and not the panel."""
    chat = Chat(page, door).host("mode=panel").presses(LAUNCHER).hears("Dites en une phrase").presses("Options")
    chat.page.keyboard.press("Escape")
    expect(chat.log).to_be_visible()
    assert chat.focused() == "button Options"


def test_contained_conversation_does_not_open_the_panel(chat):
    """A conversation held in a page does not follow the person as an open panel; it is there when they open it."""
    chat.says("une question").hears("D’accord").host("mode=panel")
    expect(chat.log).to_be_hidden()
    chat.presses(LAUNCHER).hears("une question")


def test_wide_panel_leaves_the_page_usable(page, door):
    """On a wide screen the panel is not a trap: the page behind keeps its focus order."""
    chat = Chat(page, door).host("mode=panel").presses(LAUNCHER).hears("Dites en une phrase")
    chat.page.get_by_role("link", name="Lien de la page").click()
    assert chat.focused() == "a Lien de la page"


def test_narrow_panel_keeps_the_focus(chromium, door):
    """On a phone the panel covers the page, and the focus never goes behind it."""
    with page_of(chromium, viewport={"width": 360, "height": 700}) as page:
        chat = Chat(page, door).host("mode=panel").presses(LAUNCHER).hears("Dites en une phrase")
        seen = set()
        for _ in range(12):
            page.keyboard.press("Tab")
            seen.add(chat.focused())
        assert "a Lien de la page" not in seen
        assert "button Envoyer" in seen


def test_reload_keeps_the_panel_open_without_taking_the_focus(page, door):
    """After a reload the panel is as it was, and the page has the focus."""
    chat = Chat(page, door).host("mode=panel").presses(LAUNCHER).hears("Dites en une phrase").says("une question").hears("D’accord")
    chat.page.reload()
    chat.hears("une question")
    assert chat.page.evaluate("document.activeElement === document.body")


def test_attributes_change_texts_and_colours(page, door):
    """Title, button and colour follow the tag; the words on the colour stay readable."""
    page.goto(elsewhere(door, "mode=panel launcher=Parler title=Aide subtitle=Essai accent=gold heading-level=3 theme=dark"))
    chat = Chat(page, door).presses("Parler").hears("Dites en une phrase")
    expect(page.get_by_role("heading", level=3, name="Aide")).to_be_visible()
    send = page.locator("repere-chat .send")
    expect(send).to_have_css("background-color", "rgb(255, 215, 0)")
    expect(send).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("repere-chat .frame")).to_have_css("background-color", "rgb(20, 27, 31)")
    assert page.locator("repere-chat").get_attribute("title") is None
    assert chat.door.stub.audiences == ["allocataire"]


def test_styles_of_the_page_stay_outside(page, door):
    """A heavy style sheet of the host changes nothing inside."""
    page.goto(elsewhere(door, "mode=container"))
    chat = Chat(page, door).hears("Dites en une phrase")
    page.evaluate(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('button, p, div { display: none !important; color: red !important }');"
        "document.adoptedStyleSheets = [sheet]"
    )
    expect(chat.page.locator("repere-chat .send")).to_be_visible()


def test_events_hold_no_words(chat):
    """The page around is told that something happened, never what was said."""
    chat.page.evaluate(
        "window.told = []; for (const name of ['open', 'message', 'request', 'error', 'end'])"
        "document.addEventListener(`repere:${name}`, (event) => window.told.push([name, JSON.stringify(event.detail)]))"
    )
    chat.to_result()
    told = chat.page.evaluate("window.told")
    assert [name for name, _ in told] == ["message"] * 4
    assert not any(re.search("quittée|RSA ?|Non", detail) for _, detail in told)


def test_unknown_audience_is_a_family(page, door):
    """An attribute that names no audience opens the conversation of families."""
    page.goto(elsewhere(door, "mode=container audience=directeur"))
    Chat(page, door).hears("Dites en une phrase")
    assert door.stub.audiences == ["allocataire"]


def test_examples_of_the_page_speak(chat):
    """An example pressed on the demonstration page is said, and the focus follows it into the conversation."""
    chat.page.get_by_role("button", name="Bonjour, mon mari m’a quittée").click()
    chat.hears("Touchez-vous")
    assert chat.focused().startswith("div Vous : Bonjour, mon mari")


def test_fallback_is_read_when_the_script_does_not_arrive(page, door):
    """If the script is blocked or lost, the numbers inside the tag are shown."""
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(door.url)
    expect(page.locator(".secours")).to_be_visible()


def test_conversation_by_the_first_words(page, door):
    """A page may speak for the person before the conversation is open: it is said once it is."""
    page.goto(elsewhere(door, "mode=panel"))
    page.locator("repere-chat").evaluate(f"(chat) => chat.send({FIRST_WORDS!r})")
    Chat(page, door).hears("Touchez-vous")
    assert door.stub.played == [FIRST_WORDS]

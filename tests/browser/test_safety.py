"""On the running assistant: quick exit, reload, a network cut and back, erasing, hostile words."""

from __future__ import annotations

import json

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import FIRST_WORDS, TURN, Visitor
from tests.helpers.chromium import axe_violations, page_of

pytestmark = [pytest.mark.browser, pytest.mark.system]
WEATHER = "https://meteofrance.com/"


@pytest.fixture
def visitor(chromium, repere_server):
    """Someone who has just arrived, coming from another page."""
    with page_of(chromium) as page:
        page.goto(repere_server.base_url + "/accessibilite")
        yield Visitor(page, repere_server.base_url).arrive()


def session(visitor: Visitor) -> dict[str, str]:
    """The conversation kept in the tab."""
    kept: str = visitor.page.evaluate("Object.values(sessionStorage)[0]")
    return json.loads(kept)  # type: ignore[no-any-return]


def status(visitor: Visitor, kept: dict[str, str]) -> int:
    """What the door says of that conversation now."""
    address = f"{visitor.address}/api/conversations/{kept['id']}/messages"
    return httpx.post(
        address, json={"text": "bonjour"}, headers={"Authorization": f"Bearer {kept['token']}"}, trust_env=False, timeout=20
    ).status_code


def test_quick_exit_after_words_of_danger(visitor):
    """Numbers first, each tappable; then Shift three times: the weather, nothing on the way back, nothing on the server."""
    visitor.say("il ma encore frapé hier")
    links = [link.get_attribute("href") for link in visitor.log.get_by_role("link").all()]
    assert {"tel:17", "tel:112", "sms:114", "tel:3919"} <= set(links)
    assert axe_violations(visitor.page) == []
    kept = session(visitor)
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
    visitor.page.wait_for_url(WEATHER)
    assert status(visitor, kept) == 410
    visitor.page.go_back()
    assert visitor.page.url.endswith("/accessibilite")
    visitor.page.goto(visitor.address)
    visitor.bubbles.first.wait_for(timeout=TURN)
    expect(visitor.log).not_to_contain_text("frapé")


def test_reload_takes_up_the_question(visitor):
    """After a reload the pending question is there with its answers, and answering goes on."""
    visitor.say(FIRST_WORDS)
    asked = visitor.ask
    visitor.page.reload()
    expect(visitor.log).to_contain_text("Chauny", timeout=TURN)
    assert visitor.ask == asked
    visitor.pick("non").until(".card.eligible")


def test_network_cut_and_back(visitor):
    """A message written without network leaves when it comes back."""
    visitor.page.context.set_offline(True)
    visitor.field.fill(FIRST_WORDS)
    visitor.field.press("Enter")
    expect(visitor.page.get_by_text("Vous êtes hors connexion")).to_be_visible()
    assert axe_violations(visitor.page) == []
    before = visitor.bubbles.count()
    visitor.page.context.set_offline(False)
    expect(visitor.bubbles.nth(before)).to_be_attached(timeout=TURN)
    assert visitor.ask == "beneficiaire_rsa"


def test_erase_reaches_the_server(visitor):
    """« Effacer la conversation » leaves nothing in the tab nor on the server."""
    visitor.say(FIRST_WORDS)
    kept = session(visitor)
    for name in ("Options", "Effacer la conversation", "Oui, effacer"):
        visitor.page.locator("repere-chat").get_by_role("button", name=name).click()
    expect(visitor.page.get_by_text("La conversation est effacée.")).to_be_visible()
    assert visitor.page.evaluate("Object.keys(sessionStorage).length") == 0
    visitor.page.wait_for_timeout(500)
    assert status(visitor, kept) == 410


@pytest.mark.parametrize("text", ["<img src=x onerror=window.attaque=1>", "/restart", "/intent{}", "\u202egnirts", "🙂🙂🙂"])
def test_hostile_words_get_an_answer(visitor, text):
    """Whatever is written is shown as text, and gets a reply."""
    visitor.say(text)
    assert text in (visitor.page.locator("repere-chat .person").last.text_content() or "")
    assert visitor.page.evaluate("window.attaque") is None

"""Dialogue 1 on the running assistant: from the first words to a reference, by mouse, by keyboard, on a small screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import FIRST_WORDS, TURN, Visitor
from tests.helpers.chromium import axe_violations, page_of

pytestmark = [pytest.mark.browser, pytest.mark.system]
REFERENCE = re.compile(r"^RDV-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
WAYS = {
    "mouse": ({}, False),
    "keyboard": ({}, True),
    "small screen": ({"viewport": {"width": 320, "height": 640}, "has_touch": True}, False),
    "dark": ({"color_scheme": "dark"}, False),
}


@pytest.mark.parametrize("way", WAYS)
def test_from_first_words_to_reference(chromium, repere_server, way):
    """The offer of the Aisne is shown as open, the request is sent, its reference can be read; axe finds nothing on the way."""
    options, keyboard = WAYS[way]
    with page_of(chromium, **options) as page:
        visitor = Visitor(page, repere_server.base_url, keyboard).arrive()
        assert axe_violations(page) == []
        visitor.say(FIRST_WORDS)
        assert visitor.ask == "beneficiaire_rsa"
        assert axe_violations(page) == []
        visitor.pick("non").until(".card.eligible")
        assert axe_violations(page) == []
        visitor.until('[data-choice="envoyer"]')
        assert axe_violations(page) == []
        visitor.pick("envoyer")
        reference = page.locator("repere-chat .reference .code bdi")
        expect(reference).to_have_text(REFERENCE, timeout=TURN)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_partner_and_agent_have_their_own_conversation(chromium, repere_server):
    """Each audience of the demonstration page opens its conversation."""
    with page_of(chromium) as page:
        visitor = Visitor(page, repere_server.base_url).arrive()
        family = visitor.log.inner_text()
        for audience in ("Partenaire", "Agent"):
            page.get_by_role("radio", name=re.compile(audience)).check()
            visitor.bubbles.first.wait_for(timeout=TURN)
            assert visitor.log.inner_text() != family
            assert axe_violations(page) == []


@pytest.mark.parametrize("path", ["/", "/confidentialite", "/accessibilite"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_are_accessible(chromium, repere_server, path, scheme):
    """Axe finds nothing on the public pages."""
    with page_of(chromium, color_scheme=scheme) as page:
        page.goto(repere_server.base_url + path)
        page.wait_for_timeout(500)
        assert axe_violations(page) == []

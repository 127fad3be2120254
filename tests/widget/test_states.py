"""Axe on every state of the widget, light and dark, wide and narrow; reflow, text spacing, target size."""

from __future__ import annotations

import pytest

from tests.helpers.chromium import axe_violations, page_of
from tests.widget.chat import FIRST_WORDS, Chat

pytestmark = pytest.mark.browser
SHAPES = {
    "wide": {"viewport": {"width": 1200, "height": 850}},
    "dark": {"viewport": {"width": 1200, "height": 850}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "color_scheme": "dark"},
}
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
    "p { margin-bottom: 2em !important }"
)


def failed(chat: Chat) -> None:
    """The door goes down while a message is on its way."""
    chat.page.clock.install()
    chat.open()
    chat.door.stub.down = True
    chat.says("bonjour").page.wait_for_timeout(200)
    for _ in range(6):
        chat.page.clock.run_for(9000)
    chat.page.get_by_role("button", name="Réessayer").wait_for()


def menu(chat: Chat) -> None:
    """The options, with the question before erasing."""
    chat.open().presses("Options").presses("Effacer la conversation")


def recap(chat: Chat) -> None:
    """The summary before sending."""
    chat.open().to_result().picks("Oui").hears("d’accord").picks("Oui").hears("nom").says("Exemple").hears("prénom").says("Ana").hears(
        "numéro"
    )
    chat.says("06 39 98 00 01").hears("Voici votre demande")


STATES = {
    "greeting": lambda chat: chat.open(),
    "question": lambda chat: chat.open().says(FIRST_WORDS).hears("Touchez-vous"),
    "offer": lambda chat: chat.open().to_result(),
    "offers": lambda chat: chat.open().says("plusieurs").hears("Information collective"),
    "refusal": lambda chat: chat.open().says(FIRST_WORDS).hears("Touchez-vous").picks("Oui").hears("3230"),
    "recap": recap,
    "sent": lambda chat: (recap(chat), chat.picks("Envoyer").hears("référence")),
    "date": lambda chat: chat.open().says("date").hears("Quand"),
    "danger": lambda chat: chat.open().says("danger").hears("114"),
    "menu": menu,
    "failed": failed,
    "erased": lambda chat: (menu(chat), chat.presses("Oui, effacer")),
    "closed panel": lambda chat: chat.host("mode=panel"),
    "open panel": lambda chat: chat.host("mode=panel").presses("Besoin d’aide ? Écrivez à Repère").hears("Dites en une phrase"),
    "statement": lambda chat: chat.page.goto(chat.door.url + "/accessibilite"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(chromium, door, state, shape):
    """No state breaks an automatic rule of WCAG 2.2 A or AA, in any shape."""
    with page_of(chromium, **SHAPES[shape]) as page:
        STATES[state](Chat(page, door))
        assert axe_violations(page) == []


def test_axe_sees_inside_the_widget(chat):
    """The check is not blind: a fault put in the shadow root is found."""
    chat.page.evaluate("document.querySelector('repere-chat').shadowRoot.querySelector('#field').removeAttribute('id')")
    assert any("label" in found for found in axe_violations(chat.page))


@pytest.mark.parametrize("state", ["question", "offer", "sent", "menu", "open panel", "failed"])
@pytest.mark.parametrize("style", ["", SPACED, "html { font-size: 200% }"], ids=["plain", "spaced", "double"])
def test_nothing_is_cut_at_320_px(chromium, door, state, style):
    """At 320 px, with wider spacing or text twice as large, nothing overflows sideways."""
    with page_of(chromium, viewport={"width": 320, "height": 640}) as page:
        STATES[state](Chat(page, door))
        restyle(page, style)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert overflowing(page) == []


def restyle(page, style: str) -> None:
    """Applies a reader's own style to the page and inside the widget, as browsers' own settings do."""
    page.evaluate(
        """(style) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);
        for (const root of [document, document.querySelector('repere-chat').shadowRoot])
          root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; }""",
        style,
    )


def overflowing(page) -> list[str]:
    """Visible elements of the widget whose content is wider than they are."""
    found: list[str] = page.evaluate(
        """[...document.querySelector('repere-chat').shadowRoot.querySelectorAll('*')]
        .filter((node) => node.checkVisibility() && !node.matches('.vh, .field, span'))
        .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
        .map((node) => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}`)"""
    )
    return found


@pytest.mark.parametrize("state", ["question", "offer", "danger", "menu", "open panel"])
def test_targets_are_large_enough(chromium, door, state):
    """Buttons, fields and phone numbers measure 24 px or more each way (WCAG 2.5.8)."""
    with page_of(chromium, viewport={"width": 320, "height": 640}) as page:
        STATES[state](Chat(page, door))
        small = page.evaluate(
            """[...document.querySelector('repere-chat').shadowRoot.querySelectorAll('button, textarea, input, a')]
            .filter((node) => node.checkVisibility()).map((node) => [node.textContent, node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
        )
        assert small == []


def test_low_window_scrolls_as_a_whole(chromium, door):
    """At 400 % zoom of a small screen (320 × 256) the field can still be reached and seen."""
    with page_of(chromium, viewport={"width": 320, "height": 256}) as page:
        chat = Chat(page, door).host("mode=panel").presses("Besoin d’aide ? Écrivez à Repère").hears("Dites en une phrase")
        chat.field.scroll_into_view_if_needed()
        box = chat.field.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 256


def test_still_when_motion_is_reduced(chromium, door):
    """With reduced motion nothing moves."""
    with page_of(chromium, reduced_motion="reduce") as page:
        door.stub.delay = 0.5
        chat = Chat(page, door).open().says("bonjour")
        chat.page.get_by_text("Repère prépare sa réponse…").wait_for()
        assert page.evaluate("document.querySelector('repere-chat').shadowRoot.getAnimations({subtree: true}).length") == 0


def test_forced_colours_keep_edges(chromium, door):
    """With forced colours, bubbles and buttons keep a visible edge and axe finds nothing."""
    with page_of(chromium, forced_colors="active") as page:
        Chat(page, door).open().to_result()
        edges = page.evaluate(
            """[...document.querySelector('repere-chat').shadowRoot.querySelectorAll('.bubble, .choices button, .send, .exit')]
            .map((node) => getComputedStyle(node).borderTopWidth)"""
        )
        assert len(edges) > 5
        assert "0px" not in edges
        assert axe_violations(page) == []

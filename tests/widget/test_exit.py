"""Quick exit: blank, erased here and on the server, replaced in the history, nothing to read on the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.helpers.chromium import page_of
from tests.widget.chat import FIRST_WORDS, Chat

pytestmark = pytest.mark.browser
SECRET = "il m’a encore frappée hier"
WEATHER = "https://meteofrance.com/"


@pytest.fixture
def secret(chat: Chat) -> Chat:
    """A conversation that nobody else must read, on a page reached from another page."""
    chat.page.goto(chat.door.url + "/hote?attributes=hidden")
    return chat.open().says(SECRET).hears("D’accord")


def never_leave(chat: Chat) -> None:
    """The neutral site gives no page, so that the browser stays where it is."""
    chat.page.context.route(WEATHER, lambda route: route.fulfill(status=204))


def by_button(chat: Chat) -> None:
    """The button of the widget."""
    chat.presses("Urgence : Quitter vite")


def by_keyboard(chat: Chat) -> None:
    """Shift, three times."""
    for _ in range(3):
        chat.page.keyboard.press("Shift")


def by_page_link(chat: Chat) -> None:
    """The link in the header of the page."""
    chat.page.get_by_role("banner").get_by_role("link", name="Urgence : Quitter vite").click()


def by_answer(chat: Chat) -> None:
    """The answer that the bot proposes after words of danger."""
    chat.says("danger").hears("en sécurité").picks("Quitter vite cette page")


@pytest.mark.parametrize("way", [by_button, by_keyboard, by_page_link, by_answer])
def test_exit_leaves_and_erases(secret, way):
    """Every way out leads to the weather, empties the tab's storage and erases the conversation on the server."""
    way(secret)
    secret.page.wait_for_url(WEATHER)
    assert sorted(secret.door.stub.erased) == sorted(name for name in secret.door.stub.talks if name in secret.door.stub.erased)
    assert secret.door.stub.erased
    secret.page.goto(secret.door.url + "/static/repere.svg")
    assert secret.stored() == {}


def test_back_shows_the_page_before(secret):
    """After the exit, « back » goes over the conversation, whose place in the history is taken."""
    by_button(secret)
    secret.page.wait_for_url(WEATHER)
    secret.page.go_back()
    assert "/hote" in secret.page.url
    assert SECRET not in secret.page.content()
    secret.page.go_forward()
    assert secret.page.url == WEATHER


def test_page_is_blank_before_anything_else(secret):
    """Even if the neutral site never answers, nothing is left to read, not even in the title."""
    never_leave(secret)
    secret.page.evaluate("document.querySelector('repere-chat').shadowRoot.querySelector('.exit').click()")
    assert secret.page.evaluate("document.body") is None
    assert secret.page.evaluate("document.documentElement.textContent") == "meteofrance.com"
    assert secret.page.evaluate("Object.keys(sessionStorage).length") == 0


def test_reply_that_arrives_late_is_not_kept(secret):
    """A reply on its way while one leaves does not fill the storage again."""
    secret.door.stub.delay = 0.4
    never_leave(secret)
    secret.says("encore")
    secret.page.evaluate("document.querySelector('repere-chat').shadowRoot.querySelector('.exit').click()")
    secret.page.wait_for_timeout(900)
    assert secret.page.evaluate("Object.keys(sessionStorage).length") == 0


def test_page_kept_by_the_browser_shows_nothing(secret):
    """Leaving from a second page of the tab also empties the first, even if the browser had kept it whole."""
    secret.page.get_by_role("contentinfo").get_by_role("link", name="Accessibilité").click()
    secret.page.get_by_role("banner").get_by_role("link", name="Urgence : Quitter vite").click()
    secret.page.wait_for_url(WEATHER)
    assert secret.door.stub.erased
    secret.page.go_back()
    secret.hears("Dites en une phrase")
    expect(secret.log).not_to_contain_text(SECRET)


def test_kept_page_is_hidden_until_checked(chat):
    """A page put aside by the browser hides the conversation, and shows it again only if it still exists."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    chat.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(chat.log).to_be_hidden()
    chat.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    chat.hears("Touchez-vous")
    chat.page.evaluate(
        "window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true})); sessionStorage.clear();"
        "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )
    chat.hears("Dites en une phrase")
    expect(chat.log).not_to_contain_text("Touchez-vous")


def test_capital_letters_do_not_leave(chat):
    """Writing capitals, or three presses spread over more than five seconds, leaves nothing."""
    chat.field.press_sequentially("A B C D E ")
    chat.field.press("Shift+KeyA")
    chat.field.press("Shift+KeyB")
    chat.field.press("Shift+KeyC")
    chat.page.keyboard.press("Shift")
    chat.page.keyboard.press("Shift")
    chat.page.wait_for_timeout(5200)
    chat.page.keyboard.press("Shift")
    expect(chat.field).to_be_visible()


def test_site_of_the_page_is_used(page, door):
    """A page may name another neutral site; something that is not a web address is refused."""
    chat = Chat(page, door).host("mode=container exit-url=https://exemple.org/meteo").hears("Dites en une phrase")
    by_keyboard(chat)
    page.wait_for_url("https://exemple.org/meteo")
    chat.host("mode=container exit-url=javascript:window.attaque=1").hears("Dites en une phrase")
    by_button(chat)
    page.wait_for_url(WEATHER)


def test_closed_panel_can_still_leave(chromium, door):
    """With the panel reduced, Shift three times still leaves, and erases."""
    with page_of(chromium) as page:
        chat = Chat(page, door).host("mode=panel").presses("Besoin d’aide ? Écrivez à Repère").hears("Dites en une phrase")
        chat.presses("Réduire la conversation")
        by_keyboard(chat)
        page.wait_for_url(WEATHER)
        assert len(door.stub.erased) == 1


def test_shift_does_nothing_where_nobody_talked(page, door):
    """On a site that only holds the closed button, Shift three times is left alone."""
    chat = Chat(page, door).host("mode=panel")
    by_keyboard(chat)
    page.wait_for_timeout(300)
    assert "/hote" in page.url


def test_text_does_not_promise_the_history(chat):
    """The help on the exit says that the browser's history keeps the visit."""
    chat.presses("Options")
    expect(chat.page.locator("repere-chat")).to_contain_text("L’historique de votre navigateur garde la trace de votre visite")

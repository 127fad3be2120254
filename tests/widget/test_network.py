"""Slow, broken and refused: a message leaves once, in the end, or the person knows that it did not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.helpers.chromium import page_of
from tests.widget.chat import Chat

pytestmark = pytest.mark.browser


def state(chat: Chat):
    """The word under the last message of the person."""
    return chat.page.locator("repere-chat .person .state").last


def test_message_waits_for_the_network(chat):
    """Written offline, a message says that it waits, then leaves by itself, once."""
    chat.page.context.set_offline(True)
    chat.says("une question")
    expect(state(chat)).to_have_text("En attente de connexion")
    expect(chat.page.get_by_text("Vous êtes hors connexion")).to_be_visible()
    chat.page.context.set_offline(False)
    chat.hears("D’accord")
    expect(state(chat)).to_have_text("Envoyé")
    assert chat.door.stub.played == ["une question"]


def test_answer_lost_on_the_way_is_asked_again(chat):
    """When the answer is lost, the message leaves again with the same key: played once."""
    lost = []

    def lose_first(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    chat.page.route("**/messages", lose_first)
    chat.says("une question").hears("D’accord")
    assert len(lost) == 1
    assert chat.door.stub.played == ["une question"]


def test_message_waiting_survives_a_reload(chat):
    """A message still waiting when the page is reloaded leaves afterwards."""
    chat.door.stub.down = True
    chat.says("une question").page.wait_for_timeout(300)
    chat.page.reload()
    chat.door.stub.down = False
    chat.hears("D’accord")
    assert chat.door.stub.played == ["une question"]


@pytest.fixture
def failed(page, door) -> Chat:
    """A message that could not leave after every try."""
    page.clock.install()
    chat = Chat(page, door).open()
    door.stub.down = True
    chat.says("une question").page.wait_for_timeout(200)
    for _ in range(6):
        page.clock.run_for(9000)
        page.wait_for_timeout(50)
    page.get_by_role("button", name="Réessayer").wait_for()
    return chat


def test_failure_is_told_and_can_be_retried(failed):
    """After the last try the person reads the server's words, and a button sends the same message again."""
    expect(state(failed)).to_have_text("Non envoyé")
    expect(failed.page.get_by_role("alert").filter(has_text="Le service est indisponible")).to_be_visible()
    failed.door.stub.down = False
    failed.presses("Réessayer").hears("D’accord")
    expect(state(failed)).to_have_text("Envoyé")
    assert failed.door.stub.played == ["une question"]


def test_failed_message_can_be_given_up(failed):
    """Given up, it goes back to the field, where it can be changed."""
    failed.presses("Abandonner ce message")
    expect(failed.field).to_have_value("une question")
    expect(failed.page.locator("repere-chat .person")).to_have_count(0)
    assert "field" in failed.page.evaluate("document.activeElement.shadowRoot.activeElement.id")


def test_too_fast_waits_then_leaves(chat):
    """Told to slow down, the widget waits the time asked and sends again."""
    chat.says("une fois trop vite").hears("D’accord")
    assert chat.door.stub.played == ["une fois trop vite"]


def test_choice_no_longer_offered(chat):
    """A refusal is told in the server's words and the conversation goes on."""
    chat.says("refus409")
    expect(chat.page.get_by_role("alert").filter(has_text="Ce choix n’est plus proposé")).to_be_visible()
    chat.says("une question").hears("D’accord")


def test_text_refused_goes_back_to_the_field(chat):
    """A text refused as too long is not lost."""
    chat.says("refus413")
    expect(chat.field).to_have_value("refus413")


def test_text_too_long_is_counted_before_leaving(chat):
    """Beyond 2,000 characters nothing leaves: the field says how many, and keeps the text."""
    chat.says("a" * 2345)
    expect(chat.page.get_by_role("alert").filter(has_text="2345 caractères sur 2000")).to_be_visible()
    assert chat.door.stub.played == []


def test_empty_message_is_not_sent(chat):
    """Blanks alone are not sent, and the field says so."""
    chat.says("   ")
    expect(chat.page.get_by_text("Écrivez d’abord votre réponse.")).to_be_visible()
    assert chat.door.stub.played == []


def test_conversation_erased_elsewhere(chat):
    """When the server no longer has it, nothing stays on screen and a new one can begin."""
    chat.says("refus410")
    expect(chat.page.get_by_text("Cette conversation a été effacée.")).to_be_visible()
    assert chat.stored() == {}
    chat.presses("Commencer une conversation").hears("Dites en une phrase")


def test_start_that_fails_gives_numbers(page, door):
    """If no conversation opens, the phone numbers are there at once, and a retry."""
    door.stub.down = True
    chat = Chat(page, door)
    page.goto(door.url)
    alert = page.get_by_role("alert").filter(has_text="indisponible")
    expect(alert).to_contain_text("3230")
    expect(alert).to_contain_text("114")
    door.stub.down = False
    chat.presses("Réessayer").hears("Dites en une phrase")


def test_two_messages_in_a_row_keep_their_order(chat):
    """What is written during a slow reply leaves after it."""
    chat.door.stub.delay = 0.4
    chat.says("un").says("deux").says("trois")
    expect(chat.page.locator("repere-chat .person .state", has_text="Envoyé")).to_have_count(3)
    assert chat.door.stub.played == ["un", "deux", "trois"]


def test_phone_numbers_without_javascript(chromium, door):
    """Without JavaScript the page says so and gives every number, each one tappable."""
    with page_of(chromium, java_script_enabled=False) as page:
        page.goto(door.url)
        fallback = page.locator(".secours")
        expect(fallback).to_be_visible()
        for number, link in {
            "3230": "tel:",
            "17": "tel:",
            "112": "tel:",
            "114": "sms:",
            "3919": "tel:",
            "119": "tel:",
            "3114": "tel:",
            "115": "tel:",
        }.items():
            expect(fallback.get_by_role("link", name=number, exact=True)).to_have_attribute("href", link + number)
        expect(page.get_by_text("Quelques phrases à essayer")).to_be_hidden()

"""Reading and answering: the right keyboard, links that can be trusted, text that stays text."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.widget.chat import FIRST_WORDS, Chat

pytestmark = pytest.mark.browser
ZALGO = "Z̷͍̎a̵̦͝ľ̸̹g̶̱̈́o̸̙͊" * 20


def at_phone(chat: Chat) -> Chat:
    """Leads to the question of the phone number."""
    chat.to_result().picks("Oui").hears("d’accord").picks("Oui").hears("nom de famille").says("Exemple").hears("prénom")
    return chat.says("Ana").hears("À quel numéro")


def test_phone_question_brings_the_phone_keyboard(chat):
    """The phone is asked with its own keyboard and the browser's completion."""
    at_phone(chat)
    for name, value in {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}.items():
        expect(chat.field).to_have_attribute(name, value)
    expect(chat.page.get_by_label("Le numéro de téléphone")).to_be_visible()


def test_partner_is_not_offered_their_own_details(chat):
    """A partner gives somebody else's phone: the browser must not fill in theirs."""
    chat.page.get_by_role("radio", name="Partenaire J’oriente").check()
    chat.hears("Dites en une phrase")
    at_phone(chat)
    expect(chat.field).to_have_attribute("autocomplete", "off")


def test_number_question_brings_digits_and_words_stay_possible(chat):
    """A number is asked with digits; one press brings back a field for words, the focus in it."""
    chat.says("nombre").hears("Combien")
    expect(chat.field).to_have_attribute("inputmode", "numeric")
    chat.presses("Répondre avec mes mots")
    expect(chat.field).not_to_have_attribute("inputmode", "numeric")
    expect(chat.field).to_be_focused()


def test_date_is_sent_as_people_write_it(chat):
    """A date chosen in the calendar leaves as 12/03/2026."""
    chat.says("date").hears("Quand")
    expect(chat.field).to_have_attribute("type", "date")
    chat.field.fill("2026-03-12")
    chat.presses("Envoyer").hears("D’accord")
    assert chat.door.stub.played[-1] == "12/03/2026"


def test_draft_survives_a_reply(chat):
    """What is being written when the reply arrives stays, and so does the focus."""
    chat.door.stub.delay = 0.4
    chat.says("date")
    chat.field.press_sequentially("en mars")
    chat.hears("Quand")
    expect(chat.field).to_have_value("en mars")
    expect(chat.field).to_be_focused()


def test_choice_stays_readable_and_focus_follows(chat):
    """Once chosen, the answer is text, the other answers are still readable, and the focus is on what was said."""
    chat.says(FIRST_WORDS).hears("Touchez-vous").picks("Non").hears("Bonne nouvelle")
    chat.hears("Réponses proposées : Oui · Non · Je ne sais pas · Pourquoi cette question ?")
    assert chat.focused() == "div Vous : NonEnvoyé"
    expect(chat.page.get_by_role("button", name="Je ne sais pas")).to_have_count(0)
    chat.page.keyboard.press("Tab")
    assert chat.focused() == "button Copier ce résultat"


def test_focus_stays_in_the_field_when_the_bot_speaks(chat):
    """A reply never takes the focus."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    expect(chat.field).to_be_focused()


def test_numbers_and_addresses_become_links(chat):
    """Phone numbers and trusted addresses can be pressed; ages, dates, sums and other sites cannot."""
    chat.says("liste").hears("Police")
    links = {link.inner_text(): link.get_attribute("href") for link in chat.log.get_by_role("link").all()}
    assert links == {
        "caf02-exemple@caf02.caf.fr": "mailto:caf02-exemple@caf02.caf.fr",
        "https://www.caf.fr/allocataires": "https://www.caf.fr/allocataires",
        "03 23 00 00 00": "tel:0323000000",
        "3230": "tel:3230",
        "17": "tel:17",
    }
    assert chat.log.get_by_role("link", name="https://www.caf.fr").get_attribute("rel") == "noopener noreferrer"


def test_danger_numbers_can_be_pressed(chat):
    """17, 112, 3919 and 115 are called, 114 gets a message."""
    chat.says("danger").hears("en sécurité")
    links = [link.get_attribute("href") for link in chat.log.get_by_role("link").all()]
    assert links == ["tel:17", "tel:112", "sms:114", "tel:3919", "tel:115"]


def test_progress_is_shown_as_said(chat):
    """« Question 1 sur 2 environ » becomes a line of its own, with a mark for the eyes only."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    progress = chat.page.locator("repere-chat .progress")
    expect(progress).to_have_text("Question 1 sur 2 environ")
    expect(progress.locator("[aria-hidden=true] .done")).to_have_count(1)


def test_several_offers_are_counted_in_words(chat):
    """A card with several offers says how many of each verdict."""
    chat.says("plusieurs").hears("Information collective")
    lines = chat.page.locator("repere-chat .verdicts li")
    expect(lines).to_have_text(["✓Vous pouvez en bénéficier : 2.", "?À vérifier : 1."])


def test_hostile_reply_is_shown_as_text(chat):
    """HTML, scripts, odd links and reversed text from the server are shown, never obeyed."""
    chat.says("hostile").hears("<img src=x onerror=")
    button = chat.page.get_by_role("group", name="Réponses proposées").get_by_role("button")
    expect(button).to_contain_text("<b>Gras</b>")
    button.click()
    chat.hears("D’accord")
    assert chat.page.evaluate("window.attaque") is None
    inside = "document.querySelector('repere-chat').shadowRoot.querySelectorAll('img, script, iframe, b').length"
    assert chat.page.evaluate(inside) == 0
    assert chat.log.get_by_role("link").count() == 0


@pytest.mark.parametrize(
    "text",
    ["<script>window.attaque = 1</script><img src=x onerror=window.attaque=1>", "\u202e\u2066txet desrever", ZALGO, "a" * 1999, "🙂" * 300],
    ids=["html", "right-to-left", "zalgo", "one long word", "emoji"],
)
def test_hostile_words_are_shown_as_text(chat, text):
    """What a person writes is shown as it is, and stays inside its bubble."""
    chat.says(text).hears("D’accord")
    bubble = chat.page.locator("repere-chat .person")
    assert text in (bubble.text_content() or "")
    assert chat.page.evaluate("window.attaque") is None
    assert bubble.evaluate("(node) => node.scrollWidth <= node.clientWidth && getComputedStyle(node).overflowX === 'clip'")
    assert bubble.evaluate("(node) => getComputedStyle(node).unicodeBidi") == "isolate"


def test_reply_of_ten_thousand_characters(chat):
    """A very long reply is shown from its beginning, and the field stays in sight."""
    chat.says("long").hears("mot mot mot")
    assert len(chat.page.locator("repere-chat .bot").last.inner_text()) >= 9_990
    box, frame = chat.field.bounding_box(), chat.page.locator("repere-chat .frame").bounding_box()
    assert box is not None
    assert frame is not None
    assert box["y"] + box["height"] < frame["y"] + frame["height"]


def test_dialogue_by_keyboard_only(chat):
    """From the first words to the reference with Tab, Enter and letters."""
    keys = chat.page.keyboard
    chat.field.focus()
    keys.type(FIRST_WORDS)
    keys.press("Enter")
    chat.hears("Touchez-vous")
    press_by_tab(chat, "Non", "Shift+Tab")
    chat.hears("Voulez-vous")
    press_by_tab(chat, "Oui", "Tab")
    chat.hears("Êtes-vous d’accord")
    press_by_tab(chat, "Oui", "Tab")
    chat.hears("nom de famille")
    for answer, following in (("Exemple", "prénom"), ("Ana", "À quel numéro"), ("06 39 98 00 01", "Voici votre demande")):
        reach(chat, "input", "Tab")
        keys.type(answer)
        keys.press("Enter")
        chat.hears(following)
    press_by_tab(chat, "Envoyer", "Shift+Tab")
    chat.hears("Votre référence")


def reach(chat: Chat, start: str, key: str) -> None:
    """Presses a key until the focus is on an element whose description starts so; fails after twenty."""
    for _ in range(20):
        if chat.focused().startswith(start):
            return
        chat.page.keyboard.press(key)
    raise AssertionError(f"never reached {start!r}")


def press_by_tab(chat: Chat, label: str, key: str) -> None:
    """Reaches a proposed answer by keyboard and presses it."""
    reach(chat, f"button {label}", key)
    chat.page.keyboard.press("Enter")

"""How long a conversation stays, and how to take it away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.helpers.chromium import page_of
from tests.widget.chat import FIRST_WORDS, Chat

pytestmark = pytest.mark.browser
MINUTE = 60_000


def test_reload_takes_up_the_conversation(chat):
    """After a reload the messages and the pending question are there; the server opened one conversation only."""
    chat.says(FIRST_WORDS).hears("Touchez-vous").page.reload()
    chat.hears("Touchez-vous").picks("Non").hears("Bonne nouvelle")
    assert len(chat.door.stub.talks) == 1


def test_another_tab_sees_nothing(chat):
    """Another tab of the same browser starts afresh."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    other = chat.page.context.new_page()
    other.goto(chat.door.url)
    expect(other.get_by_role("log")).to_contain_text("Dites en une phrase")
    expect(other.get_by_role("log")).not_to_contain_text("Touchez-vous")


def test_nothing_outlives_the_tab(chat):
    """Only the storage of the tab is used: no cookie, no lasting storage, no database, no cache."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    assert list(chat.stored())
    assert chat.page.context.cookies() == []
    assert chat.page.evaluate("localStorage.length") == 0
    assert chat.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert chat.page.evaluate("caches.keys().then((all) => all.length)") == 0


def test_tab_reopened_later_starts_afresh(chat):
    """A closed tab that the browser brings back comes as « back »: after two minutes its conversation is gone, on the server too."""
    chat.says("une question").hears("D’accord")
    chat.page.add_init_script(
        "performance.getEntriesByType = () => [{type: 'back_forward'}];"
        "for (const [name, kept] of Object.entries(sessionStorage)) "
        "sessionStorage.setItem(name, JSON.stringify({...JSON.parse(kept), seen: Date.now() - 130000}));"
    )
    chat.page.reload()
    chat.hears("Dites en une phrase")
    expect(chat.log).not_to_contain_text("une question")
    assert len(chat.door.stub.erased) == 1


@pytest.fixture
def timed(page, door) -> Chat:
    """A conversation whose clock the test moves."""
    page.clock.install()
    return Chat(page, door).open().says("une question").hears("D’accord")


def test_idle_conversation_is_erased_after_a_warning(timed):
    """28 minutes without a sign: a warning; 30: nothing on screen, in the tab or on the server."""
    timed.page.clock.run_for(27 * MINUTE)
    expect(timed.page.get_by_text("sera effacée dans 2 minutes")).to_be_hidden()
    timed.page.clock.run_for(MINUTE + 6000)
    expect(timed.page.get_by_role("alert").filter(has_text="sera effacée dans 2 minutes")).to_be_visible()
    timed.page.clock.run_for(2 * MINUTE)
    expect(timed.page.get_by_text("restée 30 minutes sans activité")).to_be_visible()
    expect(timed.log).not_to_contain_text("une question")
    assert timed.stored() == {}
    assert len(timed.door.stub.erased) == 1


def test_idle_end_can_be_put_off(timed):
    """One button keeps the conversation for another half hour, as does any key."""
    timed.page.clock.run_for(28 * MINUTE + 6000)
    timed.presses("Garder la conversation")
    timed.page.clock.run_for(20 * MINUTE)
    timed.field.press("a")
    timed.page.clock.run_for(20 * MINUTE)
    timed.hears("une question")
    assert timed.door.stub.erased == []


def test_sleeping_device_finds_nothing(timed):
    """A device waking up after an hour erases at once, before anything can be read for long."""
    timed.page.clock.fast_forward(60 * MINUTE)
    timed.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(timed.page.get_by_text("restée 30 minutes sans activité")).to_be_visible()


def test_erase_asks_then_erases(chat):
    """« Effacer » asks once, then empties screen, tab and server; the focus is on what was done."""
    chat.says("une question").hears("D’accord").presses("Options").presses("Effacer la conversation").presses("Non, garder")
    chat.hears("une question").presses("Effacer la conversation").presses("Oui, effacer")
    expect(chat.log).not_to_contain_text("une question")
    assert chat.focused() == "p La conversation est effacée."
    assert chat.stored() == {}
    assert len(chat.door.stub.erased) == 1
    chat.presses("Commencer une conversation").hears("Dites en une phrase")


def test_result_can_be_copied(chromium, door):
    """The result is copied with its verdict, reasons and source, as plain text."""
    with page_of(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        chat = Chat(page, door).open().to_result().presses("Copier ce résultat")
        expect(page.get_by_text("C’est copié.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "Vous pouvez en bénéficier" in copied
        assert "- faire le point sur vos droits" in copied
        chat.presses("Options").presses("Copier la conversation")
        expect(page.get_by_text("C’est copié.")).to_be_visible()
        assert "Vous : " + "bonjour mon mari" in page.evaluate("navigator.clipboard.readText()")


def test_reference_is_easy_to_copy(chromium, door):
    """The reference stands alone in a box, with a button that copies it and nothing else."""
    with page_of(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        chat = Chat(page, door).open().to_result().picks("Oui").hears("d’accord").picks("Oui").hears("nom").says("Exemple").hears("prénom")
        chat.says("Ana").hears("numéro").says("0639980001").hears("Voici").picks("Envoyer").hears("Notez-la")
        chat.presses("Copier la référence")
        expect(page.get_by_text("C’est copié.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "RDV-7K3F-29QD"


def test_print_holds_the_result_alone(chat):
    """Printing shows the result, in French, without the page around nor the buttons."""
    chat.to_result()
    chat.page.evaluate(
        "const append = document.body.append.bind(document.body);"
        "document.body.append = (frame) => { append(frame);"
        "frame.contentWindow.print = () => { window.printed = frame.contentDocument; }; }; null"
    )
    chat.presses("Imprimer ce résultat")
    words = chat.page.evaluate("window.printed.body.textContent")
    assert "Bonne nouvelle" in words
    assert "Ce que Repère fait" not in words
    assert chat.page.evaluate("window.printed.documentElement.lang") == "fr"


def test_audience_has_its_own_conversation(chat):
    """Changing the audience shows another conversation; changing back finds the first again."""
    chat.says("une question").hears("D’accord")
    chat.page.get_by_role("radio", name="Partenaire J’oriente").check()
    expect(chat.log).not_to_contain_text("une question")
    chat.hears("Dites en une phrase")
    chat.page.get_by_role("radio", name="Famille Je").check()
    chat.hears("une question")
    assert chat.door.stub.audiences == ["allocataire", "partenaire"]

"""What a screen reader announces by itself, turn by turn: read from the live regions as they change."""

from __future__ import annotations

import pytest

from tests.widget.chat import FIRST_WORDS

pytestmark = pytest.mark.browser
QUESTION = [
    "Repère prépare sa réponse…",
    "Repère : Je suis désolé, c’est un moment difficile. Je peux vous dire quelle aide existe à la Caf de l’Aisne.",
    "Question 1 sur 2 environ Touchez-vous le RSA ? 4 réponses proposées après le message.",
]
RESULT = (
    "Repère : Vous pouvez en bénéficier. Demande possible. Bonne nouvelle : d’après vos réponses, un travailleur social de la Caf peut "
    "vous accompagner. C’est l’offre « séparation ». Pourquoi : vous êtes séparés depuis moins d’un an, avec deux enfants à charge. "
    "Source : Caf de l’Aisne, 2024, ligne 65. Ce qu’elle apporte : faire le point sur vos droits ; "
    "parler de l’organisation avec les enfants."
)


def test_each_turn_is_announced_once(chat):
    """A reply is read once, with the number of answers; what the person said and the buttons are not read again."""
    chat.listen().says(FIRST_WORDS).hears("Touchez-vous le RSA")
    assert chat.announced() == QUESTION


def test_result_is_announced_verdict_first(chat):
    """The verdict in words comes before its reasons; the buttons that copy and print are left out."""
    chat.says(FIRST_WORDS).hears("Touchez-vous").listen().picks("Non").hears("Voulez-vous")
    assert chat.announced() == [
        "Repère prépare sa réponse…",
        RESULT,
        "Voulez-vous qu’un travailleur social vous appelle ? 2 réponses proposées après le message.",
    ]


def test_whole_journey_announces_every_message(chat):
    """From the result to the reference, each question is heard once and in order."""
    chat.to_result().listen().picks("Oui").hears("Êtes-vous d’accord")
    chat.picks("Oui").hears("nom de famille").says("Exemple").hears("prénom").says("Ana").hears("numéro")
    chat.says("06 39 98 00 01").hears("Voici votre demande").picks("Envoyer").hears("Votre référence")
    heard = [line for line in chat.announced() if line != "Repère prépare sa réponse…"]
    starts = ["Repère : Pour la demande", "Repère : Quel est votre nom", "Repère : Quel est votre prénom", "Repère : À quel numéro"]
    assert len(heard) == 6
    assert all(
        line.startswith(start)
        for line, start in zip(heard, [*starts, "Repère : Voici votre demande", "Repère : C’est envoyé"], strict=True)
    )


def test_reload_announces_no_history(chat):
    """After a reload the past messages are there, and none is read again."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    chat.page.add_init_script(
        "customElements.whenDefined('repere-chat').then(() => { const widget = document.querySelector('repere-chat'); "
        f"({chat_reader()})(widget); }})"
    )
    chat.page.reload()
    chat.hears("Touchez-vous")
    assert chat.announced() == []


def chat_reader() -> str:
    """Source of the reader, for use before the page is built."""
    from tests.widget.chat import READER

    return READER.strip()


def test_error_is_announced_once_with_its_retry(chat):
    """A failure is said at once, assertively, in the server's words."""
    chat.listen()
    chat.says("refus409").page.wait_for_timeout(300)
    assert chat.announced() == ["Repère prépare sa réponse…", "! Ce choix n’est plus proposé. Écrivez votre réponse."]


def test_shift_countdown_is_announced(chat):
    """Each press of Shift says how many are left."""
    chat.listen().page.keyboard.press("Shift")
    chat.page.keyboard.press("Shift")
    assert chat.announced() == ["Quitter vite : encore 2 appuis.", "Quitter vite : encore 1 appui."]


def test_tree_names_every_part(chat):
    """The accessibility tree shows the log, the group of answers, the field's label and the exit, each named."""
    chat.says(FIRST_WORDS).hears("Touchez-vous")
    tree = chat.page.locator("repere-chat").aria_snapshot()
    for part in (
        'heading "Repère" [level=2]',
        'button "Urgence : Quitter vite"',
        'region "Conversation avec Repère"',
        'log "Messages"',
        'group "Réponses proposées"',
        'button "Oui"',
        'textbox "Votre réponse"',
        'button "Envoyer"',
    ):
        assert part in tree

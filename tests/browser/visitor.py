"""A person in front of the demonstration page of the running assistant; it goes by what is asked (`data-ask`), never by wording."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

TURN = 20_000  # ms: a turn goes through Rasa and the actions, on a slow machine
FIRST_WORDS = "bonjour mon mari m'a quittée il y a 3 mois, g 2 enfants 4 et 7 ans, on habite à Chauny, je sais plus quoi faire"
DETAILS = {
    "nom": "Exemple",
    "prenom": "Ana",
    "telephone": "06 39 98 00 01",
    "email": "ana@exemple.fr",
    "disponibilites": "le matin",
    "numero_allocataire": "je ne l'ai pas",
    "commune": "Chauny",
}
# Answers by button where the question has one; the first that is shown is taken.
PREFERRED = ("non", "telephone", "envoyer", "oui", "ne_sait_pas")
LONGEST = 25


class Visitor:
    """What this person does, by mouse or by keyboard."""

    def __init__(self, page: Page, address: str, keyboard: bool = False) -> None:
        self.page = page
        self.address = address
        self.keyboard = keyboard

    def arrive(self) -> Visitor:
        """Opens the page and waits for the greeting."""
        self.page.goto(self.address)
        self.bubbles.first.wait_for(timeout=TURN)
        return self

    @property
    def log(self) -> Locator:
        """The messages."""
        return self.page.get_by_role("log")

    @property
    def bubbles(self) -> Locator:
        """The messages of the bot."""
        return self.page.locator("repere-chat .bot")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.locator("repere-chat #field")

    @property
    def ask(self) -> str:
        """The question pending, empty when there is none."""
        return self.page.locator("repere-chat .composer").get_attribute("data-ask") or ""

    @property
    def choices(self) -> list[str]:
        """Ids of the answers proposed."""
        return [choice.get_attribute("data-choice") or "" for choice in self.page.locator("repere-chat [data-choice]").all()]

    def _after(self, before: int) -> None:
        expect(self.bubbles.nth(before)).to_be_attached(timeout=TURN)
        expect(self.page.locator("repere-chat .typing")).to_have_text("", timeout=TURN)

    def say(self, text: str) -> Visitor:
        """Writes a message, and waits for the reply."""
        before = self.bubbles.count()
        if self.keyboard:
            self.reach("#field")
            self.page.keyboard.type(text)
        else:
            self.field.fill(text)
        self.page.keyboard.press("Enter") if self.keyboard else self.page.locator("repere-chat .send").click()
        self._after(before)
        return self

    def pick(self, choice: str) -> Visitor:
        """Presses a proposed answer, and waits for the reply."""
        before = self.bubbles.count()
        if self.keyboard:
            self.reach(f'[data-choice="{choice}"]')
            self.page.keyboard.press("Enter")
        else:
            self.page.locator(f'repere-chat [data-choice="{choice}"]').click()
        self._after(before)
        return self

    def reach(self, selector: str) -> None:
        """Moves the focus with Tab until it is on an element of the widget; fails after a full tour."""
        for _ in range(80):
            if self.page.evaluate("(s) => !!document.querySelector('repere-chat').shadowRoot.activeElement?.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never reaches {selector}")

    def answer(self) -> Visitor:
        """Answers the pending question in the simplest way."""
        shown = self.choices
        preferred = next((choice for choice in PREFERRED if choice in shown), None)
        if self.ask == "veut_rendez_vous" or self.ask == "consentement":
            return self.pick("oui")
        if self.ask in DETAILS and not (preferred and self.ask == "canal"):
            return self.say(DETAILS[self.ask])
        return self.pick(preferred or shown[0]) if shown else self.say("je ne sais pas")

    def until(self, wanted: str) -> Visitor:
        """Goes on answering until something matching this selector is shown in the widget."""
        for _ in range(LONGEST):
            if self.page.locator(f"repere-chat {wanted}").count():
                return self
            self.answer()
        raise AssertionError(f"{wanted} was never shown; last question: {self.ask}")

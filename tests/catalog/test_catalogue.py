"""The delivered catalogue: complete, readable, and asking only what may be asked."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalog import load_catalogue
from bot.catalog.pages import book, offer_page
from bot.eligibility.facts import CHILD_KEYS
from bot.eligibility.program import program

TODAY = date(2026, 11, 22)
CATALOGUE = load_catalogue()
COUNTS = {"aisne": 7, "isere": 8, "caf_2018": 12, "seine_saint_denis": 13, "autre": 5}


def test_every_offer_of_every_document_is_there() -> None:
    """45 offers: 7 in Aisne, 8 in Isère, 12 of 2018, 13 in Seine-Saint-Denis, 5 of the national core."""
    assert {caf.id: len(caf.offers) for caf in CATALOGUE.cafs.values()} == COUNTS
    assert len(CATALOGUE.offers) == 45


def test_only_the_three_cafs_receive_requests() -> None:
    """Neither another Caf nor the example of 2018 receives requests."""
    assert {"aisne", "isere", "seine_saint_denis"} == {caf.id for caf in CATALOGUE.cafs.values() if caf.receives_requests}


@pytest.mark.parametrize("caf", sorted(CATALOGUE.cafs))
def test_every_fact_read_is_asked_derived_or_never_asked_with_a_reason(caf: str) -> None:
    """No condition reads a fact that nobody could ever know."""
    facts = {fact for test in program(CATALOGUE, caf).tests for fact in test.asks({})}
    for fact in facts:
        question = next((item for item in CATALOGUE.questions.values() if fact in item.fills), None)
        assert question is not None, fact
        assert any(question.roles.values()) or question.never_asked, fact
        assert all(question.roles.values()) or question.never_asked, fact
    assert facts


def test_questions_fill_known_facts() -> None:
    """A question fills facts of the vocabulary, or the pay of a child."""
    for question in CATALOGUE.questions.values():
        assert set(question.fills) <= {*CATALOGUE.facts, *CHILD_KEYS}, question.name


@pytest.mark.parametrize("caf", sorted(CATALOGUE.cafs))
def test_mailboxes_of_partners_are_never_shown_to_families(caf: str) -> None:
    """A mail address of the documents is for professionals."""
    shown = CATALOGUE.contacts(caf, "allocataire")

    assert not [contact.id for contact in shown if contact.kind == "mail"]


def test_old_documents_say_so() -> None:
    """Isère and 2018 carry a notice; so does every Caf whose rules are not known."""
    for offer in CATALOGUE.offers.values():
        if offer.caf in ("isere", "caf_2018", "autre"):
            assert CATALOGUE.notice(offer.id), offer.id
    assert CATALOGUE.notice("aisne/separation") is None


@pytest.mark.parametrize("offer", sorted(CATALOGUE.offers))
def test_every_offer_has_its_page(offer: str) -> None:
    """The page names the offer, its public and its sources."""
    page = offer_page(CATALOGUE, offer, TODAY)

    assert page.startswith(offer)
    assert CATALOGUE.offer(offer).public in page
    assert "CONDITIONS" in page
    assert "\n\n\n" not in page


def test_the_book_holds_every_offer() -> None:
    """One page, with each offer once and no raw template left."""
    page = book(CATALOGUE, TODAY)

    assert 'lang="fr"' in page
    assert "{{" not in page
    assert not [offer for offer in CATALOGUE.offers if f"({offer})" not in page]


def test_the_version_is_the_hash_of_the_files() -> None:
    """64 hexadecimal digits, the same at each reading."""
    assert len(CATALOGUE.version) == 64
    assert CATALOGUE.version == load_catalogue().version

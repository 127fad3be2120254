"""A verdict of yesterday, with the catalogue of yesterday."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from bot import settings
from bot.catalog import load_catalogue
from bot.database import session_scope
from bot.database.models import CatalogueVersion
from bot.eligibility import evaluate
from bot.errors import BadInput
from bot.requests import versions
from bot.requests.replay import replay
from tests.helpers.requests import NOW, a_context, send, stored

TODAY = date(2026, 11, 23)
FACTS = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}


@pytest.fixture
def reference(sqlite_url):
    """A request evaluated with the catalogue as it is, which is published."""
    catalogue = load_catalogue()
    result = evaluate(catalogue, "aisne", "allocataire", FACTS, TODAY).offers["aisne/separation"]
    with session_scope() as session:
        versions.publish(session, NOW)
    context = a_context(
        facts=FACTS,
        verdict=result.verdict,
        access=result.access,
        reasons=[reason._asdict() for reason in result.reasons],
        catalogue_version=catalogue.version,
    )
    return send(context=context).reference


def test_the_same_facts_and_version_give_the_same_verdict(reference):
    """Verdict, access and every reason."""
    with session_scope() as session:
        result = replay(session, stored(session, reference))

    assert result.same
    assert result.again["verdict"] == "eligible"


def test_a_verdict_that_was_tampered_with_is_seen(reference):
    """A stored verdict that the facts do not give is reported."""
    with session_scope() as session:
        stored(session, reference).verdict = "ineligible"

    with session_scope() as session:
        assert not replay(session, stored(session, reference)).same


def test_an_old_version_is_replayed_after_the_catalogue_has_changed(reference, tmp_path, monkeypatch):
    """The files of today have changed; the stored ones answer."""
    folder = tmp_path / "catalogue"
    shutil.copytree(settings.catalog_dir(), folder)
    changed = (folder / "aisne.yml").read_text(encoding="utf-8") + "\n# changed\n"
    (folder / "aisne.yml").write_text(changed, encoding="utf-8")
    monkeypatch.setenv("REPERE_CATALOG", str(folder))
    with session_scope() as session:
        assert versions.publish(session, NOW)[1]
        assert not versions.publish(session, NOW)[1]
        assert session.query(CatalogueVersion).count() == 2
        assert replay(session, stored(session, reference)).same


def test_what_cannot_be_replayed_says_why(reference):
    """A version never published here, or a request about no offer."""
    with session_scope() as session:
        request = stored(session, reference)
        request.catalogue_version = "0" * 64
        with pytest.raises(BadInput, match="never published"):
            replay(session, request)
        request.offre_visee = None
        with pytest.raises(BadInput, match="no offer"):
            replay(session, request)

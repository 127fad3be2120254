"""What agents read and do."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest

from bot import clock
from bot.clock import PARIS
from bot.database import session_scope
from bot.database.models import AccessAudit, ContactRequest, OutboxEvent
from bot.requests import counters
from bot.requests.references import read_reference
from bot.workspace import labels, listing
from tests.helpers.requests import NOW, PHONE, a_context, send, stored
from tests.helpers.workspace import csrf, make_agent, signed_in

pytestmark = pytest.mark.usefixtures("sqlite_url")

DESK = {
    "envoi": "0" * 32,
    "caf": "aisne",
    "territoire": "laon_hirson",
    "offre": "aisne/separation",
    "consentement": "oui",
    "nom": "Exemple",
    "prenom": "Camille",
    "telephone": "06 39 98 00 01",
}


@pytest.fixture
def client():
    """A responsable of Aisne, signed in."""
    make_agent("responsable", "responsable")
    return signed_in("responsable")


def post(client, path, **fields):
    """Post a form with its token."""
    return client.post(path, data={"csrf": csrf(client)} | fields)


def version(reference):
    """Version of a request, as its page carries it."""
    with session_scope() as session:
        return str(stored(session, reference).version)


def status(reference):
    """Status of a request."""
    with session_scope() as session:
        return stored(session, reference).status


def move(client, reference, target, **fields):
    """Post a change of status."""
    return post(client, f"/agent/demandes/{reference}/statut", statut=target, version=version(reference), **fields)


def test_a_request_is_taken_booked_and_closed(client):
    """The whole life of a request from its page, each step in its history."""
    reference = send().reference
    day = (clock.now() + timedelta(days=2)).astimezone(PARIS).date().isoformat()

    assert move(client, reference, "prise_en_charge").status_code == 303
    assert move(client, reference, "rdv_fixe", rdv_jour=day, rdv_heure="14:30", rdv_mode="agence").status_code == 303
    assert move(client, reference, "terminee").status_code == 303

    page = client.get(f"/agent/demandes/{reference}?fait=statut").text
    assert status(reference) == "terminee"
    assert "Le changement est enregistré." in page
    assert re.findall(r"(Demande créée|Prise en charge|Rendez-vous fixé|Terminée), par", page) == [
        "Demande créée",
        "Prise en charge",
        "Rendez-vous fixé",
        "Terminée",
    ]


@pytest.mark.parametrize(
    ("target", "fields", "sentence"),
    [
        ("sans_suite", {}, "Choisissez un motif."),
        ("rdv_fixe", {"rdv_jour": "2020-01-01", "rdv_heure": "10:00"}, "date et une heure à venir"),
        ("rdv_fixe", {"rdv_jour": "demain", "rdv_heure": ""}, "date et une heure à venir"),
        ("nouvelle", {}, "pas possible depuis le statut actuel"),
        ("n'importe quoi", {}, "pas possible depuis le statut actuel"),
    ],
)
def test_a_wrong_form_is_explained_and_changes_nothing(client, target, fields, sentence):
    """One clear sentence at the top of the page."""
    reference = send().reference

    answer = move(client, reference, target, **fields)

    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert status(reference) == "nouvelle"


def test_two_agents_on_the_same_page(client):
    """The second to save is told that somebody else has changed the request."""
    reference = send().reference
    old = version(reference)
    move(client, reference, "prise_en_charge")

    answer = post(client, f"/agent/demandes/{reference}/statut", statut="terminee", version=old)

    assert answer.status_code == 409
    assert status(reference) == "prise_en_charge"


def test_changes_from_elsewhere_are_compared_and_accepted(client):
    """The page shows the old and new values; accepting writes the new ones."""
    reference = send().reference
    send("elsewhere", disponibilites="jeudi soir")
    page = client.get(f"/agent/demandes/{reference}").text
    assert "jeudi soir" in page
    assert "différent" in page

    number = re.search(r'name="changement" value="(\d+)"', page)[1]
    answer = post(client, f"/agent/demandes/{reference}/changement", changement=number, decision="accepter")

    assert answer.status_code == 303
    with session_scope() as session:
        assert stored(session, reference).disponibilites == "jeudi soir"
    assert post(client, f"/agent/demandes/{reference}/changement", changement=number, decision="accepter").status_code == 409


def test_reopening_and_routing(client):
    """A responsable reopens, and sends the request to another territory."""
    reference = send().reference
    move(client, reference, "sans_suite", motif="injoignable")

    assert post(client, f"/agent/demandes/{reference}/reouverture", commentaire="a rappelé").status_code == 303
    assert post(client, f"/agent/demandes/{reference}/territoire", territoire="laon_hirson").status_code == 303
    assert post(client, f"/agent/demandes/{reference}/territoire", territoire="ailleurs").status_code == 422
    with session_scope() as session:
        request = stored(session, reference)
        assert (request.status, request.territoire) == ("nouvelle", "laon_hirson")


def test_the_page_shows_facts_reasons_and_sources(client):
    """In French, with the line of the document."""
    context = a_context(
        violence=True,
        facts={"separation": True, "date_separation": "2026-08-22", "enfants": [{"age": 4}, {"age": 7}], "age_demandeur": 17},
        reasons=[{"criterion": "separation", "status": "met", "source": "004:65", "fr": "Vous êtes séparés."}],
    )
    reference = send(context=context, canal="telephone").reference

    page = client.get(f"/agent/demandes/{reference}").text

    for words in ("22/08/2026", "4 ans, 7 ans", "004:65", "Vous êtes séparés.", "Demande prioritaire", "moins de 18 ans", PHONE):
        assert words in page, words


def test_the_list_filters_searches_and_sorts(client):
    """By status, offer, territory, overdue, reference and beginning of the name."""
    first = send().reference
    second = send("b", telephone="0639980002", nom="Modèle", context=a_context(offre=None, territoire="laon_hirson")).reference
    with session_scope() as session:
        stored(session, first).due_at = NOW - timedelta(days=400)

    def found(query):
        page = client.get(f"/agent/?{query}").text
        return [reference for reference in dict.fromkeys(re.findall(r"RDV-\w{4}-\w{4}", page)) if read_reference(reference)]

    assert set(found("")) == {first, second}
    assert found("offre=generale") == [second]
    assert found("offre=aisne/separation") == [first]
    assert found("territoire=laon_hirson") == [second]
    assert found("search=model") == [second]
    assert found(f"search={first.lower().replace('-', '+')}") == [first]
    assert found("search=inconnu") == []
    assert found("status=terminee") == []
    assert found("overdue=1")[0] == first
    assert found("sort=nom") == [first, second]
    assert found("page=999") == found("page=-1") == found("page=%C2%B2") == found("")


def test_the_list_has_pages(client, monkeypatch):
    """Links to the next and previous pages keep the filters."""
    monkeypatch.setattr(listing, "PAGE", 1)
    for number in range(3):
        send(f"c{number}", telephone=f"063998000{number}")

    page = client.get("/agent/?status=nouvelle&page=2").text

    assert "Page 2 sur 3" in page
    assert "status=nouvelle&amp;sort=-created_at&amp;page=3" in page


def test_counting_stops_somewhere(client, monkeypatch):
    """With very many requests the page says « more than », and the last page is the last one counted."""
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    for number in range(4):
        send(f"c{number}", telephone=f"063998000{number}")

    assert "Plus de 2 demandes" in client.get("/agent/").text


def test_the_csv_names_nobody_and_runs_nothing(client):
    """A row a request, without the person; a cell that starts like a formula is text."""
    send(context=a_context(territoire="=cmd()"))

    answer = client.get("/agent/export.csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))

    assert answer.headers["content-type"].startswith("text/csv")
    assert rows[0][0] == "reference"
    assert len(rows) == 2
    assert "'=cmd()" in rows[1]
    assert not re.search("Exemple|Camille|39980001", answer.text)


def test_a_request_is_created_at_the_desk_once(client):
    """The same form sent twice makes one request, with its agent and its origin."""
    first, second = (post(client, "/agent/nouvelle", **DESK) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    with session_scope() as session:
        request = session.query(ContactRequest).one()
        assert (request.source, request.audience, request.territoire, request.access) == ("accueil", "agent", "laon_hirson", "ouvert")
        assert request.created_by is not None


def test_the_desk_tells_when_the_person_has_a_request_already(client):
    """The agent is led to the first request, where the new details wait."""
    reference = send(context=a_context(audience="allocataire")).reference

    answer = post(client, "/agent/nouvelle", **DESK)

    assert answer.headers["location"] == f"/agent/demandes/{reference}?fait=meme_personne"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"consentement": ""}, "la personne est informée"),
        ({"telephone": "12"}, "numéro de téléphone à dix chiffres"),
        ({"telephone": ""}, "Il manque une information"),
        ({"caf": "isere"}, "Choisissez une Caf"),
        ({"territoire": "ailleurs"}, "Choisissez un territoire"),
        ({"offre": "isere/cap_projets"}, "Choisissez une offre"),
        ({"age": "14"}, "moins de 15 ans"),
        ({"age": "16"}, "moyen de contact"),
        ({"numero_allocataire": "2 84 12 02 451 089"}, "sécurité sociale"),
    ],
)
def test_a_wrong_desk_form_is_explained_and_stores_nothing(client, fields, sentence):
    """The error is at the top, and by its field; what was typed is still there."""
    answer = post(client, "/agent/nouvelle", **(DESK | fields))

    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    with session_scope() as session:
        assert session.query(ContactRequest).count() == 0


def test_figures_count_requests_and_answers(client):
    """By month, offer, territory, outcome, delay; each chart has its table."""
    reference = send().reference
    move(client, reference, "terminee")
    with session_scope() as session:
        for caf, helped in (("aisne", True), ("aisne", True), ("aisne", True), ("aisne", False), ("isere", True), (None, True)):
            counters.count_help(session, caf, helped, NOW)

    page = client.get("/agent/chiffres?annee=2026").text

    assert page.count("<svg") == page.count("<caption>") >= 5
    assert re.search(r'Aisne</th><td>11/2026</td><td class="nombre">3</td><td class="nombre">1</td>', page)
    assert "Isère" not in page
    assert re.search(r"11/2026</th><td class=\"nombre\">1<", page)
    assert re.search(r"Oui</th><td class=\"nombre\">4<", page)
    assert "Aucune donnée" in client.get("/agent/chiffres?annee=2024").text


def test_failed_mails_are_visible_and_tried_again(client):
    """What did not leave is listed, and a responsable sends it again."""
    reference = send().reference
    with session_scope() as session:
        session.query(OutboxEvent).update({"state": "sans_destinataire"})

    assert reference in client.get("/agent/envois").text
    post(client, "/agent/envois")

    with session_scope() as session:
        assert session.query(OutboxEvent).one().state == "a_envoyer"


def test_every_code_has_its_french():
    """No code of the life cycle, of a refusal or of a mail is shown raw."""
    from bot.requests import status as codes
    from bot.requests.details import CHANNELS
    from bot.workspace import accounts

    expected = {
        "statut": [item.value for item in codes.Status],
        "action": [item.value for item in codes.Status if item is not codes.Status.NEW],
        "motif": [*codes.DROP_REASONS, *codes.BOOKING_REASONS],
        "rdv_mode": codes.RDV_MODES,
        "canal": CHANNELS,
        "role": accounts.ROLES,
    }
    for kind, values in expected.items():
        assert set(values) == set(labels.choices(kind)), kind


def test_every_access_action_has_its_french(client):
    """What the audit page says of each access and refusal is in French."""
    reference = send().reference
    for path in ("/agent/", f"/agent/demandes/{reference}", "/agent/export.csv", "/agent/nouvelle", "/agent/chiffres", "/agent/envois"):
        client.get(path)
    post(client, f"/agent/demandes/{reference}/note", texte="note")
    client.post(f"/agent/demandes/{reference}/territoire", data={})

    with session_scope() as session:
        actions = {row.action for row in session.query(AccessAudit)}
        reasons = {row.detail for row in session.query(AccessAudit).filter_by(outcome="refuse")}
    assert len(actions) > 8
    assert actions <= set(labels.choices("acces_action"))
    assert reasons <= set(labels.choices("acces_motif"))

"""The outbox: each event told once, tried again when it fails, never to a real address outside production."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.database import session_scope
from bot.database.models import OutboxEvent
from bot.notifications import compose, mailbox, outbox, reminders, routing, webhook
from bot.requests import life_cycle
from bot.requests.status import Status
from tests.helpers import smtp
from tests.helpers.requests import NOW, PHONE, a_context, send, stored

ROOT = Path(__file__).resolve().parents[2]
PERSON_MAIL = {"email": "camille@exemple.fr", "accord_mail": "oui"}


@pytest.fixture(autouse=True)
def caf_mailbox(monkeypatch, sqlite_url):
    """The Caf's mailbox is set, so that no test depends on the catalogue's addresses."""
    monkeypatch.setenv("REPERE_MAILBOXES", "aisne=accueil@exemple.fr")
    monkeypatch.setattr(compose, "load_catalogue", lambda: type("Catalogue", (), {"cafs": {}}))


@pytest.fixture
def server(monkeypatch):
    """A real SMTP server, named by the settings."""
    with smtp.server() as (received, url):
        monkeypatch.setenv("REPERE_SMTP_URL", url)
        monkeypatch.setenv("REPERE_MAIL_TO", "essai@exemple.fr")
        yield received


def states():
    """State of each event."""
    with session_scope() as session:
        return [event.state for event in session.query(OutboxEvent).order_by(OutboxEvent.id)]


def book(reference, days=2, **options):
    """Fix an appointment."""
    with session_scope() as session:
        life_cycle.move(session, stored(session, reference), Status.BOOKED, "agent:1", NOW, rdv_at=NOW + timedelta(days=days), **options)


def test_a_request_is_told_to_the_caf_and_to_the_person(server):
    """One mail each, and running again sends nothing more."""
    reference = send(**PERSON_MAIL).reference

    assert outbox.run_once(NOW) == 2
    assert outbox.run_once(NOW + timedelta(days=1)) == 0

    subjects = {mail["Subject"] for mail in server.mails}
    assert subjects == {f"Nouvelle demande {reference}", f"Votre demande de rendez-vous {reference}"}
    assert states() == ["envoye", "envoye"]


def test_no_mail_names_the_person(server):
    """No name, no number, no offer and no story in any mail."""
    reference = send(numero_allocataire="1234567", **PERSON_MAIL).reference
    book(reference)
    outbox.run_once(NOW)

    text = "\n".join(mail.as_string() for mail in server.mails)
    assert len(server.mails) == 3
    assert not re.search(r"Exemple\b(?!\.fr)|Camille|camille|1234567|39980001|separation|Chauny", text.replace("essai@exemple.fr", ""))


def test_outside_production_no_mail_reaches_a_real_address(server, monkeypatch):
    """Every mail goes to REPERE_MAIL_TO; without it, to nobody."""
    send(**PERSON_MAIL)
    outbox.run_once(NOW)
    assert server.recipients == [["essai@exemple.fr"], ["essai@exemple.fr"]]

    monkeypatch.setenv("REPERE_MAIL_TO", "")
    assert compose.overridden("camille@exemple.fr") == "nobody@repere.invalid"
    monkeypatch.setenv("REPERE_ENV", "production")
    assert compose.overridden("camille@exemple.fr") == "camille@exemple.fr"


def test_an_appointment_comes_with_a_calendar_file(server):
    """The .ics gives the hour in Paris; a new date replaces the event in the person's agenda."""
    reference = send(**PERSON_MAIL).reference
    book(reference)
    book(reference, days=3, reason="demande_famille")
    outbox.run_once(NOW)

    events = []
    for mail in server.mails:
        for part in mail.iter_attachments():
            events += Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == ["2026-11-25T10:00:00+01:00", "2026-11-26T10:00:00+01:00"]
    assert events[0]["uid"] == events[1]["uid"]
    assert events[0]["sequence"] < events[1]["sequence"]


def calendar_parts(mails):
    """Each calendar file joined, as (method of the mail part, method of the file, its event), in the order of sending."""
    found = []
    for mail in mails:
        for part in mail.iter_attachments():
            calendar = Calendar.from_ical(part.get_content())
            found.append((part.get_param("method"), calendar["method"], calendar.walk("VEVENT")[0]))
    return found


@pytest.mark.parametrize(
    ("target", "reason", "subject"),
    [
        (Status.CANCELLED, None, "est annulée"),
        (Status.TAKEN, "absence_agent", "n'a plus lieu"),
        (Status.DROPPED, "injoignable", "n'a plus lieu"),
    ],
)
def test_an_appointment_that_is_off_leaves_the_agenda(server, target, reason, subject):
    """Cancelled, put back, or closed: the person is told, with METHOD:CANCEL for the same event and a higher sequence."""
    reference = send(**PERSON_MAIL).reference
    book(reference)
    outbox.run_once(NOW)
    with session_scope() as session:
        life_cycle.move(session, stored(session, reference), target, "agent:1", NOW + timedelta(hours=1), reason=reason)
    server.mails.clear()
    outbox.run_once(NOW + timedelta(hours=1))

    told = [mail for mail in server.mails if subject in mail["Subject"] and list(mail.iter_attachments())]
    ((part_method, method, event),) = calendar_parts(told)
    assert (part_method, method, event["status"]) == ("CANCEL", "CANCEL", "CANCELLED")
    assert event.decoded("dtstart").isoformat() == "2026-11-25T10:00:00+01:00"
    assert "mercredi 25 novembre 2026 à 10 h 00" in told[0].get_body().get_content()


def test_sequences_grow_and_the_event_stays_the_same(server):
    """Fixed, moved, called off: one event for the agenda, each file newer than the last."""
    reference = send(**PERSON_MAIL).reference
    book(reference)
    book(reference, days=3, reason="demande_famille")
    outbox.run_once(NOW)
    with session_scope() as session:
        life_cycle.move(session, stored(session, reference), Status.CANCELLED, "personne", NOW)
    outbox.run_once(NOW)

    parts = calendar_parts(server.mails)
    assert [method for _, method, _ in parts] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert len({event["uid"] for _, _, event in parts}) == 1
    assert [event["sequence"] for _, _, event in parts] == sorted({event["sequence"] for _, _, event in parts})


def test_a_meeting_held_is_not_called_off(server):
    """Closing a request after its appointment sends nothing to the person, nor a cancellation of a request never booked any file."""
    held = send(**PERSON_MAIL).reference
    book(held)
    other = send("b", telephone="0639980002", email="autre@exemple.fr", accord_mail="oui").reference
    outbox.run_once(NOW)
    server.mails.clear()
    with session_scope() as session:
        life_cycle.move(session, stored(session, held), Status.DONE, "agent:1", NOW + timedelta(days=3))
        life_cycle.move(session, stored(session, other), Status.CANCELLED, "personne", NOW)
    outbox.run_once(NOW + timedelta(days=3))

    assert calendar_parts(server.mails) == []
    assert {mail["Subject"] for mail in server.mails} == {f"Demande {other} annulée", f"Votre demande {other} est annulée"}


def test_an_appointment_not_told_yet_is_not_told_once_it_is_off(server):
    """The mail still waiting is withdrawn: nobody is told of an appointment after its end."""
    reference = send(**PERSON_MAIL).reference
    outbox.run_once(NOW)
    server.mails.clear()
    book(reference)
    with session_scope() as session:
        life_cycle.move(session, stored(session, reference), Status.TAKEN, "agent:1", NOW, reason="erreur")
    outbox.run_once(NOW)

    assert [mail["Subject"] for mail in server.mails if "est fixé au" in mail.get_body().get_content()] == []
    assert "annule" in states()


def test_violence_is_neutral(server):
    """With a mail as the safe channel, the person gets one neutral mail, and nothing about the appointment."""
    reference = send(context=a_context(violence=True), canal="email", **PERSON_MAIL).reference
    book(reference)
    outbox.run_once(NOW)

    mails = [mail for mail in server.mails if "Nouvelle demande" not in mail["Subject"]]
    assert [mail["Subject"] for mail in mails] == ["Message reçu"]
    assert not re.search(r"Caf\b|rendez-vous|social|violence", mails[0].get_content())


def test_a_partner_is_told_that_an_appointment_exists_never_more(server):
    """Without the date, and only if they asked to know."""
    reference = send(context=a_context(audience="partenaire"), accord_famille="oui", partenaire_suivi="oui").reference
    book(reference)
    outbox.run_once(NOW)

    told = next(mail for mail in server.mails if "un rendez-vous existe" in mail["Subject"])
    assert not re.search(r"novembre|10 h|\d{2}/\d{2}", told.get_content())


def test_a_failing_server_is_tried_again_with_growing_waits(server):
    """A temporary refusal is tried after 1, then 2, then 4 minutes; the reason kept holds no address."""
    server.refuse = "451 later"
    send()
    waits, now = [], NOW
    for _ in range(3):
        outbox.run_once(now)
        with session_scope() as session:
            event = session.query(OutboxEvent).one()
            waits.append(event.next_at - now)
            assert (event.state, "@" in event.error) == ("a_envoyer", False)
            now = event.next_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]

    server.refuse = ""
    outbox.run_once(now)
    assert states() == ["envoye"]


def test_a_final_refusal_is_visible(server):
    """An address refused for good is not tried for ever: the event stays as a failure that agents see."""
    server.refuse = "550 no such user"
    send()
    outbox.run_once(NOW)

    assert states() == ["echec"]


def test_a_server_that_is_down_loses_nothing(monkeypatch):
    """Nobody listens: the event waits."""
    monkeypatch.setenv("REPERE_SMTP_URL", "smtp://127.0.0.1:9")
    send()
    outbox.run_once(NOW)

    assert states() == ["a_envoyer"]


def test_a_request_without_mailbox_is_visible(monkeypatch):
    """Unknown routing is a state of its own, never lost."""
    monkeypatch.setattr(routing, "load_catalogue", lambda: type("Catalogue", (), {"cafs": {}}))
    send(context=a_context(caf="isere", offre="isere/cap_projets"))
    outbox.run_once(NOW)

    assert states() == ["sans_destinataire"]


def test_mails_are_files_by_default():
    """Without a server, each mail is one .eml file, sent to nobody outside production."""
    send(**PERSON_MAIL)
    outbox.run_once(NOW)

    files = sorted(mailbox.folder().glob("*"))
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert all(b"To: nobody@repere.invalid" in file.read_bytes() for file in files)


@pytest.mark.parametrize("point", ["outbox:claimed", "outbox:sent", "outbox:noted"])
def test_killed_at_any_step_then_run_again(server, point):
    """Kill -9 in the middle of sending: when things come back each event has been told, under one Message-ID each."""
    send(**PERSON_MAIL)
    code = (
        "import os, signal, sys\nfrom bot import faults\nfrom bot.notifications import compose, outbox\n"
        "from tests.helpers.requests import NOW\n"
        "compose.load_catalogue = lambda: type('Catalogue', (), {'cafs': {}})\n"
        "faults.install(lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == sys.argv[1] else None)\n"
        "outbox.run_once(NOW)\n"
    )
    child = subprocess.run([sys.executable, "-c", code, point], cwd=ROOT, env=os.environ, check=False)
    assert child.returncode == -signal.SIGKILL

    outbox.run_once(NOW + timedelta(minutes=3))

    assert states() == ["envoye", "envoye"]
    assert len({mail["Message-ID"] for mail in server.mails}) == 2
    assert len(server.mails) - 2 == (1 if point == "outbox:sent" else 0)


def test_two_processes_never_take_the_same_event():
    """What one has taken, the other does not see, until it is dead."""
    send(**PERSON_MAIL)

    assert len(outbox.claim(NOW)) == 2
    assert outbox.claim(NOW) == []
    assert len(outbox.claim(NOW + timedelta(minutes=3))) == 2


def test_reminders_before_and_after_the_due_date():
    """One reminder the day before, one when late, and no more."""
    send()
    queued = []
    for day in (1, 7, 8, 9, 10):
        with session_scope() as session:
            queued.append(reminders.remind(session, NOW + timedelta(days=day)))
    with session_scope() as session:
        kinds = [event.kind for event in session.query(OutboxEvent).order_by(OutboxEvent.id)]

    assert queued == [0, 1, 1, 0, 0]
    assert kinds == ["demande_recue", "rappel", "retard"]


def test_the_webhook_is_signed_and_names_nobody(monkeypatch):
    """Another tool is told which request moved; it can check who says so."""
    monkeypatch.setenv("REPERE_WEBHOOK_URL", "http://127.0.0.1:9/hook")
    monkeypatch.setenv("REPERE_WEBHOOK_SECRET", "secret")
    reference = send().reference
    with session_scope() as session:
        event = session.query(OutboxEvent).filter_by(recipient="webhook").one()
        body = webhook.body_of(event, stored(session, reference))

    assert reference.encode() in body
    assert PHONE.encode() not in body
    assert webhook.signature(body) == "sha256=" + __import__("hmac").new(b"secret", body, "sha256").hexdigest()


def test_every_template_renders():
    """Each template has a subject, and uses only what mails may show."""
    variables = dict.fromkeys(("reference", "caf", "lien_agent", "lien_public", "echeance", "rdv", "rdv_mode", "jour"), "x")
    names = sorted(path.name for path in compose.TEMPLATES.glob("*.txt"))

    assert len(names) > 10
    for name in names:
        subject, body = compose.render(name, variables)
        assert subject
        assert "Objet" not in subject
        assert len(body) > 40

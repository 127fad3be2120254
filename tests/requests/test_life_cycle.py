"""The life of a request: moves, reasons, due dates, reopening, history."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy.orm.exc import StaleDataError

from bot.clock import PARIS
from bot.database import session_scope
from bot.database.models import OutboxEvent
from bot.errors import TransitionError
from bot.requests import life_cycle
from bot.requests.delays import add_working_days, first_contact_due, is_working_day
from bot.requests.status import CLOSED, MOVES, OPEN, Status
from tests.helpers.requests import NOW, a_context, send, stored

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def reference(sqlite_url):
    """A request that has just arrived."""
    return send(email="camille@exemple.fr", accord_mail="oui").reference


def move(reference, *targets, **options):
    """Move a request through some statuses, each with all that it needs."""
    with session_scope() as session:
        request = stored(session, reference)
        for target in targets:
            given = {"rdv_at": TOMORROW} if target is Status.BOOKED else {}
            given |= {"reason": "autre"} if target is Status.DROPPED or request.status == "rdv_fixe" else {}
            life_cycle.move(session, request, target, "agent:1", NOW, **(given | options))


def status(reference):
    """Status of a request."""
    with session_scope() as session:
        return Status(stored(session, reference).status)


def path_to(start: Status) -> tuple[Status, ...]:
    """Moves from a new request to `start`."""
    return () if start is Status.NEW else (start,)


@pytest.mark.parametrize("start", list(Status))
@pytest.mark.parametrize("target", list(Status))
def test_only_the_moves_of_the_life_cycle_are_allowed(reference, start, target):
    """Every pair of statuses: allowed and done, or refused and nothing changes."""
    move(reference, *path_to(start))

    if target in MOVES.get(start, ()):
        move(reference, target)
        assert status(reference) is target
    else:
        with pytest.raises(TransitionError) as refusal:
            move(reference, target)
        assert refusal.value.code == "transition_interdite"
        assert status(reference) is start


def test_closing_without_a_meeting_needs_a_reason(reference):
    """« sans_suite » says why, among known reasons."""
    with pytest.raises(TransitionError) as refusal:
        move(reference, Status.DROPPED, reason="parce que")

    assert refusal.value.code == "motif_requis"


@pytest.mark.parametrize("target", [Status.BOOKED, Status.TAKEN])
def test_moving_an_appointment_needs_a_reason(reference, target):
    """An appointment that moves or falls through keeps its reason."""
    move(reference, Status.BOOKED)

    with pytest.raises(TransitionError):
        move(reference, target, reason=None)
    move(reference, target, reason="absence_famille")

    with session_scope() as session:
        assert life_cycle.history_of(session, stored(session, reference))[-1].reason == "absence_famille"


def test_an_appointment_is_to_come(reference):
    """A date gone by is refused."""
    with pytest.raises(TransitionError) as refusal:
        move(reference, Status.BOOKED, rdv_at=NOW - timedelta(hours=1))

    assert refusal.value.code == "rdv_requis"


def test_a_responsable_reopens_within_thirty_days(reference):
    """An agent may not; a responsable may, for thirty days, saying why."""
    move(reference, Status.TAKEN, Status.DONE)
    with session_scope() as session:
        request = stored(session, reference)
        for role, day, code in (("agent", 1, "role_insuffisant"), ("responsable", 31, "reouverture_trop_tard")):
            with pytest.raises(TransitionError) as refusal:
                life_cycle.reopen(session, request, "agent:1", NOW + timedelta(days=day), role=role, comment="erreur")
            assert refusal.value.code == code
        life_cycle.reopen(session, request, "agent:1", NOW + timedelta(days=30), role="responsable", comment="erreur")

    assert status(reference) is Status.TAKEN


def test_reopening_is_refused_when_the_person_has_asked_again(reference):
    """One open request a person, offer and Caf, also when an old one comes back."""
    move(reference, Status.DONE)
    send("conversation-2")

    with session_scope() as session, pytest.raises(TransitionError) as refusal:
        life_cycle.reopen(session, stored(session, reference), "agent:1", NOW, role="responsable", comment="erreur")

    assert refusal.value.code == "autre_demande_ouverte"


def test_two_agents_on_the_same_request(reference):
    """The second to save is refused, and the first's work stays."""
    with session_scope() as first:
        request = stored(first, reference)
        first.execute(request.__table__.update().values(version=request.version + 1))
        request.territoire = "laon_hirson"
        with pytest.raises(StaleDataError):
            first.flush()
        first.rollback()


def test_history_says_who_when_why(reference):
    """Each move is one line."""
    move(reference, Status.TAKEN, Status.BOOKED, Status.DROPPED)

    with session_scope() as session:
        lines = life_cycle.history_of(session, stored(session, reference))
        assert [(line.event, line.from_status, line.to_status, line.actor) for line in lines] == [
            ("creation", None, "nouvelle", "personne"),
            ("prise_en_charge", "nouvelle", "prise_en_charge", "agent:1"),
            ("rdv_fixe", "prise_en_charge", "rdv_fixe", "agent:1"),
            ("sans_suite", "rdv_fixe", "sans_suite", "agent:1"),
        ]
        assert all(line.at == NOW for line in lines)


def test_working_days_leave_out_french_holidays():
    """Friday 24 April 2026 plus five working days: 1 May is a holiday, so Monday 4 May."""
    assert add_working_days(date(2026, 4, 24), 5) == date(2026, 5, 4)
    assert not is_working_day(date(2026, 5, 1))
    assert not is_working_day(date(2026, 5, 14))  # Ascension


def test_first_contact_is_due_in_working_days():
    """Sunday evening in UTC is Monday in Paris: the delay counts from the Paris day, to its end."""
    created = datetime(2026, 11, 22, 23, 30, tzinfo=timezone.utc)

    assert first_contact_due(created, violence=False) == datetime(2026, 11, 30, 23, 59, 59, tzinfo=PARIS)


def test_violence_is_due_in_72_hours():
    """Calendar hours, week-end included, also across the change of hour."""
    created = datetime(2026, 10, 23, 12, 0, tzinfo=timezone.utc)

    assert first_contact_due(created, violence=True) - created == timedelta(hours=72)


def test_overdue_is_about_open_requests(reference):
    """A request is overdue once its due date is past, until it is closed."""
    with session_scope() as session:
        request = stored(session, reference)
        assert not life_cycle.is_overdue(request, NOW + timedelta(days=5))
        assert life_cycle.is_overdue(request, NOW + timedelta(days=9))
    move(reference, Status.CANCELLED)
    with session_scope() as session:
        assert not life_cycle.is_overdue(stored(session, reference), NOW + timedelta(days=900))


def test_closing_takes_back_the_appointment_s_unsent_mail(reference):
    """A mail about an appointment that no longer stands is not sent."""
    move(reference, Status.BOOKED, Status.CANCELLED)

    with session_scope() as session:
        states = {(event.kind, event.recipient): event.state for event in session.query(OutboxEvent)}
        assert states[("rdv_fixe", "personne")] == "annule"
        assert states[("demande_annulee", "personne")] == "a_envoyer"


def test_no_mail_to_a_person_in_danger_unless_it_is_the_safe_channel(sqlite_url):
    """Violence: the agreement to mails is not enough, the mail must be the channel named as safe."""
    send("a", context=a_context(violence=True), email="a@exemple.fr", accord_mail="oui", canal="telephone")
    send("b", context=a_context(violence=True), email="b@exemple.fr", telephone="", canal="email")

    with session_scope() as session:
        told = [(event.request_id, event.recipient) for event in session.query(OutboxEvent).order_by(OutboxEvent.id)]
        assert told == [(1, "caf"), (2, "caf"), (2, "personne")]


def test_statuses_are_all_open_or_closed():
    """No status is left out of the life cycle."""
    assert set(Status) == OPEN | CLOSED
    assert set(MOVES) == OPEN

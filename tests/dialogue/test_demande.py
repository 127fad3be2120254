"""The request: nothing without a clear yes, nothing sent without « envoyer », and a way out at each step."""

from __future__ import annotations

import pytest

from bot.database import read_scope, session_scope
from bot.database.models import Agent, ContactRequest, Transition
from bot.database.models.conversations import Conversation
from bot.requests import drafts
from tests.helpers.dialogue import CHOSEN, DETAILS, Talk
from tests.helpers.workspace import make_agent


def _requests() -> list[ContactRequest]:
    with read_scope() as session:
        return list(session.query(ContactRequest))


def _draft(talk: Talk) -> dict[str, str]:
    with read_scope() as session:
        return drafts.read(session, talk.context.conversation_id)


def test_sent_is_stored_with_its_case(talk: Talk) -> None:
    """The reference is said once the request is stored, with its offer and territory, and the draft is gone."""
    talk.to_sent()
    (stored,) = _requests()
    assert talk.request == {"reference": stored.reference, "status": "nouvelle"}
    assert stored.reference in talk.text
    assert (stored.caf, stored.offre, stored.territoire) == ("aisne", "aisne/separation", "saint_quentin_chauny")
    assert _draft(talk) == {}


@pytest.mark.parametrize(
    ("words", "act", "confidence"), [("blorp", None, 0.9), ("ouioui zz", "affirmer", 0.3), ("peut-être", "information", 0.9)]
)
def test_unclear_words_never_consent(talk: Talk, words: str, act: str | None, confidence: float) -> None:
    """Anything but a clear yes asks again once, then leaves with nothing kept."""
    talk.to_result().choose("oui").say(words, act, confidence)
    assert talk.ask == "consentement"
    assert _draft(talk) == {}
    talk.say(words, act, confidence)
    assert talk.ask is None
    assert _draft(talk) == {}


@pytest.mark.parametrize(("words", "act", "confidence"), [("blorp", None, 0.9), ("hmm", "information", 0.9), ("azer", "affirmer", 0.4)])
def test_unclear_words_never_send(talk: Talk, words: str, act: str | None, confidence: float) -> None:
    """At the summary, gibberish asks again once, then leaves with nothing sent nor kept."""
    talk.to_detail("confirmation").say(words, act, confidence)
    assert talk.ask == "confirmation"
    talk.say(words, act, confidence)
    assert talk.ask is None
    assert _requests() == []
    assert _draft(talk) == {}


def test_a_refused_consent_keeps_nothing(talk: Talk) -> None:
    """No: the other doors, and no draft."""
    talk.to_result().choose("oui").choose("non")
    assert "utter_sans_accord" in talk.responses
    assert "3230" in talk.text
    assert _draft(talk) == {}


def test_each_line_can_be_changed(talk: Talk) -> None:
    """« Modifier » shows the lines; the new value is in the summary, the others stay."""
    talk.to_detail("confirmation").choose("modifier")
    assert {"nom", "prenom", "telephone", "disponibilites", "numero_allocataire"} <= set(talk.choices)
    talk.choose("telephone").say("06 39 98 00 77")
    assert talk.ask == "confirmation"
    assert "06 39 98 00 77" in talk.text
    assert DETAILS["prenom"] in talk.text


def test_back_walks_through_the_details(talk: Talk) -> None:
    """« Retour » asks the previous detail again, down to the agreement."""
    talk.to_detail("canal").say("retour", "retour")
    assert talk.ask == "prenom"
    talk.say("retour", "retour").say("retour", "retour")
    assert talk.ask == "consentement"


def test_a_mail_needs_no_phone_nor_moment(talk: Talk) -> None:
    """Who prefers mail is asked for a mail, not for a phone nor for a time to call."""
    talk.to_detail("confirmation", canal="email")
    assert "camille@exemple.fr" in talk.text
    assert {"telephone", "disponibilites"}.isdisjoint(talk.dossier.donnees)


def test_a_malformed_detail_twice_leaves(talk: Talk) -> None:
    """A phone that cannot be read is asked twice, never a third time; nothing is kept."""
    talk.to_detail("telephone").say("06 12")
    assert talk.ask == "telephone"
    talk.say("douze")
    assert talk.ask is None
    assert "utter_demande_abandonnee" in talk.responses
    assert _draft(talk) == {}


def test_an_optional_detail_can_be_passed(talk: Talk) -> None:
    """No allocataire number is no obstacle, and two unreadable ones pass the question."""
    talk.to_detail("numero_allocataire").say("je l'ai pas", "nier")
    assert talk.ask == "confirmation"


def test_under_fifteen_nobody_is_registered(talk: Talk) -> None:
    """Before 15, no detail is asked: people who can help are named."""
    talk.to_result()
    talk.dossier.facts["age_demandeur"] = 14
    talk.choose("oui")
    assert "utter_moins_de_15_ans" in talk.responses
    assert "119" in talk.text
    assert talk.ask is None


def test_a_partner_must_have_the_family_s_agreement(partner: Talk) -> None:
    """Without the family's agreement nothing is sent."""
    partner.to_result().choose("oui")
    assert partner.ask == "accord_famille"
    partner.choose("non")
    assert "utter_sans_accord_famille" in partner.responses
    assert _requests() == []


def test_a_partner_s_request_names_who_refers(partner: Talk) -> None:
    """The request keeps who refers, and the family's agreement."""
    partner.to_sent()
    (stored,) = _requests()
    assert stored.audience == "partenaire"
    assert partner.request is not None


def test_a_wish_of_a_call_needs_no_story(talk: Talk) -> None:
    """Someone who only wants a call is asked once what happens, then the place, then the details: a general request."""
    talk.say("je veux un rendez-vous", "rendez_vous")
    assert talk.ask == "situation"
    talk.say("je veux juste un rendez-vous", "rendez_vous")
    assert talk.ask == "commune"
    talk.say("Laon", mentions={"commune": "Laon"})
    assert talk.ask == "consentement"
    assert talk.dossier.offre is None


def test_a_wish_of_a_call_during_the_questions_is_served(talk: Talk) -> None:
    """« Je veux un rendez-vous » in the middle of the questions goes to the request, for the offer of the situation."""
    talk.say("séparée à Chauny", "situation", situations=["separation"], mentions={"commune": "Chauny"}, heard={"separation": True})
    talk.say("je veux un rendez-vous", "rendez_vous")
    assert talk.ask == "consentement"
    assert talk.dossier.offre == "aisne/separation"


def test_a_departement_is_no_commune(talk: Talk) -> None:
    """When only the département is known, the request has no commune rather than a wrong one."""
    heard = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}
    talk.say("séparation, dans l'Aisne", "situation", situations=["separation"], mentions={"departement": "02"}, heard=heard).choose("oui")
    while talk.ask != "confirmation":
        ask = talk.ask or ""
        talk.choose(DETAILS[ask]) if ask in CHOSEN else talk.say(DETAILS[ask])
    talk.choose("envoyer")
    (stored,) = _requests()
    assert (stored.caf, stored.commune) == ("aisne", None)


def test_a_request_of_a_signed_in_agent_is_signed(talk: Talk) -> None:
    """The history names the agent who spoke in the conversation."""
    make_agent()
    with session_scope() as session:
        agent_id = session.query(Agent.id).scalar()
        said = {"token_hash": "x", "audience": "agent", "choices": [], "created_at": talk.context.now, "last_message_at": talk.context.now}
        session.add(Conversation(id=talk.context.conversation_id, agent_id=agent_id, **said))
    talk.to_sent()
    assert _requests()[0].created_by == agent_id
    with read_scope() as session:
        assert session.query(Transition.actor).filter_by(event="creation").scalar() == f"agent:{agent_id}"

"""« Cela vous a-t-il aidé ? »: once, at the end, counted with nobody in it."""

from __future__ import annotations

from sqlalchemy import select

from bot.database import session_scope
from bot.database.models import Counter
from tests.helpers.dialogue import CHAUNY, Talk


def counted() -> dict[str, int]:
    """The counts of help, by name."""
    with session_scope() as session:
        rows = session.execute(select(Counter).where(Counter.name.like("aide_utile%"))).scalars()
        return {row.name: row.count for row in rows}


def test_it_is_asked_once_at_the_end_and_counted(talk: Talk) -> None:
    """After « plus tard »: asked; « oui » is counted for the Caf; never asked again."""
    talk.to_result().choose("plus_tard")
    assert talk.responses[-1] == "utter_avis"
    assert [choice["id"] for choice in talk.says[-1].choices] == ["oui", "non"]
    talk.say("oui", "affirmer")
    assert talk.responses == ["utter_avis_oui"]
    assert counted() == {"aide_utile_oui": 1}
    talk.say("merci", "remerciement")
    assert "utter_avis" not in talk.responses


def test_a_no_leaves_another_door(talk: Talk) -> None:
    """« Non » is counted too, and says what can still be done."""
    talk.to_sent().say("non", "nier")
    assert "3230" in talk.text
    assert counted() == {"aide_utile_non": 1}


def test_another_message_is_not_an_opinion(talk: Talk) -> None:
    """Somebody who goes on with something else is answered, and not asked again."""
    talk.to_result().choose("plus_tard").say(
        "j'ai aussi un loyer en retard", "situation", situations=["impaye_loyer"], heard={"impaye_loyer": True}
    )
    assert talk.ask in talk.context.catalogue.questions
    assert counted() == {}


def test_nobody_is_asked_in_mourning_or_danger(talk: Talk) -> None:
    """Neither after a death nor after words of danger."""
    talk.say("mon fils est mort", "situation", situations=["deces_enfant"], mentions=CHAUNY)
    talk.choose("plus_tard")
    assert "utter_avis" not in talk.responses
    afraid = Talk()
    afraid.say("il me frappe", "danger").choose("autre_chose")
    assert "utter_avis" not in afraid.responses


def test_the_middle_of_a_journey_is_not_its_end(talk: Talk) -> None:
    """No opinion is asked while a question waits."""
    talk.to_result()
    assert "utter_avis" not in talk.responses

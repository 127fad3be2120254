"""How far a journey is, told with the question."""

from tests.helpers.dialogue import CHAUNY, Talk


def test_each_question_tells_its_place(talk: Talk) -> None:
    """The questions of a journey are numbered, and never more than announced at first."""
    talk.say("séparée, Chauny", "situation", situations=["separation"], mentions=CHAUNY)
    assert talk.texts[-1].startswith("Question 1 sur "), talk.texts[-1]
    total = int(talk.texts[-1].split()[3])
    asked = 0
    while talk.ask != "veut_rendez_vous":
        asked += 1
        assert talk.texts[-1].startswith(f"Question {asked} sur ") or asked == total
        talk.choose("ne_sait_pas")
    assert asked <= total


def test_a_single_question_has_no_number(talk: Talk) -> None:
    """When one answer is enough, no count is said."""
    talk.to_result()
    assert "Question" not in talk.text


def test_the_request_counts_its_details(talk: Talk) -> None:
    """From the agreement on, each detail says its place; a question put again, or a line being changed, does not."""
    talk.to_detail("nom")
    assert talk.texts[-1].startswith("Question 2 sur 7")
    talk.say("Exemple")
    assert talk.texts[-1].startswith("Question 3 sur 7")
    talk.say("retour", "retour")
    assert talk.texts[-1].startswith("Question 2 sur 7")


def test_a_line_being_changed_is_not_counted(talk: Talk) -> None:
    """« Modifier » is no step of the journey."""
    talk.to_detail("confirmation").choose("modifier").choose("nom")
    assert "Question" not in talk.text


def test_danger_is_not_counted(talk: Talk) -> None:
    """Nothing is numbered for someone in danger."""
    talk.say("il me frappe", "danger", situations=["violences"], mentions=CHAUNY)
    assert "Question" not in talk.text


def test_going_back_goes_back_in_the_count(talk: Talk) -> None:
    """« Retour » puts the question before with its own number."""
    talk.say("séparée, Chauny", "situation", situations=["separation"], mentions=CHAUNY)
    talk.choose("ne_sait_pas").say("retour", "retour")
    assert talk.texts[-1].startswith("Question 1 sur ")

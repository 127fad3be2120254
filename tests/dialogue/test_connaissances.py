"""Questions on social work: the topic when it is sure, a choice between near ones, what can be explained otherwise; each sourced."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot import settings
from bot.catalog import load_catalogue
from bot.dialogue.connaissances import CHOICE, SURE, TOPIC
from bot.nlu.examples import read_files
from tests.helpers.dialogue import CHAUNY, Talk, responses

TOPICS = {name.removeprefix(TOPIC): variations for name, variations in responses().items() if name.startswith(TOPIC)}
VARIATIONS = [(topic, variation) for topic, variations in TOPICS.items() for variation in variations]
OLD = {"001": "2009", "002": "2018", "003": "2018"}  # documents whose age must be told, and the year to say
MOST_SENTENCES = 5
LEAST_EXAMPLES = 25


def _ask(talk: Talk, *topics: tuple[str, float]) -> Talk:
    return talk.say("une question sur le service", "info_service", topics=topics)


def test_a_sure_topic_is_answered_with_its_source(talk: Talk) -> None:
    """The response of the topic, the document it rests on, then the pending question."""
    _ask(talk, ("gratuit", 0.9), ("limites", 0.05))
    assert talk.responses == ["utter_info_service/gratuit"]
    assert "Caf de l'Aisne, 2024" in talk.text
    assert talk.ask == "situation"


def test_the_person_s_own_caf_words_the_answer(talk: Talk) -> None:
    """In the Aisne, what happens after a request is told from the document of the Aisne."""
    talk.say("je me sépare à Chauny", "situation", situations=["separation"], mentions=CHAUNY)
    _ask(talk, ("apres_demande", 0.9))
    assert "appelle pour fixer" in talk.text
    assert "Seine-Saint-Denis" not in talk.texts[0]


def test_an_agent_reads_the_lines() -> None:
    """An agent may check: the lines of the documents are shown."""
    assert "(000:379" in _ask(Talk("agent"), ("information_conseil", 0.9)).text


def test_near_topics_are_offered_beside_the_question(talk: Talk) -> None:
    """Two near topics: their buttons join those of the pending question, and the one pressed is answered before it comes back."""
    talk.to_result()
    before = talk.choices
    _ask(talk, ("accompagnement", SURE - 0.1), ("information_conseil", 0.3), ("lieu", 0.01))
    assert talk.responses == ["utter_quel_sujet"]
    assert talk.choices == [*before, f"{CHOICE}accompagnement", f"{CHOICE}information_conseil"]
    talk.choose(f"{CHOICE}information_conseil")
    assert talk.responses == ["utter_info_service/information_conseil"]
    assert (talk.ask, talk.choices) == ("veut_rendez_vous", before)


def test_near_topics_are_forgotten_when_something_else_is_said(talk: Talk) -> None:
    """The buttons of topics are shown once: an answer to the question is taken as such."""
    talk.to_result()
    _ask(talk, ("accompagnement", 0.4), ("information_conseil", 0.3)).say("oui", "affirmer")
    assert talk.ask == "consentement"
    assert not any(choice.startswith(CHOICE) for choice in talk.choices)


def test_near_topics_are_offered_alone_when_nothing_is_asked(talk: Talk) -> None:
    """With no question pending the buttons go with the message itself."""
    talk.say("stop", "arreter")
    _ask(talk, ("secret", 0.4), ("controle", 0.4))
    assert talk.ask is None
    assert [choice["id"] for choice in talk.says[-1].choices] == [f"{CHOICE}secret", f"{CHOICE}controle"]


def test_a_question_on_the_service_is_not_one_on_the_term(talk: Talk) -> None:
    """« C'est quoi la différence avec l'assistante de secteur ? » while the RSA is asked: the service is explained, not the RSA."""
    talk.say("je me sépare à Chauny", "situation", situations=["separation"], mentions=CHAUNY, heard={"nb_enfants_a_charge": 2})
    assert talk.ask == "beneficiaire_rsa"
    words = "c'est quoi la différence avec l'assistante de secteur"
    assert talk.say(words, "info_service", topics=(("departement", 0.9),)).responses == ["utter_info_service/departement"]
    assert talk.ask == "beneficiaire_rsa"


@pytest.mark.parametrize("topics", [(), (("inconnu_ici", 0.9),), (("gratuit", 0.02),)])
def test_without_a_topic_what_can_be_explained_is_said(talk: Talk, topics: tuple[tuple[str, float], ...]) -> None:
    """No topic near enough, or one that domain.yml does not know: the list of subjects, never a wrong answer."""
    assert _ask(talk, *topics).responses == ["utter_connaissances"]
    assert talk.ask == "situation"


def test_every_topic_has_examples_and_a_response() -> None:
    """A topic learnt has its response, a response its examples, enough and each once."""
    told: dict[str, list[str]] = {}
    for example in read_files(settings.ROOT / "data" / "nlu"):
        if example.act == "info_service" and example.topic:
            told.setdefault(example.topic, []).append(example.text)
    assert set(told) == set(TOPICS)
    assert min(len(set(texts)) for texts in told.values()) >= LEAST_EXAMPLES


def test_a_plain_intent_and_its_topics_do_not_mix() -> None:
    """Every example of info_service names its topic."""
    blocks: list[dict[str, Any]] = []
    for path in (settings.ROOT / "data" / "nlu").glob("*.yml"):
        blocks += yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    assert "info_service" not in {block.get("intent") for block in blocks}


@pytest.mark.parametrize(("topic", "variation"), VARIATIONS)
def test_a_topic_is_sourced(topic: str, variation: dict[str, Any]) -> None:
    """Lines that exist, shown to the reader; a topic that no document tells says so."""
    documents, sources = load_catalogue().documents, variation["metadata"]["sources"]
    for source in sources:
        short, line = source.split(":")
        assert 1 <= int(line) <= documents[short].lines
    assert ("{source}" in variation["text"]) == bool(sources)
    assert sources or "nos documents ne parlent pas" in variation["text"].lower()


@pytest.mark.parametrize(("topic", "variation"), VARIATIONS)
def test_an_old_document_tells_its_age(topic: str, variation: dict[str, Any]) -> None:
    """What rests on old documents alone says their year; the survey of 2009 is always said as such."""
    shorts = {source[:3] for source in variation["metadata"]["sources"]}
    said = [year for short, year in OLD.items() if short in shorts and year in variation["text"]]
    assert said or not shorts or not shorts <= set(OLD) or topic in {"gratuit"}
    assert "001" not in shorts or "2009" in variation["text"] or topic == "pour_qui"


@pytest.mark.parametrize(("topic", "variation"), VARIATIONS)
def test_a_topic_is_short(topic: str, variation: dict[str, Any]) -> None:
    """A few short sentences, and no mailbox: those are the partners'."""
    text = variation["text"].replace("({source})", "")
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]
    assert len(sentences) <= MOST_SENTENCES
    assert "@" not in text


def test_titles_of_topics_differ() -> None:
    """Two buttons never read the same."""
    titles = [variations[0]["metadata"]["titre"] for variations in TOPICS.values()]
    assert len(titles) == len(set(titles))
    assert all(
        len(variations) == 1 or {v["metadata"]["titre"] for v in variations} == {t}
        for variations, t in zip(TOPICS.values(), titles, strict=True)
    )

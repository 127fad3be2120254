"""Properties of the engine that hold for any family."""

from __future__ import annotations

from itertools import islice, product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.catalog import load_catalogue
from bot.eligibility import evaluate, evaluate_with_question, next_question, read_facts
from bot.eligibility.asking import question_book
from bot.eligibility.witness import candidates
from bot.errors import FactError
from tests.eligibility.plain import plain_verdict
from tests.eligibility.strategies import TODAY, facts_read, some_facts, value_of

CATALOGUE = load_catalogue()
CAFS = sorted(CATALOGUE.cafs)
ROLES = ("allocataire", "partenaire", "agent")
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
)


def verdicts(caf: str, role: str, facts: dict[str, Any]) -> dict[str, str]:
    """Verdicts of every offer; the example is dropped when the facts contradict each other."""
    try:
        return {name: result.verdict for name, result in evaluate(CATALOGUE, caf, role, facts, TODAY).offers.items()}
    except FactError:
        assume(False)
        raise


def may_change(offer: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """The exceptions that the rules name: the référent of a victim, a presumption denied, ages against a bare number in Isère."""
    added = set(after) - set(before)
    if offer == "aisne/violences_accompagnement":
        return "referent_unique_rsa" in added
    if offer == "aisne/deces_enfant":
        return "enfant_decede_charge_effective" in added
    if offer.startswith("isere/"):
        return "enfants" in added and "nb_enfants_a_charge" in before
    return offer == "seine_saint_denis/collectif_rester_parent" and _ambiguous_parent(after)


def _ambiguous_parent(facts: dict[str, Any]) -> bool:
    """« parent » false said of a third person or of a bereaved parent is kept beside a child."""
    return facts.get("parent") is False and any(
        facts.get(name) is True for name in ("tiers_recueillant", "deces_enfant", "enfant_ne_sans_vie")
    )


@pytest.mark.parametrize("caf", CAFS)
@MANY
@given(data=st.data())
def test_a_settled_verdict_never_changes_when_facts_are_added(caf: str, data: st.DataObject) -> None:
    """What is decided stays decided, but for the exceptions that the rules name."""
    after = data.draw(some_facts(CATALOGUE, caf))
    kept = data.draw(st.sets(st.sampled_from(sorted(after)))) if after else set()
    before = {name: after[name] for name in kept}
    first, second = verdicts(caf, "allocataire", before), verdicts(caf, "allocataire", after)
    for offer, verdict in first.items():
        if verdict != "unknown" and not may_change(offer, before, after):
            assert second[offer] == verdict, (offer, before, after)


@pytest.mark.parametrize("caf", CAFS)
@MANY
@given(data=st.data())
def test_the_order_of_the_answers_is_indifferent(caf: str, data: st.DataObject) -> None:
    """The same facts given in another order have the same result, reasons included."""
    facts = data.draw(some_facts(CATALOGUE, caf))
    names = data.draw(st.permutations(sorted(facts)))
    verdicts(caf, "agent", facts)
    expected = evaluate_with_question(CATALOGUE, caf, "agent", facts, TODAY).as_dict()
    shuffled = evaluate_with_question(CATALOGUE, caf, "agent", {name: facts[name] for name in names}, TODAY).as_dict()

    assert expected == shuffled


@pytest.mark.parametrize("caf", CAFS)
@MANY
@given(data=st.data())
def test_with_everything_known_it_is_a_plain_reading(caf: str, data: st.DataObject) -> None:
    """With every fact known, the verdict is that of the condition read with true and false, wherever the text decides."""
    facts = {name: data.draw(value_of(CATALOGUE, name), label=name) for name in facts_read(CATALOGUE, caf)}
    try:
        known = read_facts(facts, TODAY, caf, CATALOGUE)
    except FactError:
        known = _repaired(caf, facts)
        assume(known is not None)
    assert known is not None
    seen = evaluate(CATALOGUE, caf, "agent", known, TODAY).offers
    for offer, result in seen.items():
        if result.verdict != "unknown":
            assert result.verdict == plain_verdict(CATALOGUE, caf, offer, known.values, TODAY), offer


def _repaired(caf: str, facts: dict[str, Any]) -> Any:
    """The same facts without those that contradict the others, taken one by one."""
    kept: dict[str, Any] = {}
    for name, value in facts.items():
        try:
            read_facts({**kept, name: value}, TODAY, caf, CATALOGUE)
        except FactError:
            continue
        kept[name] = value
    return read_facts(kept, TODAY, caf, CATALOGUE)


@pytest.mark.parametrize("caf", CAFS)
@MANY
@given(data=st.data())
def test_a_question_can_still_change_an_open_verdict(caf: str, data: st.DataObject) -> None:
    """The question asked is on a fact that an open offer misses, or leads to one, and it may be asked of this role."""
    facts = data.draw(some_facts(CATALOGUE, caf, largest=8))
    role = data.draw(st.sampled_from(ROLES))
    verdicts(caf, role, facts)
    evaluation = evaluate_with_question(CATALOGUE, caf, role, facts, TODAY)
    question = evaluation.next_question
    if question is None:
        return
    missing = {fact for result in evaluation.offers.values() for fact in result.missing}
    book = question_book(CATALOGUE)
    known = read_facts(facts, TODAY, caf, CATALOGUE)
    leads = {book.target(fact, role, known.values, ()) for fact in missing}

    assert question in leads
    assert CATALOGUE.questions[question].roles[role]


def _few(fact: str, facts: dict[str, Any]) -> list[Any]:
    """Not known, and a few telling values of a fact."""
    if fact == "remuneration_mensuelle_nette":
        return [None, 0, 2000]
    if CATALOGUE.facts[fact].unit == "ans":
        return [None, 3, 17, 20, 30, 40]
    if fact == "enfants" and "nb_enfants_a_charge" in facts:
        young, grown = {"age": 2}, {"age": 22}
        number = facts["nb_enfants_a_charge"]
        return [None, [young] * number, [grown] * number, [young, *[grown] * (number - 1)]]
    values = candidates(CATALOGUE, fact, TODAY)
    return [None, *values] if CATALOGUE.facts[fact].type in ("bool", "choice") else [None, *values[:2], values[-1], *values[2:6:2]]


def _with(facts: dict[str, Any], fact: str, value: Any) -> dict[str, Any]:
    if value is None:
        return facts
    if fact != "remuneration_mensuelle_nette":
        return {**facts, fact: value}
    paid = [{**child, fact: value} if child["age"] >= 16 and fact not in child else child for child in facts["enfants"]]
    return {**facts, "enfants": paid}


def _decides(caf: str, role: str, offer: str, facts: dict[str, Any], fact: str, others: list[str]) -> bool:
    """True when, for some answers to the other questions, the answer to this one changes the verdict or the access."""
    for row in islice(product(*(_few(other, facts) for other in others)), 400):
        filled = facts
        for other, answer in zip(others, row, strict=True):
            filled = _with(filled, other, answer)
        answers = [filled, *(_with(filled, fact, value) for value in _few(fact, facts))]
        if len({_outcome(caf, role, offer, answer) for answer in answers} - {None}) > 1:
            return True
    return False


def _outcome(caf: str, role: str, offer: str, facts: dict[str, Any]) -> tuple[str, str] | None:
    """Verdict and access of one offer, None when the facts contradict each other."""
    try:
        result = evaluate(CATALOGUE, caf, role, facts, TODAY).offers[offer]
    except FactError:
        return None
    return result.verdict, result.access


@pytest.mark.parametrize("caf", CAFS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_missing_fact_can_decide(caf: str, data: st.DataObject) -> None:
    """Some answers to the other missing facts make this one change the verdict or the access.

    Answers that would contradict what is already said count as possible: « parent » false is left out for that.
    """
    facts = data.draw(some_facts(CATALOGUE, caf, largest=10))
    assume(facts.get("parent") is not False)
    role = data.draw(st.sampled_from(ROLES))
    verdicts(caf, role, facts)
    open_offers = [result for result in evaluate(CATALOGUE, caf, role, facts, TODAY).offers.values() if 0 < len(result.missing) <= 4]
    assume(open_offers)
    result = data.draw(st.sampled_from(open_offers))
    fact = data.draw(st.sampled_from(result.missing))
    others = [other for other in result.missing if other != fact]

    assert _decides(caf, role, result.offer_id, facts, fact, others), (result.offer_id, fact, facts)


@pytest.mark.parametrize("caf", CAFS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_asking_ends_and_never_repeats(caf: str, data: st.DataObject) -> None:
    """Answered or not known, each question is asked once and the list comes to its end."""
    facts = data.draw(some_facts(CATALOGUE, caf, largest=4))
    role = data.draw(st.sampled_from(ROLES))
    verdicts(caf, role, facts)
    skip: list[str] = []
    while (question := next_question(CATALOGUE, caf, role, facts, TODAY, None, skip)) is not None:
        assert question not in skip
        skip.append(question)
        assert len(skip) <= len(CATALOGUE.questions)

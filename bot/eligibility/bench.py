"""The same conditions of the largest Caf three times: our engine, zen-engine, plain hand-written Python, side by side.

The two others give a verdict only, with true and false; ours adds the unknown, the reasons, what is missing and the deadlines.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import process_time
from typing import Any

from bot.catalog import Catalogue
from bot.eligibility.evaluate import evaluate
from bot.eligibility.facts import read_facts
from bot.eligibility.next_question import evaluate_with_question
from bot.eligibility.sample import families
from bot.errors import PartDown

CAF = "seine_saint_denis"
PREFIX = f"{CAF}/"

# The conditions as zen-engine expressions; open cases of the text are read as closed.
ZEN = {
    "separation": "allocataire == true and percoit_prestation_caf == true and separation == true and naissant",
    "deces_parent": "gen93 and deces_conjoint == true",
    "deces_enfant": "allocataire == true and deces_enfant == true and percoit_prestation_caf == true and naissant",
    "impayes_loyer": "gen93 and impaye_loyer == true and aide_logement in ['alf', 'als', 'apl', 'type_inconnu'] "
    "and statut_logement == 'locataire_parc_prive'",
    "parent_seul": "allocataire == true and isole == true and age_demandeur >= 25 and age_demandeur <= 34 "
    "and nb_enfants_a_charge >= 1 and beneficiaire_rsa == false",
    "ajpp": "gen93 and beneficiaire_ajpp == true and ajpp_nouveau == true and activite_interrompue == true",
    "insertion_mineure_enceinte": "allocataire == true and age_demandeur < 18 and enceinte == true",
    "insertion_violences_intrafamiliales": "allocataire == true and victime_violences_intrafamiliales == true",
    "insertion_parents_jeunes_majeurs": "allocataire == true and age_demandeur >= 18 and age_demandeur <= 21 and parent == true",
    "collectif_rester_parent": "allocataire == true and separation == true and parent == true",
    "collectif_arrivee_enfant": "allocataire == true and (enfant_a_naitre == true or arrivee_enfant_signalee_caf == true)",
    "collectif_acces_droits": "allocataire == true",
    "appui_ct_apa": "mission_accompagnement_social == true",
}
SHARED = {
    "naissant": "nb_enfants_a_charge >= 1 or enfant_a_naitre == true",
    "gen93": "allocataire == true and percoit_prestation_caf == true and (nb_enfants_a_charge >= 1 or enfant_a_naitre == true)",
}


def plain(facts: dict[str, Any]) -> dict[str, bool]:
    """The same conditions written by hand in Python, for facts all known."""
    get = facts.get
    member, age = get("allocataire") is True, facts["age_demandeur"]
    naissant = facts["nb_enfants_a_charge"] >= 1 or get("enfant_a_naitre") is True
    gen93 = member and naissant and get("percoit_prestation_caf") is True
    tenant = get("statut_logement") == "locataire_parc_prive" and get("aide_logement", "aucune") != "aucune"
    return {
        "separation": member and get("percoit_prestation_caf") is True and get("separation") is True and naissant,
        "deces_parent": gen93 and get("deces_conjoint") is True,
        "deces_enfant": gen93 and get("deces_enfant") is True,
        "impayes_loyer": gen93 and get("impaye_loyer") is True and tenant,
        "parent_seul": member
        and get("isole") is True
        and 25 <= age <= 34
        and facts["nb_enfants_a_charge"] >= 1
        and get("beneficiaire_rsa") is False,
        "ajpp": gen93 and get("beneficiaire_ajpp") is True and get("ajpp_nouveau") is True and get("activite_interrompue") is True,
        "insertion_mineure_enceinte": member and age < 18 and get("enceinte") is True,
        "insertion_violences_intrafamiliales": member and get("victime_violences_intrafamiliales") is True,
        "insertion_parents_jeunes_majeurs": member and 18 <= age <= 21 and get("parent") is True,
        "collectif_rester_parent": member and get("separation") is True and get("parent") is True,
        "collectif_arrivee_enfant": member and (get("enfant_a_naitre") is True or get("arrivee_enfant_signalee_caf") is True),
        "collectif_acces_droits": member,
        "appui_ct_apa": get("mission_accompagnement_social") is True,
    }


@dataclass(frozen=True)
class Speed:
    """Time of one evaluation of all the offers of the Caf, in microseconds (best of the rounds, mean over the families)."""

    families: int
    offers: int
    ours: float  # verdicts, reasons, missing, deadlines, from facts already read: what zen-engine gets too
    from_raw: float  # the same with the reading of the facts: names, types, contradictions, derived facts
    with_question: float  # the same again, and the next question
    zen: float
    zen_reasons: float  # one expression per condition, so that each can be told
    plain: float


def measure(catalogue: Catalogue, today: date, count: int = 200, rounds: int = 5) -> Speed:
    """The three times over the sample of the largest Caf. Raises PartDown when zen-engine is absent or when verdicts differ."""
    truths = [family.truth for family in families(catalogue, CAF, today, count)]
    known = [read_facts(truth, today, CAF, catalogue) for truth in truths]
    inputs = [_plain_values(facts.values) for facts in known]
    zen = _zen_decision()
    _same_verdicts(catalogue, known, inputs, zen, today)
    runs: list[tuple[Callable[[Any], Any], list[Any]]] = [
        (lambda facts: evaluate(catalogue, CAF, "agent", facts, today), known),
        (lambda truth: evaluate(catalogue, CAF, "agent", truth, today), truths),
        (lambda truth: evaluate_with_question(catalogue, CAF, "agent", truth, today), truths),
        (zen.evaluate, inputs),
        (_zen_decision(by_condition=True).evaluate, inputs),
        (plain, inputs),
    ]
    best = [min(times) for times in zip(*(_round(runs) for _ in range(rounds)), strict=True)]
    return Speed(count, len(catalogue.caf(CAF).offers), *best)


def _plain_values(values: dict[str, Any]) -> dict[str, Any]:
    names = ("allocataire", "percoit_prestation_caf", "aide_logement", "beneficiaire_rsa", "arrivee_enfant_signalee_caf", "ajpp_nouveau")
    kept = {name: value for name, value in values.items() if isinstance(value, (bool, int, float, str))}
    return {**dict.fromkeys(names), **kept}


def _zen_decision(by_condition: bool = False) -> Any:
    """A decision with one expression an offer; `by_condition`: one for each condition too, as reasons need."""
    try:
        import zen
    except ImportError:
        raise PartDown("zen-engine is not installed: run `pip install -r requirements-dev.lock`") from None
    expressions = [{"id": name, "key": name, "value": text} for name, text in SHARED.items()]
    for name, text in ZEN.items():
        own = text.replace("gen93", "$.gen93").replace("naissant", "$.naissant")
        if by_condition:
            own = _told_apart(name, own, expressions)
        expressions.append({"id": name, "key": f"o_{name}", "value": own})
    content = {"expressions": expressions}
    kinds = {"in": "inputNode", "ex": "expressionNode", "out": "outputNode"}
    nodes = [{"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}} for name, kind in kinds.items()]
    nodes[1]["content"] = content
    edges = [{"id": "1", "sourceId": "in", "targetId": "ex"}, {"id": "2", "sourceId": "ex", "targetId": "out"}]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def _told_apart(name: str, text: str, expressions: list[dict[str, str]]) -> str:
    """The expression of an offer over one named expression for each of its conditions."""
    parts = []
    for index, part in enumerate(text.split(" and ")):
        key = f"c_{name}_{index}"
        expressions.append({"id": key, "key": key, "value": part})
        parts.append(f"$.{key}")
    return " and ".join(parts)


def _same_verdicts(catalogue: Catalogue, known: list[Any], inputs: list[dict[str, Any]], zen: Any, today: date) -> None:
    """A comparison is worth nothing when the three do not decide alike."""
    for facts, values in zip(known, inputs, strict=True):
        ours = evaluate(catalogue, CAF, "agent", facts, today).offers
        theirs, by_hand = zen.evaluate(values)["result"], plain(values)
        for name in ZEN:
            expected = ours[PREFIX + name].verdict == "eligible"
            if not expected == theirs[f"o_{name}"] == by_hand[name]:
                raise PartDown(f"{name}: ours {expected}, zen-engine {theirs[f'o_{name}']}, by hand {by_hand[name]}")


def _round(runs: list[tuple[Callable[[Any], Any], list[Any]]]) -> list[float]:
    """One round of each, in turn, in microseconds of processor per family: a busy machine changes them less."""
    times = []
    for run, inputs in runs:
        start = process_time()
        for item in inputs:
            run(item)
        times.append((process_time() - start) / len(inputs) * 1e6)
    return times

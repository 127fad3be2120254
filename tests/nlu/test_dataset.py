"""The independent test set is sound: known ids, right types, no message twice, enough of everything.

Conventions of the annotators:
- a situation is reported when it is stated, feared, planned or the topic of a question about an offer; the most precise one
  alone (twins: naissance_multiple, not arrivee_enfant too; a pregnant minor: mineure_enceinte), several when several happen;
- a benefit named in a question (« comment demander le RSA ? ») is not received, so not annotated; a suspended one still is;
- `logement` is accedant as soon as the loan of the home is said; « mon propriétaire » alone says nothing;
- `nb_enfants` needs a number; a pregnancy told in months, a duration or a frequency is no date;
- the age of the person helped is `age_demandeur`, also when a professional writes; a place named anywhere counts;
- the middle of a year is 1 July, « début » the 5th, « fin » the 25th, last week its Thursday: compare such dates with a margin.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml


def words(text: str) -> set[str]:
    """The words of a list written on a few lines."""
    return set(text.split())


FOLDER = Path(__file__).parent
LISTS = ("must_never_miss.yml", "must_not_alarm.yml")
ALARMS = {"danger", "detresse"}
AUDIENCES = {"allocataire", "partenaire", "agent"}
ACTS = words(
    "situation eligibilite rendez_vous suivi_demande annuler_demande modifier_demande procedure_partenaire contact info_offre "
    "info_service danger detresse dossier orientation_externe humain confidentialite aide salutation remerciement au_revoir "
    "affirmer nier hors_sujet insulte information ne_sait_pas pourquoi corriger retour plus_tard recommencer arreter"
)
SITUATIONS = words(
    "separation residence_alternee deces_parent deces_enfant arrivee_enfant naissance_multiple enfant_malade_handicap parent_seul "
    "impaye_loyer impaye_pret logement_non_decent renovation_urbaine vacances_enfant retour_emploi conciliation_rsa violences "
    "mineure_enceinte jeune_parent difficulte_passagere surendettement"
)
BENEFITS = words("rsa rsa_majore ajpp aeeh alf als apl al asf prepare clca af paje prime_activite aah")
TENURES = {"locataire_prive", "locataire_social", "accedant", "heberge"}
PRECISIONS = {"jour", "mois", "annee", "environ"}
TAGS = words("danger detresse looks_like_danger sms negation hypothese tiers non_natif dicte telegraphique multi place")
TYPES: dict[str, type] = {
    "nb_enfants": int,
    "ages_enfants": list,
    "age_demandeur": int,
    "enceinte": bool,
    "commune": str,
    "code_postal": str,
    "departement": str,
    "date": str,
    "date_texte": str,
    "date_precision": str,
    "prestations": list,
    "prestations_absentes": list,
    "montant_dette": int,
    "nb_mois_impayes": int,
    "allocataire": bool,
    "logement": str,
    "telephone": str,
    "email": str,
}
QUOTAS = {
    "nb_enfants": 60,
    "ages_enfants": 60,
    "age_demandeur": 60,
    "date": 60,
    "prestations": 60,
    "logement": 60,
    "enceinte": 30,
    "telephone": 30,
    "email": 30,
    "allocataire": 40,
    "prestations_absentes": 40,
}


def read(name: str) -> list[dict]:
    """The items of one file, each with the name of its file for the messages of the tests."""
    items = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [item | {"file": name} for item in items]


THEMES = [item for path in sorted(FOLDER.glob("*.yml")) if path.name not in LISTS for item in read(path.name)]
MISS, ALARM = (read(name) for name in LISTS)


def count(key: str) -> Counter:
    """How many messages hold each value of `situations`, `mentions` or `tags`."""
    return Counter(value for item in THEMES for value in item[key])


def test_size() -> None:
    """There are at least 1,250 messages, and 80 in each of the two lists."""
    assert len(THEMES) >= 1250
    assert len(MISS) >= 80
    assert len(ALARM) >= 80


def test_keys() -> None:
    """Every message has exactly the keys agreed, `today` being optional."""
    keys = {"text", "audience", "act", "situations", "mentions", "tags"}
    assert [item for item in THEMES if set(item) - {"today", "file"} != keys] == []
    assert [item for item in MISS + ALARM if set(item) != {"text", "audience", "act", "file"}] == []


def test_known_ids() -> None:
    """Audiences, acts, situations and tags are those of the contract and of the test set."""
    assert {item["audience"] for item in THEMES + MISS + ALARM} == AUDIENCES
    assert {item["act"] for item in THEMES + MISS + ALARM} == ACTS | {None}
    assert set(count("situations")) == SITUATIONS
    assert set(count("tags")) == TAGS


def test_no_text_twice() -> None:
    """No message is written twice, not even with other capitals."""
    texts = Counter(item["text"].strip().casefold() for item in THEMES + MISS + ALARM)
    assert [text for text, number in texts.items() if number > 1] == []


@pytest.mark.parametrize("name", sorted(TYPES))
def test_type_of_mention(name: str) -> None:
    """A mention has its type everywhere it is annotated."""
    values = [item["mentions"][name] for item in THEMES if name in item["mentions"]]
    assert values
    assert [value for value in values if type(value) is not TYPES[name]] == []


def test_known_mentions() -> None:
    """Mentions hold only the keys and the values of the contract."""
    assert set(count("mentions")) == set(TYPES)
    for item in THEMES:
        mentions = item["mentions"]
        assert set(mentions.get("prestations", [])) | set(mentions.get("prestations_absentes", [])) <= BENEFITS, item
        assert mentions.get("logement", "heberge") in TENURES, item
        assert all(type(age) is int and 0 <= age <= 30 for age in mentions.get("ages_enfants", [])), item


def test_dates() -> None:
    """A date is ISO, has its precision, and its words are in the message."""
    for item in (item for item in THEMES if "date" in item["mentions"]):
        mentions = item["mentions"]
        date.fromisoformat(mentions["date"])
        assert mentions["date_precision"] in PRECISIONS, item
        assert mentions["date_texte"] in item["text"], item


def test_codes() -> None:
    """Postal codes, départements, phones and mails are written as the contract says."""
    patterns = {"code_postal": r"\d{5}", "departement": r"\d{2,3}|2[AB]", "telephone": r"\+\d{9,15}", "email": r"[^\sA-Z@]+@[^\sA-Z@]+"}
    for name, pattern in patterns.items():
        values = [item["mentions"][name] for item in THEMES if name in item["mentions"]]
        assert [value for value in values if not re.fullmatch(pattern, value)] == []


def test_quotas_of_acts_and_situations() -> None:
    """25 messages or more for each act and each situation, 30 not understood."""
    acts = Counter(item["act"] for item in THEMES)
    assert {act: acts[act] for act in ACTS if acts[act] < 25} == {}
    assert {name: number for name, number in count("situations").items() if number < 25} == {}
    assert acts[None] >= 30


def test_quotas_of_mentions() -> None:
    """Enough messages state each mention to measure it."""
    numbers = count("mentions")
    assert {name: numbers[name] for name, least in QUOTAS.items() if numbers[name] < least} == {}
    assert sum({"nb_mois_impayes", "montant_dette"} & set(item["mentions"]) != set() for item in THEMES) >= 60


def test_quotas_of_tags() -> None:
    """150 alarms, 150 that only look like it, 200 messages with a place."""
    tags = count("tags")
    assert tags["danger"] + tags["detresse"] >= 150
    assert tags["looks_like_danger"] >= 150
    assert tags["place"] >= 200


def test_tags_agree() -> None:
    """The tags that follow from the annotation are never missing nor in excess."""
    for item in THEMES:
        tags, place = set(item["tags"]), {"commune", "code_postal", "departement"} & set(item["mentions"])
        assert tags & ALARMS == {item["act"]} & ALARMS, item
        assert ("place" in tags) == bool(place), item
        assert ("multi" in tags) == (len(item["situations"]) > 1), item
        assert not (item["act"] in ALARMS and "looks_like_danger" in tags), item


def test_lists_of_alarms() -> None:
    """One list holds only danger and distress, the other never does."""
    assert {item["act"] for item in MISS} == ALARMS
    assert {item["act"] for item in ALARM} & ALARMS == set()

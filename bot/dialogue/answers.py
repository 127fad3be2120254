"""Reads the answer to the pending question: a button, a label typed, a yes or no, a number, ages, a date, « je ne sais pas »."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from rapidfuzz import fuzz

from bot.catalog.records import Answer, Question
from bot.dialogue import words
from bot.dialogue.message import Message
from bot.nlu.normalise import normalise

UNKNOWN = "ne_sait_pas"
SURE_ENOUGH = 0.5  # below, a yes or a no is not taken as an answer: gibberish must never consent
LONGEST_NUMBER = 4  # words of an answer that is a number
LONGEST_YES = 8  # words of a yes that is not only « oui »
DAYS_A_MONTH = 30.44
SHORT = 4  # letters of a word that must be written exactly
MOST_OF_LABEL = 0.5  # « un proche » for « Pour un proche »
LABEL_LIKENESS = 88  # of 100, between what is typed and a label
MONTHS_UNSURE = {"an": 45, "mois": 15, "semaine": 4}  # days around a date said from memory
_NUMBER = re.compile(r"(?<![\d,.])(\d{1,7}(?:[.,]\d{1,2})?)(?![\d,.])")


def choice(message: Message, choices: Iterable[dict[str, str]]) -> str | None:
    """Id of the choice made, by button, by its label typed, or by a plain yes, no or « je ne sais pas »; None when it is none of them."""
    shown = list(choices)
    ids = {item["id"] for item in shown}
    if message.choice is not None:
        return message.choice if message.choice in ids or message.choice == UNKNOWN else None
    if message.is_act("ne_sait_pas"):
        return UNKNOWN
    typed = typed_label(message.text, shown)
    if typed:
        return typed
    if message.is_act("affirmer") and message.confidence >= SURE_ENOUGH and "oui" in ids:
        return "oui"
    if message.is_act("nier") and message.confidence >= SURE_ENOUGH and "non" in ids:
        return "non"
    if message.act in ids:
        return message.act
    return leading(message.text, shown)


def leading(text: str, choices: Iterable[dict[str, str]]) -> str | None:
    """« Non, je ne veux pas… » is a no; « oui, il a prévenu la Caf » is a yes, unless it goes on with « mais » or a no."""
    ids = {item["id"] for item in choices}
    said = normalise(text).replace(",", " ").split()
    if said[:1] == ["non"] and "non" in ids:
        return "non"
    plain = said[:1] in (["oui"], ["ouais"]) and len(said) <= LONGEST_YES and not {"mais", "non", "pas", "si", "?"} & set(said)
    return "oui" if plain and "oui" in ids else None


def facts(question: Question, message: Message, today: date) -> dict[str, Any] | str | None:
    """Facts that the message states in answer to a question of the catalogue; UNKNOWN when the person does not know; None otherwise."""
    shown = [{"id": item.id, "label": item.label} for item in question.choices]
    told = {fact: message.heard[fact] for fact in question.fills if fact in message.heard}
    if told and not typed_label(message.text, shown):
        return told
    if question.choices:
        found = chosen(question, message, today)
        if found is not None:
            return dict(found.facts)
    if message.is_act("ne_sait_pas") or message.choice == UNKNOWN or words.said("refus", message.text):
        return UNKNOWN  # « je préfère ne pas répondre » passes the question too
    value = _value(question, message, today)
    return None if value is None else {question.fills[0]: value}


def chosen(question: Question, message: Message, today: date) -> Answer | None:
    """The answer picked among those of the question: a button, its label typed, a plain yes or no, a date."""
    shown = [{"id": item.id, "label": item.label} for item in question.choices]
    picked = choice(message, [*shown, *({"id": word, "label": word} for item in question.choices for word in item.also)])
    if picked == UNKNOWN:
        return None
    found = next((item for item in question.choices if picked == item.id or picked in item.also), None)
    return found or _since(question, message, today)


def _since(question: Question, message: Message, today: date) -> Answer | None:
    """The answer that a date said instead means: « depuis janvier »."""
    said = message.mentions.get("date")
    return lasting(question, date.fromisoformat(said), today) if said else None


def lasting(question: Question, since: date, today: date) -> Answer | None:
    """The choice that tells how long something has lasted; None when the choices tell no duration."""
    if not any(item.less_than_months for item in question.choices):
        return None
    months = (today - since).days / DAYS_A_MONTH
    return next((item for item in question.choices if item.less_than_months is None or months < item.less_than_months), None)


def typed_label(text: str, choices: list[dict[str, str]]) -> str | None:
    """The choice whose label is written, or most of it, small slips allowed; short words must be exact."""
    said = normalise(text).strip(" .!?")
    labels = {item["id"]: normalise(item["label"]) for item in choices}
    if not said or not labels:
        return None
    best = max(labels, key=lambda name: fuzz.ratio(said, labels[name]))
    if said == labels[best] or (len(said) > SHORT and fuzz.ratio(said, labels[best]) >= LABEL_LIKENESS):
        return best
    within = [name for name, label in labels.items() if f" {said} " in f" {label} " and len(said) >= len(label) * MOST_OF_LABEL]
    return within[0] if len(within) == 1 and len(said) > SHORT else None


def _value(question: Question, message: Message, today: date) -> Any:
    """Value of a question that has no choices, or is answered beside them."""
    if question.type == "int":
        return _integer(message)
    if question.type == "money":
        amount = message.mentions.get("montant_dette") or _number(message.text)
        return None if amount is None else float(amount)
    if question.type == "ages":
        return _children(question, message)
    if question.type == "date":
        return stated_date(message.mentions, today)
    return None


def _integer(message: Message) -> int | None:
    for mention in ("nb_mois_impayes", "nb_enfants", "age_demandeur"):
        if mention in message.mentions and message.is_act("information", "corriger", "situation"):
            return int(message.mentions[mention])
    number = _number(message.text)
    return None if number is None or number != int(number) else int(number)


def _number(text: str) -> float | None:
    """The only number of a short answer, in digits or as a word; None when there are several or the answer is long."""
    found = _NUMBER.findall(text)
    if len(found) == 1:
        return float(found[0].replace(",", "."))
    spoken = normalise(text).split()
    values = [number for number in map(words.small_number, spoken) if number is not None]
    return float(values[0]) if not found and len(spoken) <= LONGEST_NUMBER and values else None


def lone_number(message: Message) -> float | None:
    """The number said that is no age (« ah non, 3 en fait, avec ma grande de 19 ans » is 3); None when there is not exactly one."""
    ages = [float(age) for age in message.mentions.get("ages_enfants", ())]
    numbers = [float(found.replace(",", ".")) for found in _NUMBER.findall(message.text)]
    left = [number for number in numbers if number not in ages]
    return left[0] if len(left) == 1 else None


def _children(question: Question, message: Message) -> Any:
    """Ages given in answer to « quel âge ont les enfants ? »: « 4 et 7 », « aucun », « 6 mois »."""
    ages = message.mentions.get("ages_enfants")
    if ages is None:
        ages = [int(number) for number in _NUMBER.findall(message.text) if float(number.replace(",", ".")) < 40]
        if not ages:
            if message.is_act("nier") or words.said("aucun_enfant", message.text):
                ages = []
            else:
                return None
    return [{"age": age} for age in ages] if question.fills[0] == "enfants" else ages


def stated_date(mentions: dict[str, Any], today: date) -> Any:
    """The date said, as a fact: a day, or {du, au} when it is not known to the day. None when no date is said."""
    if not mentions.get("date"):
        return None
    day = date.fromisoformat(mentions["date"])
    precision = mentions.get("date_precision", "jour")
    if precision == "jour":
        return day.isoformat()
    first, last = _bounds(day, precision, mentions.get("date_texte", ""))
    if first <= today <= last:
        last = today if day <= today else last
    return {"du": first.isoformat(), "au": last.isoformat()}


def _bounds(day: date, precision: str, words: str) -> tuple[date, date]:
    """Earliest and latest day that the words may mean."""
    if precision == "mois":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if precision == "annee":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    unit = next((unit for unit in MONTHS_UNSURE if unit in words), "mois" if "jour" not in words else "jour")
    around = timedelta(days=MONTHS_UNSURE.get(unit, 1))
    return day - around, day + around

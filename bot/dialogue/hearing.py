"""From what is heard to what is known: facts, situations and place go into the dossier, whatever the question pending."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.catalog.records import Question
from bot.dialogue import answers, lieu, named, proche, words
from bot.dialogue.context import Context
from bot.dialogue.dossier import Dossier
from bot.dialogue.message import Message
from bot.dialogue.offers import offers_of
from bot.eligibility import read_facts
from bot.errors import FactError
from bot.nlu import scope
from bot.nlu.normalise import normalise

ADULT = 18
DEATHS_OF_PARTNER = {"deces_conjoint", "deces_autre_parent"}
NEW_CASE = 3  # facts in one line that describe a person rather than complete the last one


@dataclass(frozen=True)
class Heard:
    """What a message brought: new facts, those it changed, the dates to be read back, the situations and the place."""

    learned: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    place: bool = False
    place_before: dict[str, Any] | None = None
    named: bool = False

    @property
    def news(self) -> bool:
        """True when something was told that was not known."""
        return bool(self.learned or self.situations or self.place or self.named)


def hear(dossier: Dossier, message: Message, context: Context) -> Heard:
    """Absorb what one message states."""
    if dossier.etape != "orientation" and dossier.ask not in {"veut_rendez_vous", None}:
        return Heard()  # a detail of the request: « Laon » may be a family name
    _begin_case(dossier, message)
    told = {**_event_facts(dossier, message, context), **_who_died(message), **_told(dossier, message)}
    told = {} if _only_compares(dossier, message) else told
    dates = tuple(fact for fact in told if fact.startswith("date_") and dossier.facts.get(fact) != told[fact])
    dossier.hors_caf = dossier.hors_caf or words.said("msa", message.text)
    before, place_before = dict(dossier.facts), dossier.lieu
    changed = learn(dossier, told, context)
    learned = tuple(fact for fact, value in dossier.facts.items() if before.get(fact) != value)
    _answer_by_date(dossier, learned, context)
    new = tuple(situation for situation in message.situations if situation not in (*dossier.situations, dossier.en_cours))
    for situation in new:
        dossier.add_situation(situation)
    _name_young_pregnancy(dossier)
    proche.hear(dossier, message)
    place = not _stays(dossier, message) and lieu.hear(dossier, message.mentions)
    corrected = tuple(changed) or (learned if message.is_act("corriger") else ())
    return Heard(learned, corrected, dates, new, place, place_before, hear_names(dossier, message, context))


def _only_compares(dossier: Dossier, message: Message) -> bool:
    """« Compare séparation et parent seul » names offers: it tells nothing of a family."""
    return dossier.audience == "agent" and len(message.heard) < NEW_CASE and named.compares(message.text)


def _stays(dossier: Dossier, message: Message) -> bool:
    """True when a place said is not where the family lives: a territory that is asked, a Caf to compare with."""
    compared = bool(dossier.compares) and dossier.caf is not None
    return compared or (dossier.ask == "territoire" and not message.is_act("corriger"))


def _begin_case(dossier: Dossier, message: Message) -> None:
    """An agent who describes somebody else begins a new case, in the same Caf unless another place is said; a comparison keeps the case."""
    if dossier.audience != "agent":
        return
    dossier.compares = named.cafs_compared(message.text)
    described = len(message.heard) >= NEW_CASE and not message.is_act("corriger")
    if described and dossier.resultats and not dossier.compares and not words.said("meme_cas", message.text):
        fresh = Dossier(audience="agent", message_id=dossier.message_id, caf=dossier.caf, lieu=dossier.lieu)
        vars(dossier).update(vars(fresh))


def _name_young_pregnancy(dossier: Dossier) -> None:
    """A pregnancy before 18 is a situation of its own, looked at first."""
    young, waiting = dossier.facts.get("age_demandeur", ADULT) < ADULT, dossier.facts.get("enceinte") is True
    if young and waiting and "mineure_enceinte" not in (*dossier.situations, *dossier.traitees):
        dossier.situations = ["mineure_enceinte", *(situation for situation in dossier.situations if situation != "arrivee_enfant")]


def _event_facts(dossier: Dossier, message: Message, context: Context) -> dict[str, Any]:
    """What a situation told as one's own, or by a professional of a family, states by itself; nothing when it is only supposed."""
    telling = message.is_act("situation") or (dossier.pro and message.is_act("procedure_partenaire", "information"))
    if not telling or supposed(dossier, message):
        return {}
    told = [situation for situation in message.situations if situation != "deces_enfant"]  # « j'ai perdu mon bébé » may be a stillbirth
    stated = {fact: value for s in told for fact, value in context.catalogue.situations[s].facts.items()}
    return {fact: value for fact, value in stated.items() if fact not in dossier.facts}


def supposed(dossier: Dossier, message: Message) -> bool:
    """True when what the words tell has not happened: « si mon mari me quittait ». « Je voudrais orienter » is no plan of the family."""
    text = normalise(message.text)
    planned = scope.supposed if dossier.pro else scope.hypothetical
    return planned(text, len(text)) or scope.opens_with_supposition(text)


def _who_died(message: Message) -> dict[str, Any]:
    """Who died, when the words tell it: the spouse of a relative, or the own parent of the one who writes, who is no spouse."""
    if "deces_parent" not in message.situations or DEATHS_OF_PARTNER & set(message.heard):
        return {}
    if words.said("conjoint_d_un_proche", message.text):
        return {"deces_conjoint": True}
    return dict.fromkeys(DEATHS_OF_PARTNER, False) if words.said("parent_de_la_personne", message.text) else {}


def _told(dossier: Dossier, message: Message) -> dict[str, Any]:
    """The facts heard, and the number of children when it corrects one already given."""
    told = dict(message.heard)
    if message.is_act("corriger") and {"nb_enfants_a_charge", "enfants"} & set(dossier.facts):
        count = message.mentions.get("nb_enfants", answers.lone_number(message))
        if count is not None:
            told.setdefault("nb_enfants_a_charge", int(count))
    return told


def learn(dossier: Dossier, told: dict[str, Any], context: Context) -> list[str]:
    """Add facts to the dossier, the newest prevailing over what it contradicts. Returns the facts whose value changed."""
    told = _pay_of_children(dossier, told)
    known = {fact: value for fact, value in told.items() if fact in context.catalogue.facts}
    changed = [fact for fact, value in known.items() if fact in dossier.facts and dossier.facts[fact] != value]
    facts = _mend({**dossier.facts, **known}, known, context)
    if facts is None:
        return []
    dossier.facts = facts
    dossier.inconnus = [fact for fact in dossier.inconnus if fact not in known]
    return changed


def _pay_of_children(dossier: Dossier, told: dict[str, Any]) -> dict[str, Any]:
    """The pay said of a child of 16 or more (003:73) is kept with the children, where the engine reads it."""
    pay = told.get("remuneration_mensuelle_nette")
    if pay is None:
        return told
    children = told.get("enfants", dossier.facts.get("enfants")) or []
    paid = [{"remuneration_mensuelle_nette": pay, **child} if child["age"] >= 16 else child for child in children]
    return {**{fact: value for fact, value in told.items() if fact != "remuneration_mensuelle_nette"}, "enfants": paid}


def _mend(facts: dict[str, Any], new: dict[str, Any], context: Context) -> dict[str, Any] | None:
    """The facts without the older one that the new ones contradict, or all the older ones, or the new one that disagrees; else None."""
    older = [fact for fact in facts if fact not in new]
    alone = [[fact] for fact in new] if len(new) > 1 else []
    for dropped in ([], *([fact] for fact in reversed(older)), older, *alone, *([*older, *fact] for fact in alone)):
        kept = {fact: value for fact, value in facts.items() if fact not in dropped}
        if _coherent(kept, context):
            return kept
    return None


def _coherent(facts: dict[str, Any], context: Context) -> bool:
    try:
        read_facts(facts, context.today)
    except FactError:
        return False
    return True


def hear_names(dossier: Dossier, message: Message, context: Context) -> bool:
    """Keep the offers called by their name, and the Caf they belong to when no place was said. Returns True when there are some."""
    offers = named.offers_named(message.text, dossier.caf)
    if dossier.audience == "agent" and dossier.caf and len(offers) < 2 and named.compares(message.text):
        offers = [offer for situation in message.situations for offer in offers_of(situation, dossier, context)[:1]] or offers
    if offers:
        dossier.offres = offers
        dossier.caf = dossier.caf or context.catalogue.offer(offers[0]).caf
    return bool(offers)


def _answer_by_date(dossier: Dossier, learned: Collection[str], context: Context) -> None:
    """A date told answers the question on how long it has lasted: it is not asked."""
    for question in context.catalogue.questions.values():
        if question.dated_by in learned:
            told = answers.lasting(question, _middle(dossier.facts[question.dated_by or ""]), context.today)
            if told is not None:
                dossier.precisions[question.name] = told.label
                dossier.inconnus += [fact for fact in question.fills if fact not in dossier.inconnus]


def _middle(day: Any) -> date:
    """A day, or the middle of a period, of a date fact."""
    if isinstance(day, dict):
        first, last = date.fromisoformat(day["du"]), date.fromisoformat(day["au"])
        return first + (last - first) / 2
    return date.fromisoformat(str(day))


def _label(question: Question, message: Message, context: Context) -> str:
    """The answer in its own words, when it settles no fact: the social worker reads it."""
    chosen = answers.chosen(question, message, context.today)
    return chosen.label if chosen else message.text


def answer_fact(dossier: Dossier, message: Message, context: Context) -> bool:
    """Take the message as the answer to the pending question of the catalogue. Returns False when it is not one."""
    question = context.catalogue.questions.get(dossier.ask or "")
    if question is None:
        return False
    told = answers.facts(question, message, context.today)
    if told is None:
        return False
    if told == answers.UNKNOWN:
        dossier.inconnus += [fact for fact in question.fills if fact not in dossier.inconnus]
        return True
    assert isinstance(told, dict)
    if told:
        learn(dossier, told, context)
    else:
        dossier.precisions[question.name] = _label(question, message, context)
    dossier.inconnus += [fact for fact in question.fills if fact not in dossier.inconnus]  # answered: never asked again
    return True

"""Every (question, interruption) pair: an answer, nothing forgotten, then the same question again or the documented exit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.catalog import load_catalogue
from bot.dialogue import asking
from bot.dialogue.etapes_demande import STEPS
from bot.dialogue.reply import Reply
from bot.dialogue.side import HANDLERS
from tests.helpers.dialogue import Talk

INTERRUPTIONS = {  # what may be said at any moment, as people type it
    "salutation": "bonjour",
    "remerciement": "merci beaucoup",
    "aide": "qu'est-ce que vous pouvez faire pour moi ?",
    "confidentialite": "qu'est-ce que vous faites de mes données ?",
    "dossier": "mon rsa est pas tombé ce mois-ci",
    "hors_sujet": "il va faire beau demain ?",
    "insulte": "vous êtes vraiment nuls",
    "info_service": "c'est quoi la différence avec l'assistante sociale du département ?",
    "orientation_externe": "où trouver une place en crèche ?",
    "info_offre": "ça dure combien de temps cet accompagnement ?",
    "contact": "c'est quoi le numéro de téléphone ?",
    "autre_langue": "hello, do you speak english please?",
    "pourquoi": "pourquoi vous demandez ça ?",
    "retour": "revenir à la question d'avant",
    "procedure_partenaire": "comment orienter une famille vers vous ?",
    "humain": "je veux parler à quelqu'un",
    "au_revoir": "au revoir",
    "arreter": "stop",
    "plus_tard": "je verrai ça plus tard",
    "recommencer": "on recommence à zéro",
    "suivi_demande": "où en est ma demande ?",
    "annuler_demande": "je veux annuler ma demande",
    "modifier_demande": "je veux changer le numéro de ma demande",
    "danger": "il est derrière la porte",
    "detresse": "je n'ai plus envie de vivre",
}
# Documented exits: what may be asked next instead of the pending question (None: nothing is asked any more).
EXITS: dict[str, set[str | None]] = {
    "au_revoir": {None},
    "arreter": {None},
    "plus_tard": {None},
    "recommencer": {"situation"},
    "suivi_demande": {"reference"},
    "annuler_demande": {"reference"},
    "modifier_demande": {"reference"},
    "danger": {"veut_rendez_vous"},
    "detresse": {"veut_rendez_vous"},
}
# In some journeys the same words mean something else, or are the answer.
EXITS_HERE: dict[tuple[str, str], set[str | None]] = {
    ("fait", "humain"): {"veut_rendez_vous"},  # a call is proposed, then the question comes back
    ("demande", "annuler_demande"): {None},  # the request being made, not one already sent
    ("resultat", "humain"): {"consentement", "accord_famille"},
    ("securite", "humain"): {"commune"},
    ("securite", "plus_tard"): {None},
    ("accueil", "dossier"): {"veut_rendez_vous"},  # « ce retard vous met-il en difficulté ? »
}
# « Comment orienter une famille ? » is not a side question there: it starts a journey.
STARTS = {
    ("allocataire", "procedure_partenaire"): {"audience"},
    ("partenaire", "procedure_partenaire"): {"commune"},
    ("agent", "procedure_partenaire"): {"commune"},
    ("partenaire", "contact"): {"commune"},  # a professional's contact points are those of one Caf
    ("agent", "contact"): {"commune"},
}
NUMBERS = {"danger": "3919", "detresse": "3114"}
ROLES = ("allocataire", "partenaire", "agent")
FACTS = {"nb_enfants_a_charge": 2, "separation": True}
CHAUNY_PLACE = {"nom": "Chauny", "departement": "02", "departement_nom": "Aisne", "territoire": "saint_quentin_chauny"}


def test_no_interruption_is_forgotten() -> None:
    """Every side act of the engine is tried below."""
    assert set(HANDLERS) <= set(INTERRUPTIONS)


def _fact_pending(name: str) -> Callable[[Talk], None]:
    """A state where this fact of the catalogue is asked, in the middle of an orientation."""

    def prepare(talk: Talk) -> None:
        dossier = talk.dossier
        dossier.caf, dossier.lieu = "aisne", dict(CHAUNY_PLACE)
        dossier.facts, dossier.situations = dict(FACTS), ["separation"]
        asking.ask_fact(Reply(dossier), name, talk.context)

    return prepare


def _place(talk: Talk) -> None:
    talk.say("je me sépare", "situation", situations=["separation"], heard={"separation": True})


def _territory(talk: Talk) -> None:
    heard = {"separation": True, "nb_enfants_a_charge": 2, "beneficiaire_rsa": False}
    talk.say("orienter une famille de Guise", "situation", situations=["separation"], mentions={"commune": "Guise"}, heard=heard)
    if talk.ask == "veut_rendez_vous":
        talk.choose("oui")


def _caf(talk: Talk) -> None:
    talk.say("je me sépare à Saint-Denis", "situation", situations=["separation"], mentions={"commune": "Saint-Denis"})


def _audience(talk: Talk) -> None:
    talk.say("comment orienter une famille ?", "procedure_partenaire")


def _detail(name: str, **other: str) -> Callable[[Talk], None]:
    return lambda talk: (talk.to_detail(name, **other), None)[1]


def _details(role: str) -> list[str]:
    """The details that a request of this audience asks for, its summary last."""
    return [*("telephone" if step == "coordonnee" else step for step in STEPS[role]), "confirmation"]


def _line(talk: Talk) -> None:
    talk.to_detail("confirmation").choose("modifier")


def _reference(talk: Talk) -> None:
    talk.say("où en est ma demande ?", "suivi_demande")


def _proof(talk: Talk) -> None:
    talk.say("RDV-7K3F-29QD", "suivi_demande")


def _safe(talk: Talk) -> None:
    talk.say("je n'en peux plus, je veux mourir", "detresse")


def _danger(talk: Talk) -> None:
    talk.say("il me frappe", "danger")


def _facts_asked(role: str) -> list[str]:
    return [name for name, question in load_catalogue().questions.items() if question.roles[role] and question.wording(role)]


@dataclass(frozen=True)
class State:
    """A question pending: who is asked, what, in which journey, and how to get there."""

    role: str
    ask: str
    kind: str  # fait, accueil, lieu, public, demande, suivi, resultat, securite
    prepare: Callable[[Talk], None]

    def __str__(self) -> str:
        return f"{self.kind}-{self.role}-{self.ask}"

    def reach(self) -> Talk:
        """A conversation where this question is pending."""
        talk = Talk(self.role)
        self.prepare(talk)
        assert talk.ask == self.ask, talk.text
        return talk


STATES = [
    State(*state)
    for state in [
        *[(role, name, "fait", _fact_pending(name)) for role in ROLES for name in _facts_asked(role)],
        *[(role, "situation", "accueil", lambda talk: None) for role in ROLES],
        *[(role, "commune", "lieu", _place) for role in ROLES],
        *[(role, "caf", "lieu", _caf) for role in ROLES],
        *[(role, "territoire", "lieu", _territory) for role in ("partenaire", "agent")],
        ("allocataire", "audience", "public", _audience),
        *[(role, name, "demande", _detail(name)) for role in ROLES for name in _details(role)],
        ("allocataire", "email", "demande", _detail("email", canal="email")),
        *[(role, "a_modifier", "demande", _line) for role in ROLES],
        *[(role, "reference", "suivi", _reference) for role in ROLES],
        *[(role, "telephone", "suivi", _proof) for role in ROLES],
        *[(role, "veut_rendez_vous", "resultat", lambda talk: (talk.to_result(), None)[1]) for role in ROLES],
        *[(role, "veut_rendez_vous", "securite", _safe) for role in ROLES],
        ("allocataire", "veut_rendez_vous", "securite", _danger),
    ]
]


def _allowed(state: State, act: str, talk: Talk) -> set[str | None]:
    """What may be pending after this interruption."""
    here = EXITS_HERE.get((state.kind, act))
    if here is not None:
        return {*here, state.ask} if act in {"humain", "dossier"} else here
    if act == "retour":
        return {"confirmation"} if state.ask == "a_modifier" else _before(talk, state)
    if (state.kind, act) == ("demande", "modifier_demande"):
        return {"a_modifier"} if state.ask == "confirmation" else {state.ask}
    if act == "danger" and state.role != "allocataire":
        return {"commune", "caf", "veut_rendez_vous", *load_catalogue().questions}  # the numbers, then the procedure
    exits = EXITS.get(act, {state.ask})
    starts = STARTS.get((state.role, act), set()) if act == "procedure_partenaire" or state.ask == "situation" else set()
    return exits | ({state.ask} if starts else set()) | starts


def _before(talk: Talk, state: State) -> set[str | None]:
    """What « retour » asks again: the last detail given, or the question answered last; the same question when there is none."""
    given = talk.dossier.donnees if state.kind == "demande" else [answer.get("ask", state.ask) for answer in talk.dossier.historique]
    return {given[-1]} if given else {state.ask}


@pytest.mark.parametrize("state", STATES, ids=str)
def test_any_interruption(state: State, sqlite_url: str) -> None:
    """From this question, each side act gets an answer, keeps the facts, and comes back to the question or takes its exit."""
    talk = state.reach()
    for act, words in INTERRUPTIONS.items():
        here = talk.copy()
        allowed, facts, pending = _allowed(state, act, here), dict(here.dossier.facts), here.ask
        here.say(words, act)
        assert here.ask in allowed, f"« {words} » ({act}): {here.ask} instead of {allowed}\n{here.text}"
        assert here.says, f"« {words} » ({act}): silence"
        if here.ask == pending:
            assert here.responses, f"« {words} » ({act}): only the question again"
        if act not in {"recommencer", "retour"}:
            assert here.dossier.facts == facts, f"« {words} » ({act}) changed what is known"
            assert here.dossier.caf == talk.dossier.caf
        assert here.text.strip()
        assert NUMBERS.get(act, "") in here.texts[0], f"« {words} » ({act}): the numbers do not come first"
        assert not here.request, f"« {words} » ({act}) sent a request"


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_side_question_is_not_a_failure(state: State, sqlite_url: str) -> None:
    """Four side questions in a row do not use up the two tries of a question: the fifth message can still answer it."""
    talk = state.reach()
    for act in ("aide", "confidentialite", "pourquoi", "orientation_externe"):
        talk.say(INTERRUPTIONS[act], act)
        assert talk.ask == state.ask
    assert talk.dossier.essais == 0


def test_the_states_cover_every_question() -> None:
    """Each question of the catalogue and each other name of the contract is interrupted."""
    tried = {state.ask for state in STATES}
    asked = {name for name, question in load_catalogue().questions.items() if any(question.roles.values()) and question.wording("agent")}
    others = {"situation", "commune", "caf", "audience", "veut_rendez_vous", "consentement", "nom", "prenom", "canal", "telephone", "email"}
    more = {"territoire", "disponibilites", "numero_allocataire", "confirmation", "a_modifier", "reference", "accord_famille"}
    assert asked | others | more | {"partenaire_nom", "partenaire_structure", "partenaire_contact"} <= tried


# ---------------------------------------------------------------- news, corrections, silences

GIBBERISH = ("fdsqfdsq xcvb", "….", "")
ANSWERS = {"nom", "prenom", "partenaire_nom", "partenaire_structure"}  # any words are a name there: « fdsq » is taken as one


def _question(talk: Talk) -> str:
    """The question pending, as the person reads it."""
    return talk.texts[-1] if talk.ask else ""


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("words", GIBBERISH)
def test_a_question_is_worded_twice_then_given_up(state: State, words: str, sqlite_url: str) -> None:
    """What is not understood is asked in other words, then never a third time: a fact is left, a request ends with nothing stored."""
    talk = state.reach()
    first = _question(talk)
    if words and state.ask in ANSWERS:
        return
    talk.say(words, None, 0.9)
    if talk.ask == state.ask:
        assert _question(talk) != first, "the same words again"
        second = _question(talk)
        talk.say(words, None, 0.9)
        assert talk.ask != state.ask or _question(talk) not in {first, second}, f"a third time: {talk.text}"
    else:
        assert talk.dossier.detresse or _delicate(state), f"given up at once: {talk.text}"
    assert talk.text.strip()
    assert not talk.request


def _delicate(state: State) -> bool:
    """True for a question that grief or violence makes hard to ask twice."""
    question = load_catalogue().questions.get(state.ask)
    return question is not None and question.sensitivity >= 2


@pytest.mark.parametrize("state", STATES, ids=str)
def test_not_knowing_is_an_answer(state: State, sqlite_url: str) -> None:
    """« Je ne sais pas » never repeats the question in the same words, is nobody's name, and sends nothing."""
    talk = state.reach()
    first, given = _question(talk), list(talk.dossier.donnees)
    talk.say("je ne sais pas", "ne_sait_pas")
    assert talk.text.strip()
    assert talk.ask != state.ask or _question(talk) != first
    assert not talk.request
    if state.ask in ANSWERS:
        assert talk.dossier.donnees == given
    if state.kind == "fait":
        assert talk.ask != state.ask, "a fact not known is left unknown"


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_correction_is_heard_anywhere(state: State, sqlite_url: str) -> None:
    """An earlier answer corrected is changed, or the way to change it is said; nothing is sent and a wish is not refused by it."""
    talk = state.reach()
    talk.say("non en fait j'ai 3 enfants", "corriger", heard={"nb_enfants_a_charge": 3}, mentions={"nb_enfants": 3})
    assert talk.text.strip()
    assert not talk.request
    if state.kind in {"demande", "suivi"}:
        assert talk.dossier.facts.get("nb_enfants_a_charge") != 3, "a detail of the request is pending: the line is changed at the summary"
        assert talk.ask in {state.ask, "a_modifier"}
    elif state.ask not in {"enfants", "parent", "remuneration_mensuelle_nette"}:  # there « 3 enfants » answers or replaces the list itself
        assert talk.dossier.facts.get("nb_enfants_a_charge") == 3 or "enfants" in talk.dossier.facts
    if state.kind == "resultat":
        assert "utter_plus_tard" not in talk.responses


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_second_situation_is_kept(state: State, sqlite_url: str) -> None:
    """Another situation told in the middle is queued, acknowledged, and the conversation goes on."""
    talk = state.reach()
    talk.say("en plus mon loyer est impayé", "situation", situations=["impaye_loyer"])
    assert talk.text.strip()
    assert not talk.request
    known = {*talk.dossier.situations, talk.dossier.en_cours, *talk.dossier.traitees}
    assert "impaye_loyer" in known
    if state.kind in {"demande", "suivi"}:
        assert (talk.ask, talk.responses) == (state.ask, ["utter_situation_notee"])


def test_the_second_situation_comes_after_the_request(sqlite_url: str) -> None:
    """Told at the name, it waits: once the request is sent, it is looked at."""
    talk = Talk().to_detail("nom")
    talk.say("en plus mon loyer est impayé", "situation", situations=["impaye_loyer"])
    assert talk.ask == "nom"
    talk.say("Exemple").say("Camille").choose("telephone").say("06 39 98 00 01").choose("matin").choose("ne_sait_pas").choose("envoyer")
    assert "utter_situation_suivante" in talk.responses
    assert talk.dossier.situations == ["impaye_loyer"]

"""What stated facts imply, one rule after the other, and the pairs that cannot both be true."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.eligibility.dates import Period, earliest, latest
from bot.errors import FactError

# A date tells that its event happened.
EVENT_OF_DATE = {
    "date_separation": "separation",
    "date_declaration_separation": "separation_declaree_caf",
    "date_deces_conjoint": "deces_conjoint",
    "date_deces_autre_parent": "deces_autre_parent",
    "date_deces_enfant": "deces_enfant",
    "date_naissance_sans_vie": "enfant_ne_sans_vie",
    "date_signalement_arrivee_enfant": "arrivee_enfant_signalee_caf",
    "date_signalement_impaye": "impaye_signale_caf",
    "date_signalement_indecence": "logement_non_decent",
    "date_ouverture_droit_ajpp": "beneficiaire_ajpp",
    "date_ouverture_droit_aeeh": "beneficiaire_aeeh",
}
BENEFITS = ("beneficiaire_ajpp", "beneficiaire_aeeh", "beneficiaire_rsa", "partage_af_residence_alternee")
GROWN_UP = 16  # below it, a child of the home is always counted


class _Book:
    """Values being completed, and where each derived one comes from."""

    def __init__(self, stated: dict[str, Any]) -> None:
        self.stated, self.values = stated, dict(stated)
        self.because: dict[str, str] = {}

    def imply(self, fact: str, value: Any, source: str) -> None:
        """Set `fact` unless it is known; raise FactError when it is known otherwise."""
        if fact not in self.values:
            self.values[fact] = value
            self.because[fact] = source
        elif self.values[fact] != value:
            raise FactError(f"{self._said(fact)} contradicts {self._said(source)}")

    def _said(self, fact: str) -> str:
        origin = self.because.get(fact)
        value = self.values.get(fact, self.stated.get(fact))
        shown = f"{fact} {str(value).lower() if isinstance(value, bool) else value}"
        return f"{shown} (from {self._said(origin)})" if origin else shown


def derive(stated: dict[str, Any], today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """The stated facts with what they imply, in the order of the rules, and the origin of each derived fact. Raises FactError."""
    book = _Book(stated)
    for rule in (_expected_birth, _events, _separation, _pregnancy, _violence, _rsa, _benefits, _rent, _parent):
        rule(book, today)
    return book.values, book.because


def _expected_birth(book: _Book, today: date) -> None:
    birth = book.values.get("date_naissance")
    if birth is not None and earliest(birth) > today:
        del book.values["date_naissance"]
        book.imply("enfant_a_naitre", True, "date_naissance")


def _events(book: _Book, today: date) -> None:
    for day, event in EVENT_OF_DATE.items():
        if day in book.values:
            book.imply(event, True, day)


def _separation(book: _Book, today: date) -> None:
    values = book.values
    if values.get("separation_declaree_caf") is True:
        book.imply("separation", True, "separation_declaree_caf")
    if values.get("separation") is False:
        book.imply("separation_declaree_caf", False, "separation")
    event, declared = values.get("date_separation"), values.get("date_declaration_separation")
    if event is not None and declared is not None and latest(declared) < earliest(event):
        raise FactError(f"date_declaration_separation {_shown(declared)} contradicts date_separation {_shown(event)}: it comes before")


def _shown(day: date | Period) -> str:
    return f"{day.du} to {day.au}" if isinstance(day, Period) else str(day)


def _pregnancy(book: _Book, today: date) -> None:
    if book.values.get("enceinte") is True:
        book.imply("enfant_a_naitre", True, "enceinte")
    if book.values.get("enfant_a_naitre") is False:
        book.imply("enceinte", False, "enfant_a_naitre")


def _violence(book: _Book, today: date) -> None:
    if book.values.get("victime_violences_conjugales") is True:
        book.imply("victime_violences_intrafamiliales", True, "victime_violences_conjugales")
    if book.values.get("victime_violences_intrafamiliales") is False:
        book.imply("victime_violences_conjugales", False, "victime_violences_intrafamiliales")


def _rsa(book: _Book, today: date) -> None:
    if book.values.get("beneficiaire_rsa_majore") is True:
        book.imply("beneficiaire_rsa", True, "beneficiaire_rsa_majore")
    if book.values.get("beneficiaire_rsa") is False:
        book.imply("beneficiaire_rsa_majore", False, "beneficiaire_rsa")
        book.imply("referent_unique_rsa", False, "beneficiaire_rsa")


def _benefits(book: _Book, today: date) -> None:
    values = book.values
    for benefit in BENEFITS:
        if values.get(benefit) is True:
            book.imply("percoit_prestation_caf", True, benefit)
    for benefit in ("aide_logement", "prestation_conge_parental"):
        if values.get(benefit, "aucune") != "aucune":
            book.imply("percoit_prestation_caf", True, benefit)
    if values.get("percoit_prestation_caf") is True:
        book.imply("allocataire", True, "percoit_prestation_caf")


def _rent(book: _Book, today: date) -> None:
    values = book.values
    if values.get("statut_logement") == "accedant":
        book.imply("impaye_loyer", False, "statut_logement")
    for amount in ("nb_mois_impayes", "dette_loyer_euros"):
        if amount in values:
            book.imply("impaye_loyer", values[amount] > 0, amount)


def _parent(book: _Book, today: date) -> None:
    values = book.values
    if values.get("parent") is False and _parent_false_allowed(values):
        return
    if least_children(values) >= 1:
        source = next((name for name in ("nb_enfants_a_charge", "enfants") if values.get(name)), "beneficiaire_ajpp")
        book.imply("parent", True, source if source in values else "beneficiaire_aeeh")
    if values.get("enfants"):
        book.imply("parent", True, "enfants")
    if values.get("droit_de_visite", "aucun") != "aucun":
        book.imply("parent", True, "droit_de_visite")


def _parent_false_allowed(values: dict[str, Any]) -> bool:
    """A bereaved parent may say to have no child; a third person may bring up a child without being its parent."""
    return any(values.get(fact) is True for fact in ("deces_enfant", "enfant_ne_sans_vie", "tiers_recueillant"))


def children_right(values: dict[str, Any]) -> bool:
    """True when a right to AJPP or AEEH tells that there is a child à charge."""
    return values.get("beneficiaire_ajpp") is True or values.get("beneficiaire_aeeh") is True


def least_children(values: dict[str, Any]) -> int:
    """The fewest children à charge that the known facts allow; a stated number is kept."""
    if "nb_enfants_a_charge" in values:
        return int(values["nb_enfants_a_charge"])
    one = int(children_right(values))
    if "enfants" not in values:
        return one
    young = sum(child["age"] < GROWN_UP for child in values["enfants"])
    return min(max(young, one), len(values["enfants"]))


def most_children(values: dict[str, Any]) -> int | None:
    """The most children à charge that the known facts allow, None without bound."""
    if "nb_enfants_a_charge" in values:
        return int(values["nb_enfants_a_charge"])
    return len(values["enfants"]) if "enfants" in values else None


def check_numbers(values: dict[str, Any], ages_prevail: bool) -> None:
    """Raise FactError when the children counted, listed and paid for cannot be the same.

    `ages_prevail` (Isère): a number may differ from the list of ages, which is then the one read. A right to AJPP or AEEH tells of a child,
    but the right may outlive a child who died.
    """
    number, children = values.get("nb_enfants_a_charge"), values.get("enfants")
    if number is not None and children is not None and not ages_prevail:
        young = sum(child["age"] < GROWN_UP for child in children)
        if not young <= number <= len(children):
            raise FactError(
                f"nb_enfants_a_charge {number} contradicts enfants: between {young} and {len(children)} of them can be à charge"
            )
    if not children_right(values) or values.get("deces_enfant") is True:
        return
    right = "beneficiaire_ajpp" if values.get("beneficiaire_ajpp") is True else "beneficiaire_aeeh"
    if number == 0:
        raise FactError(f"nb_enfants_a_charge 0 contradicts {right} true, which counts as one child")
    if children == [] and not ages_prevail:
        raise FactError(f"enfants [] contradicts {right} true, which counts as one child")

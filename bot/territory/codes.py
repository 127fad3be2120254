"""Postal codes and numbers of départements written in a message, told apart from ages, amounts, dates and phone numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.territory.cafs import routing
from bot.territory.departements import code_of_number, code_of_postal
from bot.territory.gazetteer import gazetteer
from bot.territory.spelling import fold


@dataclass(frozen=True)
class CodeFound:
    """A code at start:end of a text. `sure` is False when only a place name next to it can tell that it is one."""

    start: int
    end: int
    departement: str
    postal: str | None = None
    sure: bool = True


# Figures that are never a place: mails, links, references, phones, dates, hours, decimals, percentages.
_NOT_A_PLACE = re.compile(
    r"\S+@\S+|https?://\S+|\bwww\.\S+|\brdv-\w+(?:-\w+)?"
    r"|(?:\+33|\b0033|\b0)\s?\(?0?\)?\s?[1-9](?:[\s.-]?\d\d){4}\b|\b\d\d(?:[ .-]\d\d){3,}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b|\b\d{1,2}\s?[h:]\s?\d{0,2}\b|\d+[.,]\d+|\d+\s?%"
    r"|\b\d{6,}\b"
)
_UNITS = (
    "euros?|e|eur|balles|km|kg|g|cm|m2|m²|metres?|habitants|fois|ans?|mois|jours?|j|semaines?|heures?|minutes?|min|enfants?|enf|gosses|gamins"
    "|personnes?|pers|factures?|loyers?|pieces?|pour cent|pourcent|et demi|eme|er"
)
_STREETS = "bis|ter|rue|avenue|av|bd|bld|boulevard|chemin|allees?|impasse|place|route|cours|quai|square|residence|cite|lotissement"
_MONTHS = "janv(?:ier)?|fev(?:rier)?|mars|avril|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?"
_MORE_FIGURES = r"au \d|ou \d|a \d|et \d|, ?\d|-\s?\d|/|\d"
_FOLLOWED_BY_UNIT = re.compile(rf"\s*(?:(?:{_UNITS}|{_STREETS}|{_MONTHS})\b|m²|{_MORE_FIGURES})")
_POSTAL = re.compile(r"(?<![\w.,+-])(\d{2})( ?)(\d{3})(?![\w%])")
_MONEY_BEFORE = re.compile(
    r"(?:dettes?|dois|doit|gagne|salaire|revenus?|touche|percois|montant|somme|paye|numero|n°|dossier|allocataire|matricule)"
    r"(?: \w+){0,2} ?:? ?$"
)
_NUMBER = re.compile(r"(?<![\w.,/+-])(?:(?P<word>caf|dpt|dept|dep) ?)?(?P<number>9[-. ]3|2[ab]|97[1-8]|98[4678]|\d\d)(?![\w%]|[.,:]\d)")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:dans|ds) le|\b(?:departements?|dept|dpt|dep)\.?(?: (?:n°|numero|du|le))?|\bcaf (?:du|de|dans le|sur le)|\bcaf"
    r"|\b(?:habite|habitons|vis|vit|vivons|reside|loge|suis|est|sommes|es|dossier|famille|allocataires?|dame|mere|mutation|secteur)"
    r" (?:du|le|ds le|dans le|sur le)"
    r"|^en|\b(?:habite|habitons|vis|vit|vivons|reside|loge|suis|est|sommes|famille|allocataires?|dossier|caf|mutation|demenag\w+) en"
    r"|\b(?:mon|notre|code|numero de) departement (?:est |c'est |: ?)?(?:le )?) ?:?$"
)
_ARTICLE_BEFORE = re.compile(r"\b(?:le|du|sur le|au) $|\ble$")
_NEVER_AFTER = re.compile(
    r"(?:\b(?:a|de|en|depuis|moins|plus|environ|reste|touche|gagne|ai|as|avais|avait|donne|dois|doit|coute|verse|recu|paye|payer|loyer|dette"
    r"|tel|telephone|bus|ligne|n°|numero|pese|taille|article|annees?|pointure|vers|avant|apres|jusqu'?\s?au|d'ici le"
    r"|chambre|appt?|appartement|bat|batiment|etage|porte|il y a|presque|bientot|avec|ses|mes|et|ou|soit|total) |\d[ ,.-]?)$"
)
_TELEGRAPHIC = re.compile(
    r"\b(?:enf|enfants?|rsa|apl|als|alf|aah|ajpp|famille|dossier|alloc|allocataire|separation|sep|couple|naissance|impayes?(?: \d+ mois)?"
    r"|deuil|veufs?|veuves?|vacances)"
    r"[ ,./-]*$"
)
OLDEST = 64
_ADULT_AGE = re.compile(r"\b[1-6]\d ?(?:ans?|a)\b")
FIRST_NUMBER_NO_DATE = 32  # « le 93 » is no day of a month


_ONE_LETTER = str.maketrans("œŒæÆ€", "eEeEe")  # folded as one character; the euro sign reads as the unit « e »


def _masked(text: str) -> str:
    """Folded text of the same length, figures that are never a place replaced by `#`."""
    same_length = text.translate(_ONE_LETTER)
    return _NOT_A_PLACE.sub(lambda found: "#" * len(found.group()), fold(same_length))


def _postal_codes(text: str) -> list[CodeFound]:
    found = []
    for match in _POSTAL.finditer(text):
        postal = match[1] + match[3]
        cedex = "cedex" in text[match.end() : match.end() + 40]
        known = postal in gazetteer().by_postal
        departement = code_of_postal(postal)
        if departement is None or _FOLLOWED_BY_UNIT.match(text, match.end()) or _MONEY_BEFORE.search(text[: match.start()]):
            continue
        before = text[: match.start()].rstrip(" :,(")
        spaced_is_code = not match[2] or match[1][0] == "0" or before.endswith(("postal", "cp", " a")) or not before or cedex
        if spaced_is_code and (known or cedex or not match[2]):
            rows = gazetteer().by_postal.get(postal, [])
            departement = gazetteer().departement(rows[0]) if rows else departement
            found.append(
                CodeFound(match.start(), match.end(), departement, postal, sure=known or cedex or before.endswith(("postal", "cp")))
            )
    return found


def _sure(number: str, code: str, text: str, start: int, word: str | None) -> bool:
    """True when what precedes the number says that it is a département, or when it can hardly be anything else."""
    before = text[:start]
    if word or _PLACE_BEFORE.search(before.rstrip()):
        return True
    if _ARTICLE_BEFORE.search(before):
        return not number.isdigit() or int(number) >= FIRST_NUMBER_NO_DATE
    plain = number.isdigit() and not number.startswith("0") and len(number) == 2 and int(number) <= OLDEST  # it could be an age
    if text.strip() == number:
        return not plain
    if _NEVER_AFTER.search(before) or code not in routing().caf_of_departement:
        return False
    # A professional's telegraphic line: « mme 28 ans 2 enf 93 ». An age is never written 02, rarely above 64, and stated once.
    return not plain or not before.strip() or bool(_ADULT_AGE.search(text) or _TELEGRAPHIC.search(before))


def find_codes(text: str) -> list[CodeFound]:
    """Every postal code and every number that is or may be a département, in the order of the text."""
    masked = _masked(text)
    found = _postal_codes(masked)
    for code in found:
        masked = masked[: code.start] + "#" * (code.end - code.start) + masked[code.end :]
    for match in _NUMBER.finditer(masked):
        departement = code_of_number(match["number"])
        if departement is None or _FOLLOWED_BY_UNIT.match(masked, match.end()):
            continue
        sure = _sure(match["number"], departement, masked, match.start("number"), match["word"])
        if sure or not _NEVER_AFTER.search(masked[: match.start()]):
            found.append(CodeFound(match.start("number"), match.end(), departement, sure=sure))
    return sorted(found, key=lambda code: code.start)

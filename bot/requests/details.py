"""Contact details: one normaliser a field. A refusal is a code; its French is in domain.yml."""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum.fr import nir

from bot.errors import DetailError
from bot.requests.availability import clean_availability
from bot.requests.names import clean_name, fold

_EMAIL = re.compile(r"(?<![\w@.%+\-])[a-z0-9][a-z0-9._%+\-]*@(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,24}(?![a-z0-9@])")
_ALLOCATAIRE = re.compile(r"(?<!\d)(\d{7})(?!\d)")
_NIR = re.compile(r"(?<!\d)[12]\d{4}(?:\d|2[ab])\d{7}(?:\d{2})?(?!\d)", re.IGNORECASE)
_PAID_NUMBERS = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.TOLL_FREE, PhoneNumberType.UAN})
_YES = frozenset({"oui", "o", "ok", "d'accord", "yes", "vrai", "true", "1"})
_NO = frozenset({"non", "n", "no", "faux", "false", "0"})

LONGEST_EMAIL = 254
LONGEST_STRUCTURE = 120
CHANNELS = ("telephone", "sms", "email", "partenaire")


def normalise_phone(text: str) -> str:
    """The number in E.164, French unless it says otherwise. Raises DetailError: telephone_invalide, telephone_surtaxe."""
    found = list(phonenumbers.PhoneNumberMatcher(text, "FR", leniency=phonenumbers.Leniency.POSSIBLE))
    number = found[0].number if len(found) == 1 else None
    if number is None or not _dialable(number, found[0].raw_string):
        raise DetailError("telephone_invalide", "a phone number is malformed")
    if phonenumbers.number_type(number) in _PAID_NUMBERS:
        raise DetailError("telephone_surtaxe", "this phone number cannot be called back")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _dialable(number: phonenumbers.PhoneNumber, written: str) -> bool:
    """True for ten French digits or a valid foreign number. (The library knows no number in the ranges not yet given out.)"""
    if number.country_code != 33:
        return phonenumbers.is_valid_number(number)
    digits = re.sub(r"\D", "", written)
    return re.fullmatch(r"[1-9]\d{8}", str(number.national_number)) is not None and digits.startswith(("0", "33"))


def normalise_email(text: str) -> str:
    """The address in lower case. Raises DetailError email_invalide."""
    found = set(_EMAIL.findall(text.lower()))
    address = found.pop() if len(found) == 1 else ""
    if not address or len(address) > LONGEST_EMAIL or ".." in address or ".@" in address:
        raise DetailError("email_invalide", "a mail address is malformed")
    return address


def normalise_allocataire(text: str) -> str:
    """The seven digits, without the letter that may follow. Raises DetailError: nir_refuse, numero_allocataire_invalide."""
    compact = re.sub(r"[\s.\-]", "", text)
    if holds_nir(compact):
        raise DetailError("nir_refuse", "a social security number was given: it is never kept")
    found = _ALLOCATAIRE.findall(compact)
    if len(found) != 1:
        raise DetailError("numero_allocataire_invalide", "an allocataire number has seven digits")
    return found[0]


def holds_nir(text: str) -> bool:
    """True when `text` (spaces left out) holds a social security number, with or without its key."""
    return any(len(hit) == 13 or nir.is_valid(hit.upper()) for hit in _NIR.findall(re.sub(r"[\s.\-]", "", text)))


def normalise_contact(text: str) -> str:
    """A professional's mail address or phone number. Raises DetailError partenaire_contact_invalide."""
    try:
        return normalise_email(text) if "@" in text else normalise_phone(text)
    except DetailError:
        raise DetailError("partenaire_contact_invalide", "neither a mail address nor a phone number") from None


def normalise_channel(text: str) -> str:
    """How to reach the person, among CHANNELS. Raises DetailError canal_invalide."""
    folded = fold(text)
    for channel, words in (
        ("sms", "sms|texto"),
        ("email", "mail|courriel"),
        ("telephone", "tele?phone|appel|tel|rappel"),
        ("partenaire", "parten"),
    ):
        if re.search(rf"\b(?:e-?)?(?:{words})", folded):
            return channel
    raise DetailError("canal_invalide", f"a channel is one of {', '.join(CHANNELS)}")


def normalise_yes_no(field: str, text: str) -> str:
    """« oui » or « non ». Raises DetailError <field>_invalide."""
    folded = fold(text).replace("’", "'").strip(" .!")
    if folded in _YES or folded in _NO:
        return "oui" if folded in _YES else "non"
    raise DetailError(f"{field}_invalide", f"{field} is oui or non")


def _name(field: str, text: str) -> str:
    """A name. Raises DetailError <field>_invalide."""
    name = clean_name(text)
    if name is None or fold(name) in ("oui", "non"):  # an answer to another question is nobody's name
        raise DetailError(f"{field}_invalide", f"{field} is malformed")
    return name


def _availability(field: str, text: str) -> str:
    """Days, moments and hours. Raises DetailError disponibilites_invalide."""
    kept = clean_availability(text)
    if kept is None:
        raise DetailError("disponibilites_invalide", "no day, moment or hour was said")
    return kept


def _structure(field: str, text: str) -> str:
    """Name of a partner's service. Raises DetailError partenaire_structure_invalide."""
    cleaned = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not 2 <= len(cleaned) <= LONGEST_STRUCTURE or not any(c.isalpha() for c in cleaned) or holds_nir(cleaned) or "<" in cleaned:
        raise DetailError("partenaire_structure_invalide", "the name of the service is malformed")
    return cleaned


def _consent(field: str, text: str) -> str:
    """Version of the consent text that the person accepted. Raises DetailError consentement_invalide."""
    if not re.fullmatch(r"[\w.\-]{1,32}", text.strip()):
        raise DetailError("consentement_invalide", "consentement is the version of the text accepted")
    return text.strip()


NORMALISERS: dict[str, Callable[[str, str], str]] = {
    "nom": _name,
    "prenom": _name,
    "telephone": lambda _field, text: normalise_phone(text),
    "email": lambda _field, text: normalise_email(text),
    "numero_allocataire": lambda _field, text: normalise_allocataire(text),
    "canal": lambda _field, text: normalise_channel(text),
    "disponibilites": _availability,
    "message_vocal": normalise_yes_no,
    "accord_mail": normalise_yes_no,
    "accord_famille": normalise_yes_no,
    "partenaire_nom": _name,
    "partenaire_structure": _structure,
    "partenaire_contact": lambda _field, text: normalise_contact(text),
    "partenaire_suivi": normalise_yes_no,
    "consentement": _consent,
}

# What tells who the person is: never taken before consent.
IDENTIFYING = frozenset({"nom", "prenom", "telephone", "email", "numero_allocataire"})


def normalise(field: str, text: str) -> str:
    """The value of that field in its one form; normalising twice changes nothing. Raises DetailError (code <field>_invalide, or finer)."""
    normaliser = NORMALISERS.get(field)
    if normaliser is None:
        raise DetailError("champ_inconnu", f"unknown detail {field!r}; known: {', '.join(NORMALISERS)}")
    if len(text) > 500:
        raise DetailError(f"{field}_invalide", f"{field} is too long")
    return normaliser(field, text)

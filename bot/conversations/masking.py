"""Masks what identifies a person in a text that will be stored: phone, mail, NIR, allocataire number, bank account, names."""

from __future__ import annotations

import re

CONTACT_QUESTIONS = frozenset(
    {
        "nom",
        "prenom",
        "telephone",
        "email",
        "numero_allocataire",
        "reference",
        "disponibilites",
        "partenaire_nom",
        "partenaire_structure",
        "partenaire_contact",
    }
)  # their whole answer is masked

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[courriel]", re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\bat\b|arobase)\s?[\w-]+(?:\s?(?:\.|\bpoint\b)\s?[\w-]+)+", re.IGNORECASE)),
    ("[iban]", re.compile(r"\bFR\s?\d{2}(?:\s?[A-Z0-9]{4}){5}\s?[A-Z0-9]{3}\b", re.IGNORECASE)),
    (
        "[nir]",
        re.compile(
            r"(?<!\d)[1-478][\s.]?\d{2}[\s.]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{2})?(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("[téléphone]", re.compile(r"(?<!\d)(?:\+|00)(?:\d[\s.-]?){8,14}\d(?!\d)|(?<!\d)0[\s.-]?[1-9](?:[\s.-]?\d){8}(?!\d)")),
    ("[numéro]", re.compile(r"(?<!\d)\d(?:[ .-]?\d){6,}\s?[A-Z]?(?!\w)")),
)
_CIVILITY = r"m\.|mme|madame|monsieur"
_CALLED = r"je m['’ ]?appell?e|mon nom (?:c['’]est|est)|mon pr[ée]nom (?:c['’]est|est)"
_NAME = re.compile(rf"(?i)\b({_CALLED}|{_CIVILITY})\s+((?:[a-zà-ý][\w'’-]+\s?){{1,3}})")
_STREET = r"rue|avenue|av\.|boulevard|bd|chemin|impasse|all[ée]e|place|route|cit[ée]|square"
_ADDRESS = re.compile(rf"(?i)\b\d{{1,4}}\s?(?:bis|ter)?,?\s+(?:{_STREET})\s+[\w'’ -]{{2,40}}")


def mask(text: str) -> str:
    """The text with every identifying datum found replaced by its kind in square brackets."""
    for label, pattern in _PATTERNS:
        text = pattern.sub(label, text)
    text = _NAME.sub(lambda match: f"{match.group(1)} [nom] ", text)
    return _ADDRESS.sub("[adresse]", text)


def mask_answer(text: str, ask: str | None) -> str:
    """The text as it may be stored, knowing the question it answers: the answer to a contact question is masked whole."""
    return f"[{ask}]" if ask in CONTACT_QUESTIONS else mask(text)

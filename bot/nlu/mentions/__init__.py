"""What one message states, before any reasoning: numbers, ages, dates, benefits, debts, housing, phone, mail, place.

Only what is said is reported; a key not stated is absent. The parsers read French as it is typed: SMS, no accents, telegraphic notes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.nlu.contact_details import extract_mail, extract_phone
from bot.nlu.mentions.ages import extract_ages
from bot.nlu.mentions.arrears import extract_nb_mois_impayes
from bot.nlu.mentions.children import extract_nb_enfants
from bot.nlu.mentions.dates import extract_date
from bot.nlu.mentions.debts import extract_montant_dette
from bot.nlu.mentions.place import extract_place_mentions
from bot.nlu.mentions.prestations import extract_prestations
from bot.nlu.mentions.statements import extract_statements
from bot.nlu.reading import read
from bot.nlu.rules import FAMILY

__all__ = ["extract_mentions"]


def extract_mentions(text: str, today: date, audience: str = FAMILY) -> dict[str, Any]:
    """The mentions of a message, by name; dates in ISO form, amounts in euros, phones in E.164. `today` dates « il y a 3 mois »."""
    reading = read(text)
    single = {
        "nb_enfants": extract_nb_enfants(reading.text),
        "montant_dette": extract_montant_dette(reading.text),
        "nb_mois_impayes": extract_nb_mois_impayes(reading.text),
        "telephone": extract_phone(text),
        "email": extract_mail(text),
    }
    return {
        **{name: value for name, value in single.items() if value is not None},
        **extract_ages(reading.text, audience),
        **extract_date(reading, today),
        **extract_prestations(reading, audience),
        **extract_statements(reading.text, audience),
        **extract_place_mentions(text),
    }

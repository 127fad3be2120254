"""Properties of the parsers: phones in any writing, dates in any writing, nothing breaks on any text, and it stays fast."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.contact_details import extract_phone
from bot.nlu.heard import extract_heard
from bot.nlu.mentions import extract_mentions
from bot.nlu.mentions.date_hit import add_months
from bot.nlu.mentions.dates import extract_date
from bot.nlu.reading import read

TODAY = date(2026, 11, 22)
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
DAYS = st.dates(date(2015, 1, 1), TODAY)


@given(
    st.from_regex(r"[67][0-8][0-9]{7}", fullmatch=True),
    st.sampled_from(["", " ", ".", "-", "/", "  "]),
    st.sampled_from(["0", "+33", "0033", "+33 (0)"]),
)
def test_phone_in_any_writing(digits: str, gap: str, prefix: str) -> None:
    """However the pairs are set apart and whatever the prefix, the number is the same."""
    overseas = {"690": "590", "691": "590", "694": "594", "696": "596", "697": "596", "692": "262", "693": "262", "639": "262"}
    pairs = [digits[at : at + 2] for at in range(1, 9, 2)]
    written = f"mon numéro : {prefix}{digits[0]}{gap}{gap.join(pairs)}, merci"

    assert f"+{overseas.get(digits[:3], '33')}{digits}" == extract_phone(written)


@given(
    DAYS,
    st.sampled_from(["{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{d} {name} {y}", "{d} {NAME} {y}"]),
)
def test_day_in_any_writing(day: date, form: str) -> None:
    """A day with its year is read to the day."""
    name = MONTHS[day.month - 1]
    written = form.format(d=day.day, m=day.month, y=day.year, name=name, NAME=name.upper())

    assert day.isoformat() == extract_date(read(f"séparée depuis le {written}"), TODAY)["date"]


@given(DAYS)
def test_day_without_year_is_the_last_one(day: date) -> None:
    """A day said without its year is within the last twelve months."""
    found = extract_date(read(f"il est parti le {day.day} {MONTHS[day.month - 1]}"), TODAY)

    if found:  # the 29th of February has no last year
        assert TODAY - timedelta(days=366) < date.fromisoformat(found["date"]) <= TODAY


@given(st.integers(1, 36), st.sampled_from(["il y a {} mois", "depuis {} mois", "ça fait {} mois que", "ya {}mois"]))
def test_months_ago(months: int, form: str) -> None:
    """A number of months ago is the same day that many months back."""
    assert add_months(TODAY, -months).isoformat() == extract_date(read(form.format(months)), TODAY)["date"]


@given(st.text(max_size=300), st.sampled_from(["allocataire", "partenaire", "agent"]))
def test_any_text_is_read(text: str, audience: str) -> None:
    """No text breaks the parsers."""
    mentions = extract_mentions(text, TODAY, audience)

    assert extract_heard(text, mentions, TODAY, audience) is not None


def test_fast_enough() -> None:
    """Reading a message takes a few milliseconds at most (measured: about 1.5 ms for mentions and facts together)."""
    texts = [
        f"bonjour mon mari m'a quittée il y a {months} mois, g 2 enfants 4 et 7 ans, on habite à Chauny, je touche l'apl et dois 900 €"
        for months in range(3, 40)
    ]
    spent = []
    for text in texts:
        start = time.perf_counter()
        extract_heard(text, extract_mentions(text, TODAY), TODAY)
        spent.append(time.perf_counter() - start)

    assert statistics.median(spent) < 0.03

"""Contact details: one form a value, a code for each refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DetailError
from bot.requests.details import NORMALISERS, normalise


@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("telephone", "c'est le 06 39 98 00 01", "+33639980001"),
        ("telephone", "0033 6.39.98.00.01", "+33639980001"),
        ("telephone", "03 23 05 11 22", "+33323051122"),
        ("telephone", "+32 2 555 12 12", "+3225551212"),
        ("email", "Mon mail : Camille.EXEMPLE@Exemple.FR.", "camille.exemple@exemple.fr"),
        ("numero_allocataire", "n° 123 45 67 A", "1234567"),
        ("nom", "je m'appelle EXEMPLE", "Exemple"),
        ("nom", "de la tour", "De la Tour"),
        ("nom", "McDonald", "McDonald"),
        ("prenom", "jean-éric", "Jean-Éric"),
        ("prenom", "c’est Zoé", "Zoé"),
        ("canal", "par téléphone", "telephone"),
        ("canal", "e-mail", "email"),
        ("canal", "un texto", "sms"),
        ("message_vocal", "OUI", "oui"),
        ("partenaire_contact", "Modele@Exemple.fr", "modele@exemple.fr"),
        ("partenaire_contact", "03 23 05 11 22", "+33323051122"),
        ("disponibilites", "plutôt le mardi matin ou après 17h30", "mardi matin ou après 17h30"),
        ("disponibilites", "n'importe quand", "indifférent"),
        ("disponibilites", "le lundi apres midi", "lundi après-midi"),
    ],
)
def test_a_value_has_one_form(field, said, kept):
    """What people write in many ways is kept in one."""
    assert normalise(field, said) == kept


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("telephone", "12", "telephone_invalide"),
        ("telephone", "06 39 98 00 01 ou 06 39 98 00 02", "telephone_invalide"),
        ("telephone", "639980001", "telephone_invalide"),
        ("telephone", "0899 12 34 56", "telephone_surtaxe"),
        ("email", "camille@exemple", "email_invalide"),
        ("email", "a@b@c.fr", "email_invalide"),
        ("numero_allocataire", "12345678", "numero_allocataire_invalide"),
        ("numero_allocataire", "2 84 12 02 451 089", "nir_refuse"),
        ("nom", "<script>", "nom_invalide"),
        ("nom", "06 39 98 00 01", "nom_invalide"),
        ("prenom", "", "prenom_invalide"),
        ("disponibilites", "je ne sais pas", "disponibilites_invalide"),
        ("canal", "pigeon", "canal_invalide"),
        ("partenaire_contact", "moi", "partenaire_contact_invalide"),
        ("message_vocal", "peut-être", "message_vocal_invalide"),
        ("taille", "42", "champ_inconnu"),
    ],
)
def test_a_refusal_has_a_code(field, said, code):
    """A malformed value is refused with a code, and the message does not repeat it."""
    with pytest.raises(DetailError) as refusal:
        normalise(field, said)

    assert refusal.value.code == code
    assert not said or said not in str(refusal.value)


def test_a_story_does_not_slip_into_the_availability():
    """Only days, moments and hours are kept of what is said."""
    assert normalise("disponibilites", "le matin sauf mardi, mon mari rentre et me frappe le soir") == "matin sauf mardi et soir"


@given(st.sampled_from(sorted(NORMALISERS)), st.text(max_size=60))
def test_normalising_twice_changes_nothing(field, text):
    """Whatever is typed, the value kept is its own normal form, or it is refused cleanly."""
    try:
        kept = normalise(field, text)
    except DetailError:
        return
    assert normalise(field, kept) == kept


@given(
    st.lists(
        st.sampled_from(["lundi", "matin", "ou", "et", "apres 17h", "entre", "sauf", "9 h 30", "frappe", ","]), min_size=1, max_size=12
    )
)
def test_availability_is_stable(words):
    """Cleaning an availability again gives the same words."""
    try:
        kept = normalise("disponibilites", " ".join(words))
    except DetailError:
        return
    assert normalise("disponibilites", kept) == kept

"""Places from a commune, a postal code or a département."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.territory import find_places, sole_caf
from bot.territory.gazetteer import gazetteer


def found(**known: str) -> list[tuple[str, str]]:
    """Names and départements of the places found."""
    return [(place.nom, place.departement) for place in find_places(**known)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("saint quentin", "Saint-Quentin"),
        ("ST-QUENTIN", "Saint-Quentin"),
        ("l isle d abeau", "L'Isle-d'Abeau"),
        ("l’isle d’abeau", "L'Isle-d'Abeau"),
        ("blanc mesnil", "Le Blanc-Mesnil"),
        ("aulnay s/ bois", "Aulnay-sous-Bois"),
        ("aulnay s/s bois", "Aulnay-sous-Bois"),
        ("bourgoin", "Bourgoin-Jallieu"),
        ("chony", "Chauny"),
        ("sosson", "Soissons"),
        ("chateau thiery", "Château-Thierry"),
        ("Bobignie", "Bobigny"),
    ],
)
def test_a_commune_is_found_however_it_is_written(written: str, name: str):
    """Accents, hyphens, abbreviations, short names and typos lead to the official name."""
    assert [place.nom for place in find_places(written)] == [name]


def test_homonyms_of_several_departements_are_all_given():
    """« Saint-Denis » is in Seine-Saint-Denis, in La Réunion and elsewhere: the person must be asked."""
    places = find_places("st denis")

    assert {"93", "974", "11", "30"} == {place.departement for place in places}
    assert sole_caf(places) is None


def test_a_city_is_not_doubted_for_a_village_of_the_same_name():
    """Valence of the Drôme is meant, not the hamlets; Montreuil is the town of Seine-Saint-Denis."""
    assert found(commune="Montreuil") == [("Montreuil", "93")]


def test_the_departement_or_the_postal_code_settles_homonyms():
    """A département, by name or number, or a postal code, chooses among homonyms and short names."""
    assert found(commune="saint denis", departement="Seine Saint Denis") == [("Saint-Denis", "93")]
    assert found(commune="saint denis", code_postal="97400") == [("Saint-Denis", "974")]
    assert found(commune="épinay", departement="9-3") == [("Épinay-sur-Seine", "93")]


def test_a_commune_that_is_not_in_the_stated_departement_keeps_both_readings():
    """« Chauny, 93 »: the commune of Aisne and the département are both given, for the person to choose."""
    assert found(commune="Chauny", departement="93") == [("Chauny", "02"), ("Seine-Saint-Denis", "93")]


def test_an_old_name_keeps_its_name_and_leads_to_the_present_commune():
    """Pierrefitte-sur-Seine joined Saint-Denis in 2025; its agency is not said by the document, so none is given."""
    (place,) = find_places("Pierrefitte sur Seine")

    assert (place.nom, place.insee, place.caf, place.territoire) == ("Pierrefitte-sur-Seine", "93066", "seine_saint_denis", None)


@pytest.mark.parametrize(
    ("postal", "departement"),
    [("02300", "02"), ("02 300", "02"), ("20000", "2A"), ("20200", "2B"), ("97400", "974"), ("93009", "93"), ("75116", "75")],
)
def test_a_postal_code_gives_its_departement(postal: str, departement: str):
    """Five figures, spaced or not, Corsica and overseas, CEDEX by its first figures."""
    assert {place.departement for place in find_places(code_postal=postal)} == {departement}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Aisne", "02"),
        ("l'aisne", "02"),
        ("dans l'Isère", "38"),
        ("2", "02"),
        ("9-3", "93"),
        ("2a", "2A"),
        ("reunion", "974"),
        ("val doise", "95"),
    ],
)
def test_a_departement_is_found_by_name_or_number(written: str, code: str):
    """Names with or without article and accents, numbers with or without zero."""
    assert [place.departement for place in find_places(departement=written)] == [code]


@pytest.mark.parametrize(
    ("commune", "territoire"),
    [
        ("Laon", "laon_hirson"),
        ("Hirson", "laon_hirson"),
        ("Chauny", "saint_quentin_chauny"),
        ("Soissons", "soissons_chateau_thierry"),
        ("Tergnier", None),
        ("Vervins", None),
        ("Échirolles", None),
        ("Drancy", None),
    ],
)
def test_a_territory_is_given_only_where_the_document_names_the_commune(commune: str, territoire: str | None):
    """A mailbox is never guessed from the neighbourhood."""
    assert find_places(commune)[0].territoire == territoire


def test_a_homonym_elsewhere_gets_no_territory():
    """A commune named Vienne or Saint-Denis outside the département of the Caf has no territory of it."""
    assert {place.territoire for place in find_places("Saint-Denis") if place.departement != "93"} == {None}


def test_what_is_no_place_gives_nothing():
    """Nothing known, or a word that looks like no commune, gives no place."""
    assert find_places() == []
    assert find_places("xkcdqwv") == []
    assert find_places(departement="zorglub") == []


@given(st.integers(min_value=0, max_value=len(gazetteer().names) - 1))
def test_every_commune_is_found_by_its_name_and_departement(row: int):
    """Any name of the list, old ones included, is found again in its own département."""
    names = gazetteer()

    places = find_places(names.names[row], departement=names.departement(row))

    assert names.insee[row] in {place.insee for place in places}


@given(st.text(max_size=60))
def test_any_text_is_accepted(text: str):
    """No text makes the search fail."""
    find_places(text)
    find_places(code_postal=text, departement=text)

"""The data files: complete, in order, and consistent with the catalogue."""

from pathlib import Path

import pytest

from bot.errors import CatalogueError
from bot.territory.cafs import Routing, read_routing, routing
from bot.territory.gazetteer import FOLDER, gazetteer
from bot.territory.spelling import key_of, words_of

HEADER = {"caf": "exemple", "departements": ["75"], "territories": [{"id": "nord", "communes": ["Paris"]}]}


def test_the_list_is_whole_and_small():
    """All départements of metropolitan France and overseas, about 35,000 present communes, in less than 2.5 MB."""
    names = gazetteer()

    assert len(set(names.insee)) > 34_800
    assert {"01", "2A", "2B", "95", "971", "972", "973", "974", "976"} <= {names.departement(row) for row in range(len(names.names))}
    assert (FOLDER / "communes.tsv").stat().st_size < 2_500_000


def test_keys_made_in_one_pass_equal_those_made_one_by_one():
    """The quick way of folding the whole list gives the same keys as the one used on messages."""
    names = gazetteer()

    assert [name for name, key in zip(names.names, names.keys, strict=True) if key_of(name) != key] == []


def test_every_territory_names_a_commune_of_its_departement():
    """A misspelt commune in a Caf file would silently lose its territory."""
    names, route = gazetteer(), routing()

    assert route.caf_of_departement
    for departement, key in route.communes_with_territory():
        assert any(names.departement(row) == departement for row in names.rows(key)), key


def test_an_unlisted_departement_goes_to_the_other_cafs():
    """Every Caf without a file is `autre`."""
    assert Routing([HEADER]).caf("75") == "exemple"
    assert Routing([HEADER]).caf("59") == "autre"


def test_two_cafs_cannot_claim_a_departement():
    """The message names the département and both Cafs."""
    with pytest.raises(CatalogueError, match=r"75 already belongs to exemple"):
        Routing([HEADER, {**HEADER, "caf": "autre_exemple"}])


def test_a_folder_without_caf_is_refused(tmp_path: Path):
    """A wrong REPERE_CATALOG is said at once, not discovered as « every Caf is another one »."""
    with pytest.raises(CatalogueError, match="no Caf file"):
        read_routing(tmp_path)


def test_a_caf_is_data(tmp_path: Path):
    """A new file in the catalogue is enough to route its département and communes."""
    (tmp_path / "exemple.yml").write_text(
        'caf: exemple\ndepartements: ["60"]\nterritories:\n  - {id: creil, communes: [Creil]}\noffers: {}\n', encoding="utf-8"
    )

    route = read_routing(tmp_path)

    assert (route.caf("60"), route.territoire("60", "creil")) == ("exemple", "creil")


def test_abbreviations_are_written_in_full():
    """« st », « ste », « s/ » and « s/s » are the words they stand for."""
    assert words_of("St-Ouen s/ Seine") == ["saint", "ouen", "sur", "seine"]
    assert words_of("Ste Marie") == ["sainte", "marie"]
    assert words_of("aulnay s/s bois") == ["aulnay", "sous", "bois"]

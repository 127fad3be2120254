"""Rebuild data/territory/communes.tsv and departements.tsv from the package @etalab/decoupage-administratif.

Usage, in any folder outside the repository:
    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-6.0.0.tgz
    .venv/bin/python scripts/build_communes.py path/to/package

The data come from Insee (code officiel géographique, legal population) and La Poste (postal codes), under the Licence Ouverte;
see data/territory/README.md. Rows are sorted by INSEE code, so that a refresh gives a readable difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "data" / "territory"

# Letter of the column `sorte`: what the row is. Only present-day communes have postal codes and a population of their own.
# The arrondissements of Paris, Lyon and Marseille are left out: their postal codes are those of the city too.
SORTES = {"commune-actuelle": "", "commune-deleguee": "d", "commune-associee": "a"}


def departement_of(insee: str) -> str:
    """Code of the département that an INSEE code belongs to: two characters, three overseas."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def row_of(commune: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """insee (of the present commune), name, sorte, postal codes, population; raises ValueError when the codes disagree."""
    insee = commune.get("chefLieu") or commune["code"]
    if commune["departement"] != departement_of(insee):
        raise ValueError(f"{commune['nom']}: département {commune['departement']} is not in its code {insee}")
    postal = " ".join(commune.get("codesPostaux", []))
    return insee, commune["nom"], SORTES[commune["type"]], postal, str(commune.get("population", ""))


def commune_rows(communes: list[dict[str, Any]]) -> list[tuple[str, str, str, str, str]]:
    """Every row once, present communes before their old names; an old name equal to the present one is left out."""
    rows = sorted({row_of(commune) for commune in communes if commune["type"] in SORTES}, key=lambda row: (row[0], row[2], row[1]))
    present = {(insee, name) for insee, name, sorte, _, _ in rows if sorte == ""}
    return [row for row in rows if row[2] == "" or (row[0], row[1]) not in present]


def write(path: Path, header: str, rows: list[tuple[str, ...]]) -> None:
    """Write a tab-separated file with its header."""
    lines = [header, *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size / 1e6:.2f} MB")


def main() -> int:
    """Convert the package named on the command line; 2 on bad usage."""
    if len(sys.argv) != 2 or not (source := Path(sys.argv[1]) / "data").is_dir():
        print("usage: scripts/build_communes.py FOLDER (the unpacked package, which holds data/communes.json)", file=sys.stderr)
        return 2
    communes = json.loads((source / "communes.json").read_text(encoding="utf-8"))
    departements = json.loads((source / "departements.json").read_text(encoding="utf-8"))
    write(TARGET / "communes.tsv", "insee\tnom\tsorte\tcodes_postaux\tpopulation", commune_rows(communes))
    write(TARGET / "departements.tsv", "code\tnom", sorted((item["code"], item["nom"]) for item in departements))
    return 0


if __name__ == "__main__":
    sys.exit(main())

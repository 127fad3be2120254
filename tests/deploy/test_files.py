"""The files of deploy/ hold together: what can be checked without a container engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from bot import metrics
from bot.settings import SETTINGS
from tests.helpers.stack import ROOT

DEPLOY = ROOT / "deploy"
YAML = sorted([*DEPLOY.rglob("*.yml"), *DEPLOY.rglob("*.yaml")])
NAMES = {setting.name for setting in SETTINGS} | {"REPERE_ACTIONS_WEBHOOK"}


def documents(path: Path) -> list[dict]:
    """YAML documents of a file."""
    return [document for document in yaml.safe_load_all(path.read_text(encoding="utf-8")) if document]


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_every_file_is_yaml(path: Path) -> None:
    """No tab, no broken indentation."""
    assert documents(path)


@pytest.mark.parametrize("path", sorted(p for p in DEPLOY.rglob("*") if p.is_file()), ids=lambda path: path.name)
def test_settings_are_those_of_the_code(path: Path) -> None:
    """A setting misspelt there would be ignored in silence; and no secret is written there."""
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"REPERE_[A-Z_]+[A-Z]", text)) <= NAMES
    assert not re.search(r"(?m)^(REPERE_SECRET|POSTGRES_PASSWORD|REDIS_PASSWORD)=\S", text)


def test_figures_named_in_alerts_and_dashboard_exist() -> None:
    """An alert on a figure that nobody gives never rings."""
    given = {line.split()[2] for line in metrics.page().decode().splitlines() if line.startswith("# TYPE repere_")}
    given |= {name + suffix for name in given for suffix in ("_total", "_bucket", "_sum", "_count")}
    used = set()
    for name in ("alertes.yml", "tableau-de-bord.json"):
        used |= set(re.findall(r"\brepere_[a-z_]+", (DEPLOY / "observability" / name).read_text(encoding="utf-8")))
    assert len(used) > 8
    assert used <= given


def test_the_dashboard_is_json_with_its_panels() -> None:
    """Each panel asks something."""
    board = json.loads((DEPLOY / "observability" / "tableau-de-bord.json").read_text(encoding="utf-8"))
    assert all(panel["targets"] and panel["title"] for panel in board["panels"])


def test_containers_of_kubernetes_are_bounded_and_probed() -> None:
    """Limits, probes, no root, no writable system, no secret in clear."""
    workloads = [d for path in YAML if "kubernetes" in path.parts for d in documents(path) if d["kind"] in {"Deployment", "Job", "CronJob"}]
    assert len(workloads) >= 6
    for workload in workloads:
        spec = workload["spec"]["jobTemplate"]["spec"] if workload["kind"] == "CronJob" else workload["spec"]
        for container in spec["template"]["spec"]["containers"]:
            assert container["resources"]["limits"]["memory"], workload["metadata"]["name"]
            assert container["securityContext"]["readOnlyRootFilesystem"], workload["metadata"]["name"]
            if workload["kind"] == "Deployment":
                assert "livenessProbe" in container, workload["metadata"]["name"]
        if workload["kind"] == "Deployment":
            assert spec["template"]["spec"]["securityContext"]["runAsNonRoot"]


def test_the_light_image_has_what_its_parts_import() -> None:
    """Door, actions and jobs import nothing that light.txt leaves out, and never Rasa or TensorFlow."""
    import subprocess
    import sys

    code = (
        "import sys, actions.server, actions.forms, actions.opening, bot.door.app, bot.door.__main__, bot.jobs.__main__, bot.cli.migrate;"
        "print(*sorted({n.split('.')[0] for n, m in sys.modules.items() if 'site-packages' in (getattr(m, '__file__', '') or '')}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert not {"rasa", "tensorflow", "spacy", "sklearn", "numpy"} & set(loaded)
    listed = (DEPLOY / "containers" / "light.txt").read_text(encoding="utf-8").lower()
    for module, package in {"sqlalchemy": "sqlalchemy", "rapidfuzz": "rapidfuzz", "stdnum": "python-stdnum", "yaml": "pyyaml"}.items():
        assert module not in loaded or package in listed

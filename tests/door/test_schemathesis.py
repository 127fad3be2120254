"""Schemathesis reads docs/openapi.yaml and tries what it can think of: valid and invalid calls, boundary values, unknown methods."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tests.helpers.door import Door
from tests.helpers.stack import ROOT

# /api/health says 503 here, where no action server runs: it is tried on the real processes.
schema = schemathesis.openapi.from_path(ROOT / "docs" / "openapi.yaml").exclude(path="/api/health")
FEW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.CHECKS.get_one("status_code_conformance"),
    schemathesis.checks.CHECKS.get_one("content_type_conformance"),
    schemathesis.checks.CHECKS.get_one("response_schema_conformance"),
    schemathesis.checks.CHECKS.get_one("negative_data_rejection"),
]


@pytest.mark.parametrize("known", [False, True], ids=["stranger", "person"])
@schema.parametrize()
@FEW
def test_the_door_answers_as_described(case: schemathesis.Case, door: Door, known: bool) -> None:
    """Whoever calls: a stranger, or the person whose conversation it is."""
    if known and "id" in case.path_parameters:
        door.open()
        case.path_parameters["id"] = door.id
        case.headers["Authorization"] = f"Bearer {door.token}"
    answer = door.client.request(**case.as_transport_kwargs(base_url=str(door.client.base_url)))
    case.validate_response(answer, checks=CHECKS)

#!/usr/bin/env bash
# Known faults of the locked packages. pip-audit lives in its own environment (.tools/audit): its dependencies must not touch ours.
# What scripts/audit_exceptions.txt lists is left out, each with its reason. A package that the index does not know of is a failure: nothing is
# passed over in silence (--strict).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .tools/audit/bin/pip-audit ]; then
  echo "→ installing pip-audit into .tools/audit"
  python3 -m venv .tools/audit && .tools/audit/bin/pip install --quiet --disable-pip-version-check "pip-audit>=2.7" \
    || { echo "repere: pip-audit could not be installed: check the network" >&2; exit 3; }
fi
ignored=()
while read -r id _; do [[ -z "$id" || "$id" == \#* ]] || ignored+=(--ignore-vuln "$id"); done < scripts/audit_exceptions.txt
exec .tools/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off --strict "${ignored[@]}"

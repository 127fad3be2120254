#!/usr/bin/env bash
# Break each part in the middle of conversations; writes docs/rapports/pannes.md.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python -m scripts.drill

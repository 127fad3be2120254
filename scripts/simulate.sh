#!/usr/bin/env bash
# Three hundred simulated conversations with a running assistant, and their report.
#   scripts/simulate.sh [http://127.0.0.1:8080] [300]
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python -m tests.conversation.simulate --server "${1:-http://127.0.0.1:8080}" --count "${2:-300}" \
  --report docs/rapports/simulation.md --verbose

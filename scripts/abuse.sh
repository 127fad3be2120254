#!/usr/bin/env bash
# 20,000 hostile messages against the real processes; writes docs/rapports/abus.md. ABUSE_MESSAGES=500 scripts/abuse.sh for a short run.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python -m scripts.abuse

#!/usr/bin/env bash
# Two hundred simulated people who write what must not be kept, on an assistant of this script's own, then a search of all it wrote.
#   scripts/privacy.sh [200]
set -euo pipefail
cd "$(dirname "$0")/.."
var=$(mktemp -d) port=${REPERE_PORT:-8080}
export REPERE_VAR=$var REPERE_PORT=$port REPERE_DATABASE_URL= REPERE_BURST_CONVERSATIONS=100000
.venv/bin/repere train
.venv/bin/repere start >"$var/processes.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$var"' EXIT
until curl -fs "http://127.0.0.1:$port/api/health" >/dev/null 2>&1; do
  kill -0 $server 2>/dev/null && [ $SECONDS -lt 600 ] || { cat "$var/processes.log"; exit 3; }
  sleep 1
done
.venv/bin/python -m tests.conversation.privacy --server "http://127.0.0.1:$port" --var "$var" --count "${1:-200}" --report docs/rapports/confidentialite.md

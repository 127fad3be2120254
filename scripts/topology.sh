#!/usr/bin/env bash
# The assistant scaled out on one machine without containers: PostgreSQL, Redis, nginx, 2 doors, 2 Rasa, 2 action servers, 2 jobs.
#   scripts/topology.sh [PORT]     Ctrl-C stops all of it; its data are removed
set -euo pipefail
cd "$(dirname "$0")/.."
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
missing=()
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "→ installing ${missing[*]}"
  as_root sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${missing[*]}" >/dev/null 2>&1 \
    || { echo "repere: install ${missing[*]} with your package manager, then run it again" >&2; exit 3; }
fi
exec .venv/bin/python -m scripts.topology "${1:-8080}"

#!/usr/bin/env bash
# Pass the tests: lint, types, catalogue, training data, training, then unit, conversation and browser tests.
# What cannot be installed here (browser, PostgreSQL…) is left out and named at the end; with CI=true that is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0 missing=()
say() { printf '\n→ %s\n' "$*"; }
step() { local name=$1; shift; say "$name"; "$@" || { echo "✘ $name"; failed=1; }; }

quietly() { local out; out=$("$@" 2>&1) || { printf '%s\n' "$out" | tail -40; return 1; }; }  # Rasa prints a hundred lines when all is well

stories() {  # what the policies predict, on the model just trained
  local model out code
  model=$($bin/python -c "from bot.running.model import trained_model; print(trained_model())") || return 1
  out=$(mktemp -d)
  RASA_TELEMETRY_ENABLED=false $bin/python -m rasa test core --model "$model" --stories tests/stories \
    --fail-on-prediction-errors --no-plot --out "$out"
  code=$?
  rm -rf "$out"
  return $code
}

. scripts/packages.sh
need() {  # need COMMAND PACKAGE PART: install the distribution's package when the command is absent
  present "$1" && return 0
  say "installing $2 (for $3)"
  fetch "$2" && return 0
  missing+=("$3 was not tested: install « $2 » with your package manager, then run make test again")
  return 1
}

step "lint" $bin/ruff check .
step "format" $bin/ruff format --check .
step "types" $bin/mypy
step "catalogue" $bin/repere offers check
step "training data" quietly $bin/python -m rasa data validate --max-history 1
step "training" quietly $bin/repere train
step "stories" quietly stories

marks=()
need chromium chromium "the browser part" || marks+=("not browser")
need initdb postgresql "the PostgreSQL part" || marks+=("not postgres" "not topology")
need nginx nginx "the topology part" || marks+=("not topology")
need redis-server redis-server "the topology part" || marks+=("not topology")
selection=$(printf '%s and ' "${marks[@]:-}" | sed 's/ and $//')
step "tests" $bin/python -m pytest -m "$selection" --durations=10

for line in "${missing[@]:-}"; do [ -n "$line" ] && echo "! $line"; done
[ "${CI:-}" = true ] && [ "${#missing[@]}" -gt 0 ] && failed=1
exit $failed

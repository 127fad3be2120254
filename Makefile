# Two commands are enough: `make start` runs the assistant, `make test` passes its tests.
PORT ?= 8080
export REPERE_PORT = $(PORT)
export RASA_TELEMETRY_ENABLED = false
export SQLALCHEMY_SILENCE_UBER_WARNING = 1
export TF_CPP_MIN_LOG_LEVEL = 3

.PHONY: privacy scripts simulation nlu help start test install install-dev lint lock bench drill abuse topology audit lighthouse captures

help:            ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

start: install   ## install what is missing, then run everything (PORT=8080); Ctrl-C stops it
	@.venv/bin/repere start

test: install-dev  ## lint, types, catalogue, training, then unit, conversation and browser tests
	@scripts/test.sh

install:
	@scripts/bootstrap.sh run

install-dev:
	@scripts/bootstrap.sh dev

lint: install-dev  ## ruff and mypy
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

scripts: install-dev  ## the scripted conversations on the real processes
	@.venv/bin/repere train && .venv/bin/python -m pytest tests/conversation/test_scripts.py

simulation: install-dev  ## simulated people on the real processes
	@.venv/bin/repere train && .venv/bin/python -m pytest tests/conversation/test_simulation.py

privacy: install-dev  ## planted personal data, then a search of everything written, into docs/rapports/confidentialite.md (some minutes)
	@scripts/privacy.sh 200

nlu: install-dev  ## figures of the understanding on the independent set
	@.venv/bin/repere train && .venv/bin/python scripts/nlu_report.py

lock:            ## resolve requirements again and write the two locks
	uv pip compile --python-version 3.10 --generate-hashes -q requirements.in -o requirements.lock
	uv pip compile --python-version 3.10 --generate-hashes -q requirements-dev.in -o requirements-dev.lock -c requirements.lock

lighthouse:      ## scores of the public pages of a running assistant (needs Node; optional)
	@scripts/lighthouse.sh http://127.0.0.1:$(PORT)

captures:        ## pictures of each state of the widget, from a running assistant, into docs/captures
	@.venv/bin/python -m scripts.captures http://127.0.0.1:$(PORT) docs/captures

bench: install-dev  ## time and memory beside plain Rasa, into docs/rapports/bench.md (half an hour; BENCH_SHORT=1 for a glance)
	@scripts/bench.sh

drill: install-dev  ## break each part in mid-conversation, into docs/rapports/pannes.md (ten minutes)
	@scripts/drill.sh

abuse: install-dev  ## 20,000 hostile messages, into docs/rapports/abus.md (ABUSE_MESSAGES=500 for a glance)
	@scripts/abuse.sh

topology: install-dev  ## two of each part behind nginx, on PostgreSQL and Redis, until Ctrl-C
	@scripts/topology.sh $(PORT)

audit:           ## known faults of the locked packages, but those that scripts/audit_exceptions.txt explains
	@scripts/audit.sh

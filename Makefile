PYTHON ?= python3
PORT ?= 8400
# One more than there are cores: a test waits for the browser, a database or the disk a third of its time.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
BIN := .venv/bin
CODE := bot commands sandbox tests bench
# What is imported is compiled once and kept, whatever the environment says: the suite alone starts 35 processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test install checks check faults strangers bench bench-quick lock format docs image-steps help

demo: install  ## everything offline on one port, and the bot against it
	@exec $(BIN)/python -m sandbox --port $(PORT)

test: checks  ## the whole suite
	@$(BIN)/python -m pytest -q -rs -n $(WORKERS) --dist worksteal

install: .venv/installed  ## the bot and its demo, without starting anything

checks: .venv/checks  ## what checks the bot, without checking anything

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hms-bot needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "1/3 A Python environment in .venv …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@echo "2/3 What the bot and its demo need, once: some 36 MB over the network …"
	@$(BIN)/python -m sandbox.demo.installing requirements.lock
	@echo "3/3 The bot itself …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/checks: .venv/installed requirements-dev.lock
	@echo "What checks the bot, once: 300 MB on disk …"
	@$(BIN)/python -m sandbox.demo.installing requirements-dev.lock
	@touch $@

check: checks  ## what every commit must pass
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.documents --check
	$(MAKE) --no-print-directory test

faults: checks  ## kills, freezes, database restarts
	$(BIN)/python -m pytest -q -n $(WORKERS) --maxschedchunk 1 tests/faults

strangers: checks  ## what nobody here wrote, from npm: 100ms's SDK for Node, Slack's types
	$(BIN)/python -m tests.strangers

image-steps: checks  ## what the Dockerfile does, as far as that goes without Docker
	$(BIN)/python -m tests.house.dockerfile

bench: checks  ## every benchmark beside its peers, the figures into docs/performance.md
	$(BIN)/python -m bench --write

bench-quick: checks  ## fewer rounds, some minutes
	$(BIN)/python -m bench --quick

format: checks  ## what a machine can tidy
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

docs: checks  ## the made pages and the message catalogue
	$(BIN)/python -m tests.house.documents

lock: checks  ## newest versions, with hashes and without addresses
	$(BIN)/python -m tests.house.lock

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile | expand -t 14

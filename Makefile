PYTHON ?= python3
PORT ?= 8400
# One more than there are cores: a test waits for the browser, a database or the disk a third of its time.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
BIN := .venv/bin
CODE := bot commands sandbox tests bench
# Compiling beforehand costs more than it saves: most of what is installed is never imported in one run. What is
# imported is compiled once and kept, whatever the environment says: the suite alone starts 35 processes.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile

.PHONY: demo test install check faults strangers bench bench-quick lock format docs image-steps help

demo: install  ## everything offline on one port, and the bot against it
	@exec $(BIN)/python -m sandbox --port $(PORT)

test: install  ## the whole suite
	@$(BIN)/python -m pytest -q -rs -n $(WORKERS) --dist worksteal

install: .venv/installed  ## only the environment

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hms-bot needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing into .venv, once: a minute or so."
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

check: install  ## what every commit must pass
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.documents --check
	$(MAKE) --no-print-directory test

faults: install  ## kills, freezes, database restarts
	$(BIN)/python -m pytest -q -n $(WORKERS) --maxschedchunk 1 tests/faults

strangers: install  ## what nobody here wrote, from npm: 100ms's SDK for Node, Slack's types
	$(BIN)/python -m tests.strangers

image-steps: install  ## what the Dockerfile does, as far as that goes without Docker
	$(BIN)/python -m tests.house.dockerfile

bench: install  ## every benchmark beside its peers, the figures into docs/performance.md
	$(BIN)/python -m bench --write

bench-quick: install  ## fewer rounds, some minutes
	$(BIN)/python -m bench --quick

format: install  ## what a machine can tidy
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

docs: install  ## the made pages and the message catalogue
	$(BIN)/python -m tests.house.documents

lock: install  ## newest versions, with hashes and without addresses
	$(BIN)/python -m tests.house.lock

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile | expand -t 14

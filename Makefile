PYTHON ?= python3
PORT ?= 8400
BIN := .venv/bin
CODE := bot commands sandbox tests bench

.PHONY: demo test install check faults bench bench-quick lock format docs

demo: install  ## everything offline on one port, and the bot against it
	@$(BIN)/python -m sandbox --port $(PORT)

test: install  ## the whole suite
	@$(BIN)/python -m pytest -q -n 2

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hms-bot needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

check: install  ## what every commit must pass
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.documents --check
	$(MAKE) --no-print-directory test

faults: install  ## kills, freezes, database restarts
	$(BIN)/python -m pytest -q tests/faults --faults

bench: install
	$(BIN)/python -m bench

bench-quick: install
	$(BIN)/python -m bench --quick

format: install
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

docs: install  ## the generated pages
	$(BIN)/python -m tests.house.documents

lock: install  ## newest versions, with hashes and without addresses; the image stops reading at the mark
	$(BIN)/python -m tests.house.lock

# The commands that everybody uses, on a bare Debian 12 with Python 3.11, git and make. `make` alone lists them.

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && command -v $$name && break; done)
BIN := .venv/bin
PORT ?= 8000
QUICK := -m 'not e2e and not slow and not server' --hypothesis-profile quick
CORE := tests/flows tests/answers tests/text tests/messages tests/config tests/test_indicators.py tests/scheduler/test_policy.py
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet --no-input

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick core check format e2e bench lock clean

help: ## This list
	@echo "Acompaña. Each command sets up what it needs in .venv by itself."
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## (.*)$$/  make \1\t\2/' | expand -t 16

setup: .venv/.installed ## Install everything into .venv (nothing happens when it is up to date)

demo: setup ## Start the whole program on a fresh database with a year of sample data (PORT=8000)
	$(BIN)/acompana demo --port $(PORT)

test: setup ## Run the tests, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest --numprocesses auto

quick: setup ## Run the tests that need no server and take no time, on SQLite, in under a minute
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(QUICK)

core: setup ## Run the tests that need no database, in a few seconds
	$(BIN)/python -m pytest --numprocesses auto $(QUICK) $(CORE)

check: setup ## Check format, lint, types, layers, dependencies and texts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry . --no-ansi
	$(BIN)/acompana texts check

format: setup ## Format the code and fix what the linter can fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

e2e: setup ## Run conversations against third-party emulators of Telegram and Twilio (needs Node)
	$(BIN)/python -m pytest -m e2e

bench: setup ## Measure the program beside libraries, servers and bare rows (half an hour)
	$(BIN)/python -m benchmarks

lock: setup ## Write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --all-extras --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header pyproject.toml --output-file requirements.lock

clean: ## Remove .venv, caches and builds; your data stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A folder that was moved or whose Python is gone holds an environment that no longer starts: it is made anew.
.venv/.locked: requirements.lock
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed. On Debian 12: sudo apt-get install python3 python3-venv" >&2; \
		echo "Where it has another name: make setup PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv
	@echo "Installing the pinned packages into .venv (a minute or two the first time) …"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

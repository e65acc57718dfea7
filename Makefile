# Everything this project does from a shell. `make help` lists it.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
BENCH_STAMP := $(VENV)/.installed-bench
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long lint format bench screenshots lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(RUN_STAMP) ## install what the newsroom needs into .venv

run: $(RUN_STAMP) ## a newsroom to try on http://127.0.0.1:8000 (PORT=, HOST= and any DEPECHE_ setting)
	@exec $(BIN)/depeche demo --host "$(HOST)" --port "$(PORT)"

test: $(DEV_STAMP) ## the tests, in under ten minutes (REQUIRE_BROWSER=1: a missing Chromium is a failure)
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "not long" -q

test-long: $(DEV_STAMP) ## the long ones: soak, floods, kill loops
	$(PYTEST) -m long -q

lint: $(DEV_STAMP) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV_STAMP) ## put the code in its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(BENCH_STAMP) ## measure feeds, lists and our server beside nginx (python -m bench PART for one part)
	$(BIN)/python -m bench

screenshots: $(DEV_STAMP) ## the staff guides with pictures, in docs/screenshots (needs a Chromium)
	$(BIN)/python -m scripts.screenshots

lock: ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		--group build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		--group build --group test --group lint pyproject.toml -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		--group bench -c requirements-dev.lock -o requirements-bench.lock

clean: ## take away .venv (never the data in var/)
	rm -rf $(VENV)

$(BIN)/python:
	@scripts/make-venv "$(PYTHON)" "$(VENV)"

$(RUN_STAMP): $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing into $(VENV)…"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.lock
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(BENCH_STAMP): $(DEV_STAMP) requirements-bench.lock
	@$(PIP) install --require-hashes --requirement requirements-bench.lock
	@touch $@

# Every command a newcomer needs; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export DO_NOT_TRACK := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
CODE := ingestion identity expectations orchestration dashboards returns tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo dashboards test test-fast lint format lock docs bench bench-defects clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.locked: requirements/dashboards.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: set PYTHON=/path/to/python3.11"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dashboards.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.locked-dev: $(VENV)/.locked requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.txt
	touch $@

.PHONY: parsed
parsed: $(VENV)/.locked
	$(BIN)/python -m orchestration.warehouse.parsed

setup: parsed ## make .venv from the hash-locked requirements, with the yidang command in it

setup-dev: $(VENV)/.locked-dev parsed ## the same, with what the tests need

demo: setup ## a synthetic street from five source systems to dashboards at a printed address
	$(BIN)/yidang demo $(ARGS)

test: setup-dev ## every test; installs Debian's Chromium and Mosquitto where it may
	bash tests/install_browser.sh
	bash tests/install_broker.sh
	$(BIN)/python -m tests.run all

test-fast: setup-dev ## unit and architecture tests, in under a minute
	$(BIN)/python -m tests.run fast

lint: setup-dev ## ruff, mypy, sqlfluff, import-linter
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint dbt_project/models --processes 2 --nocolor

format: setup-dev ## put the code in the house's form
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)
	$(BIN)/sqlfluff fix dbt_project/models --processes 2 --nocolor

lock: setup-dev ## lock the requirements again, with hashes and without any index
	for part in core dashboards dev bench; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate requirements/$$part.in -o requirements/$$part.txt; done

docs: setup ## the data dictionary and dbt's pages as files that open without a network, below build/docs
	$(BIN)/yidang docs $(ARGS)

bench: setup-dev ## a street of 40,000 dwellings, stage by stage
	$(BIN)/python -m benchmarks.street

bench-defects: setup-dev ## every kind of dirt planted into clean feeds, and which rule caught it (ARGS="--houses 2000 --seed 31")
	$(BIN)/python -m benchmarks.defects $(ARGS)

.venv-bench/.locked: requirements/bench.txt
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/bench.txt
	touch $@

.PHONY: bench-identity
bench-identity: .venv-bench/.locked ## who is who beside stock Splink, on public data and on a street (ARGS="--only febrl")
	.venv-bench/bin/python -m benchmarks.public $(ARGS)

clean: ## remove what the demo and the tools made
	rm -rf demo-data .ruff_cache .mypy_cache dbt_project/target dbt_project/logs

# Every target works on a fresh machine with Python 3.11 to 3.13 and nothing else (`samples` alone needs more).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=$(CURDIR)/constraints.txt $(BIN)/python -m pip install --quiet
SOURCES := cli rules analyzers corpora tests benchmarks training
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types imports coverage bench eval samples golden picture package clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else 1)' \
	  || { echo "mingcha needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "No virtual environment could be made; on Debian install python3-venv." >&2; exit 1; }
	@touch $@

$(VENV)/base: $(VENV)/python pyproject.toml constraints.txt
	@echo 'Installing into $(VENV) ...'
	@$(PIP) --editable .
	@# Start-up compiles every module again where the environment forbids to write what was compiled.
	@$(BIN)/python -m compileall -q cli/mingcha rules/mingcha_rules analyzers/mingcha_analyzers corpora/mingcha_corpora
	@touch $@

$(VENV)/dev: $(VENV)/base
	@$(PIP) --editable '.[dev]'
	@touch $@

demo: $(VENV)/base  ## install, then print the report of the careless sample
	@$(BIN)/mingcha check samples/apps/careless.apk --policy samples/policies/careless.zh.txt --fail-on never

test: $(VENV)/dev  ## install, then run every test
	$(BIN)/python -m pytest --numprocesses $(JOBS)

check: lint types imports test  ## what a change must pass

lint: $(VENV)/dev  ## format and lint
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

format: $(VENV)/dev  ## rewrite the sources in the house format
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

types: $(VENV)/dev  ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/dev  ## cli, rules, analyzers, corpora: one way down
	$(BIN)/lint-imports

coverage: $(VENV)/dev  ## tests with branch coverage
	$(BIN)/python -m pytest --numprocesses $(JOBS) --cov --cov-report=term

bench: $(VENV)/dev  ## timings, as ratios to a peer in the same run (of packages: make bench APKS="a.apk b.apk")
	$(BIN)/python -m benchmarks.commands
	$(if $(APKS),$(BIN)/python -m benchmarks.dex table $(APKS))

eval: $(VENV)/dev  ## accuracy on annotated policies, where they lie beside the checkout
	$(BIN)/python -m benchmarks.accuracy table

samples:  ## rebuild the sample apps (needs a JDK 17 and Debian's aapt, zipalign, apksigner)
	samples/apps/build.sh

golden: $(VENV)/dev  ## rewrite the golden reports; read the difference before you commit it
	$(BIN)/python -m pytest --numprocesses $(JOBS) --golden=write tests

picture: $(VENV)/base  ## rewrite the pictures of the report in docs/
	$(BIN)/python docs/picture.py

package: $(VENV)/dev  ## build the wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:  ## remove what these targets made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

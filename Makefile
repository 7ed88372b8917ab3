# Playpress in two commands: `make run` and `make test`. Both can be run again at any time.

PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= instance
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMMONMARK := mistletoe==1.6.0 # whose source carries the examples of the specification, which are not ours to ship

export PORT HOST DATA

.DEFAULT_GOAL := help
.PHONY: help run test check check-full release sbom audit bench format clean

help: ## show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## set everything up and serve the site; PORT=8123 DATA=folder to do it elsewhere
	@$(BIN)/flask --app wsgi init
	@echo "  Playpress is at http://$(HOST):$(PORT)   (Ctrl-C stops it)"
	@exec $(BIN)/gunicorn wsgi:app

test: $(VENV)/.dev ## every test that takes seconds
	@$(BIN)/python -m pytest

check-full: $(VENV)/.dev ## all that is done to the site on purpose, with what takes minutes
	@$(BIN)/python -m pytest tests/chaos -m ""

release: $(VENV)/.dev ## the longest of all tests, an hour or more, and a table of what they found
	@$(BIN)/python -m tests.chaos.release

sbom: $(VENV)/.run ## a software bill of materials: CycloneDX, as JSON
	@$(BIN)/python -m supply.bill

audit: $(VENV)/.run ## look up everything that is installed among known holes, at the index of packages
	@test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit && $(VENV)/audit/bin/pip install --quiet pip-audit; }
	$(VENV)/audit/bin/pip-audit --strict --path $(VENV)/lib/python3.*/site-packages

check: $(VENV)/.dev ## formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.dev ## measure against other systems, in one run
	$(BIN)/python -m benchmarks.style_transfer
	$(BIN)/python -m benchmarks.starts
	$(BIN)/python -m benchmarks.stylise --repeats 3
	$(BIN)/python -m benchmarks.detection
	$(BIN)/python -m benchmarks.feature_maps
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.counting
	$(BIN)/python -m benchmarks.previewing
	$(BIN)/python -m benchmarks.eta --replay
	$(BIN)/python -m benchmarks.search

format: $(VENV)/.dev ## put all code into its one form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the virtual environment, never the data
	rm -rf $(VENV)

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Playpress needs Python 3.11 or later. If it has another name here: make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (once; a few minutes) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: -d $(VENV)/commonmark $(COMMONMARK)
	@touch $@

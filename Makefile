# Bureau. `make help` lists what can be made; needs Python 3.11 or newer and make, nothing else.

PYTHON ?= python3

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test lint types layers pytest bench audit catalogues screenshots locks clean

# What is compiled is kept, whatever the environment says: else each of a hundred processes compiles it again.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PRODUCT := .venv/.has-product
TOOLS := .venv/.has-tools
WORDS := .venv/.has-words
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: $(PRODUCT) $(WORDS) ## the bureau on http://127.0.0.1:8000 with its demonstration (PORT=8001 for another port)
	@$(BIN)/python -m bureau.run

test: lint types layers pytest ## everything that a change must pass, with a real browser and a real PostgreSQL

lint: $(TOOLS) ## form and habits of the code and the templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates

types: $(TOOLS) ## mypy, strict
	$(BIN)/mypy

layers: $(TOOLS) ## who may import whom
	$(BIN)/lint-imports --no-logo --cache-dir .venv/.import-linter

pytest: $(TOOLS) $(WORDS) ## the tests alone (ARGS="tests/rotation -x" for some of them)
	@$(BIN)/python tests/tools/chromium.py
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(TOOLS) $(WORDS) ## the benchmarks, each a table; about twenty minutes (ARGS=board, ARGS="rota XS S" for some)
	@$(BIN)/python -m tests.bench $(ARGS)

audit: $(TOOLS) $(WORDS) ## the long checks with other people's programs, each a table (ARGS=readers for one)
	@$(BIN)/python -m tests.audit $(ARGS)

catalogues: $(TOOLS) ## take new words of the interface into translations/, for the translators
	$(BIN)/pybabel -q extract -F pyproject.toml -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
	  --add-location=file --sort-by-file --project=Bureau -o .venv/messages.pot .
	$(BIN)/pybabel -q update -i .venv/messages.pot -d translations --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete

screenshots: $(TOOLS) $(WORDS) ## the pictures of the README, taken from the demonstration bureau
	@$(BIN)/python tests/tools/chromium.py
	$(BIN)/python -m docs.tools.screenshots

locks: $(TOOLS) ## requirements*.txt from requirements*.in, at today's versions
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt

clean: ## remove the environment and the caches; data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

LOCK := $(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Bureau needs Python 3.11 or newer; name one with PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Python cannot make an environment here; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(PRODUCT): requirements.txt | $(BIN)/python
	@echo "Installing what the bureau runs on (about a minute, once) …"
	@$(BIN)/python -m pip install --disable-pip-version-check --no-compile --require-hashes -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing what a change is examined with (about a minute, once) …"
	@$(BIN)/python -m pip install --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.txt
	@touch $@ $(PRODUCT)

$(WORDS): $(CATALOGUES) | $(BIN)/python
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel -q compile -d translations; fi
	@touch $@

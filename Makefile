# Everything a fresh clone needs. `make demo` and `make test` each set up their own environment in .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq

# A stamp says that an installation is up to date; a change of pyproject.toml makes it anew.
BASE  := $(VENV)/.installed-base
TOOLS := $(VENV)/.installed-tools

DEMO := decide agreements/alliance.gov.md --record agreements/alliance.minutes \
	--action agreements/alliance-action.json --on 2026-03-10

.DEFAULT_GOAL := help
.PHONY: help demo test check docs differential bench bench-peers test-spark bench-spark tables clean

help:
	@echo "make demo    ask the alliance's agreement a question and show its answer"
	@echo "make test    run every check and every test"
	@echo "make test-spark    the tests of the audit on Spark (installs PySpark; needs Java 17)"
	@echo "make check   ruff and mypy only"
	@echo "make docs    build the documentation in site/"
	@echo "make differential N=1000000 SEED=7   compare all back ends on random agreements"
	@echo "make bench   measure speed and size"
	@echo "make bench-peers   decisions beside hand-written Python, Cedar, Casbin and CEL; logs beside SQL by hand"
	@echo "make tables  rebuild the shipped parse tables after a change of the grammar"
	@echo "make clean   remove everything that was built"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "govlang needs Python 3.11 or later; name one with: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(BASE): pyproject.toml | $(BIN)/python
	@$(PIP) -e .
	@touch $@

$(TOOLS): pyproject.toml | $(BIN)/python
	@$(PIP) -e '.[test,dev,docs]'
	@touch $@ $(BASE)

# The answer is "pending", which is exit code 3. Any other code is a failure of the demo.
demo: $(BASE)
	@echo '$$ $(BIN)/govlang $(DEMO)'
	@code=0; $(BIN)/govlang $(DEMO) || code=$$?; \
		if [ $$code -ne 3 ]; then echo "demo: expected exit code 3 (pending), not $$code" >&2; exit 1; fi

check: $(TOOLS)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

test: check
	@$(BIN)/python -m pytest

test-spark: $(TOOLS)
	@$(PIP) -e '.[test,spark]'
	@$(BIN)/python -m pytest tests/test_spark.py

docs: $(TOOLS)
	@$(BIN)/mkdocs build --strict

# So many decisions; ends with exit code 1 and a story at the first difference.
N    ?= 100000
SEED ?= 7
differential: $(TOOLS)
	@$(BIN)/python -m tests.differential --decisions $(N) --seed $(SEED)

bench: $(TOOLS)
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/compiled.py
	@$(BIN)/python benchmarks/replay.py 10,000
	@$(BIN)/python benchmarks/documents.py

# Our figure, the peers', the floor, the ratio: decisions first, then logs of decisions.
bench-peers: $(TOOLS)
	@$(PIP) -e '.[bench,audit]'
	@$(BIN)/python benchmarks/peers/run.py
	@$(BIN)/python -m benchmarks.columnar
	@$(BIN)/python -m benchmarks.raw_votes

bench-spark: $(TOOLS)
	@$(PIP) -e '.[audit,spark]'
	@$(BIN)/python -m benchmarks.spark

tables: $(TOOLS)
	@PYTHONHASHSEED=0 $(BIN)/python -m govlang.syntax.tables --write

clean:
	@rm -rf $(VENV) build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find govlang tests -name __pycache__ -type d -prune -exec rm -rf {} +

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint types layers check wheel bench clean

# Analyse the example answers, and review the bank of stories. On a fresh machine this makes .venv first.
demo: $(VENV)/.installed
	$(BIN)/star-analyzer analyze examples/*.md
	$(BIN)/star-analyzer bank examples/bank

# Run all tests.
test: $(VENV)/.dev
	$(BIN)/python -m pytest

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "star_analyzer needs Python 3.11 or newer; call: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install -q "pip>=25.1"
	$(BIN)/python -m pip install -q -e . --group dev
	touch $@

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

# Everything that must be green before a change is merged.
check: lint types layers test

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel --outdir dist

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Two commands do all: `make run` and `make test`. Only python3, make and venv are needed.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup setup-dev run test lint bench lock

setup: .venv/.run
setup-dev: .venv/.dev

.venv/.run: requirements.txt
	@echo "Setting up the environment (about a minute the first time)"
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: setup
	@$(BIN)/python manage.py run

test: setup-dev lint
	@$(BIN)/pytest

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/sqlfluff lint -q queries data/sources data/sample/many

bench: setup-dev
	@$(BIN)/python -m bench

lock:
	uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 requirements-dev.in -o requirements-dev.txt

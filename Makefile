# make demo, make test: each does all its own set-up. `make help` lists the rest.
.POSIX:
.DELETE_ON_ERROR:
PYTHON = python3
JOBS =
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
PATHS = timpora tests tools bench

help:
	@echo 'make setup             the environment in .venv (Python 3.11 or newer; PYTHON=… names one)'
	@echo 'make demo              an invented world to try; PORT=… and DATA=… may be given'
	@echo 'make test              checks, then every test: SQLite, PostgreSQL, browser'
	@echo 'make check             lint, format, layers, types, templates, security'
	@echo 'make bench             the figures of docs/figures.md'
	@echo 'make messages          compile the translations; make messages-extract finds new texts'

setup: .venv/dev messages

demo: .venv/runtime messages
	@exec $(BIN)/timpora demo

test: setup check
	@JOBS='$(JOBS)' exec $(BIN)/python -m tests.suite

check: .venv/dev
	@$(BIN)/ruff check --quiet $(PATHS)
	@$(BIN)/ruff format --check --quiet $(PATHS) || { echo 'make format puts the layout right.'; exit 1; }
	@$(BIN)/lint-imports --no-logo >.venv/layers 2>&1 || { cat .venv/layers; exit 1; }
	@DATA=.venv/check $(BIN)/mypy --no-error-summary
	@find timpora -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml timpora
	@echo 'Lint, format, layers, types, templates: all is well.'

format: .venv/dev
	@$(BIN)/ruff check --quiet --fix $(PATHS)
	@$(BIN)/ruff format --quiet $(PATHS)
	@find timpora -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

bench: setup .venv/bench
	@exec $(BIN)/python -m bench.run

messages: .venv/runtime
	@$(BIN)/python -m tools.messages compile

messages-extract: .venv/runtime
	@$(BIN)/python -m tools.messages extract

lock:
	@for name in runtime dev bench; do uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt; done

# Stamps: written only when the step went through, so an interrupted one is done again.
.venv/runtime: requirements/runtime.txt pyproject.toml tools/venv.sh
	@PYTHON='$(PYTHON)' sh tools/venv.sh
	@echo 'Installing what Timpora needs (once) …'
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/runtime
	@echo 'Installing the tools of the tests (once) …'
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

.venv/bench: requirements/bench.txt .venv/dev
	@echo 'Installing what the comparisons are measured beside (once) …'
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

clean:
	@rm -rf .venv *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find timpora -name '*.mo' -exec rm -f {} +

.PHONY: help setup demo test check format bench messages messages-extract lock clean

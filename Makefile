# make run    opens the page           make check   formatting, lint, types, tests
# make test   runs all tests           make evals   the quality figures
# make bench  times and memory         make schema  scenarios/schema.json, anew
# make demo-model   a scripted stand-in for a language model, to try that path without one
#
# PYTHON=…  the Python (3.11 or newer) that .venv is built with
# ARGS=…    is handed on, e.g. make run ARGS="--port 8000"

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ASKED := pyproject.toml constraints.txt

.PHONY: run test check evals bench schema demo-model

run: $(VENV)/installed
	$(BIN)/python app.py $(ARGS)

test: $(VENV)/installed-dev
	$(BIN)/python tests/browser.py
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict ipt_roleplay evals app.py
	$(MAKE) test

evals: $(VENV)/installed-dev
	$(BIN)/python -m evals.run_evals $(ARGS)

bench: $(VENV)/installed-dev
	$(BIN)/python -m evals.bench $(ARGS)

demo-model: $(VENV)/installed
	$(BIN)/python -m ipt_roleplay.testing.server $(ARGS)

# What editors check scenario files by; generated, so that it says what the program says.
schema: $(VENV)/installed
	$(BIN)/python -c "from ipt_roleplay import scenarios; print(scenarios.json_schema(), end='')" \
		> scenarios/schema.json

# A stamp tells what is installed, so that it happens again only when what is asked for changes.
$(VENV)/installed: $(ASKED)
	@echo "Installing (once, about two minutes) …"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(ASKED)
	@echo "Installing what the tests need too (once, about two minutes) …"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -c constraints.txt -e ".[dev]"
	@touch $(VENV)/installed $@

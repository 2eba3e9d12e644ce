# The commands of this project; the README explains them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check format screenshots bench clean

run: $(VENV)/.run-ready  ## Set up on first use and start on http://127.0.0.1:$(PORT)
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.test-ready  ## Run the whole suite; browser tests need a Chromium
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.test-ready  ## Format, lint, types, import lines
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy app.py pages data_access geo scripts
	$(BIN)/python -m pytest -q tests/test_import_line.py

format: $(VENV)/.test-ready  ## Bring the code into form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: $(VENV)/.test-ready  ## Make the README's pictures anew
	$(BIN)/python -m scripts.make_screenshots

bench: $(VENV)/.test-ready  ## Measure what a filter change and a large import cost
	$(BIN)/python -m scripts.measure_repaint
	$(BIN)/python -m scripts.measure_imports

clean:  ## Remove the environment; data stay
	rm -rf $(VENV)

$(VENV)/.run-ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] == (3, 11) else "Python 3.11 is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

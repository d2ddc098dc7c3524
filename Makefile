# make            set up, run every notebook in both languages into build/
# make test       the same set-up, then every test
# make lab        JupyterLab on the notebooks
# make refresh    store re-run outputs in notebooks/
# make lock       resolve the locked versions anew (needs uv)
# ENV=current     use the active environment (conda) instead of .venv

SHELL := /bin/bash
MATPLOTLIB_OLD := 3.9.4

ifeq ($(ENV),current)
PYTHON := python
READY :=
else
PYTHON := .venv/bin/python
READY := .venv/.ready
endif

.PHONY: all notebooks setup test test-engines lab refresh validate lint lock clean
.DEFAULT_GOAL := all

all: notebooks

setup: $(READY)

# A set-up that was interrupted leaves no .ready; it is started afresh, from pip's cache.
.venv/.ready: requirements.lock pyproject.toml
	@echo "Setting up .venv (once; about a minute) ..."
	@base=$$(for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done); \
	  [ -n "$$base" ] || { echo "Python 3.11 or later is needed"; exit 1; }; \
	  $$base -m venv $$([ -e $@ ] || echo --clear) .venv
	.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check -r requirements.lock
	.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@.venv/bin/python -c "import matplotlib.font_manager" 2>/dev/null
	@touch $@

notebooks: $(READY)
	$(PYTHON) -m helpers run

test: $(READY)
	$(PYTHON) -m pytest
	$(PYTHON) -m pytest --nbval -p no:cacheprovider notebooks
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

# Text and charts on the old text engine, in an environment of its own.
.venv-engines/.ready: requirements.lock pyproject.toml
	python3 -m venv --clear .venv-engines
	sed 's/^matplotlib==[^ ]*/matplotlib==$(MATPLOTLIB_OLD)/' requirements.lock > .venv-engines/constraints.txt
	.venv-engines/bin/python -m pip install --quiet --quiet --disable-pip-version-check \
	  -c .venv-engines/constraints.txt -e '.[test]'
	@touch $@

test-engines: .venv-engines/.ready
	.venv-engines/bin/python -m pytest -m engines

lab: $(READY)
	$(PYTHON) -m jupyterlab notebooks

refresh: $(READY)
	$(PYTHON) -m helpers refresh

validate: $(READY)
	$(PYTHON) -m helpers validate

lint: $(READY)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lock:
	uv pip compile --universal --python-version 3.11 --all-extras --no-header \
	  --annotation-style line pyproject.toml -o requirements.lock

clean:
	rm -rf build .venv .venv-engines

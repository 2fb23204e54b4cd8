# Each target works on a fresh machine with Python 3.11 or newer and make, and installs whatever else it needs:
# Python packages into .venv/, and for `make test` two browsers and two file checkers through apt if there is apt.
# PYTHON=... names the interpreter to use; otherwise it is the newest of those tested.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-cluster quick check lint format docs bench mutants clean

PYTHON =
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --constraint constraints.txt

# The tests start Python hundreds of times: keep compiled bytecode, even if that is switched off.
test quick: export PYTHONDONTWRITEBYTECODE =

help: ## List the targets
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | while IFS='|' read -r target text; do printf '%-14s %s\n' "$$target" "$$text"; done

demo: .venv/installed ## Build the graph of seeds/ into exports/, and say what to open
	@$(PY) -m graph build seeds --out exports
	@echo "  article-graph build YOUR-FOLDER"
	@echo
	@echo "The command article-graph is found after:  . .venv/bin/activate"

test: .venv/tested ## Run the tests
	@.ci/tools
	@$(PY) -m pytest -n 4 --dist worksteal # more processes than two cores, as many tests wait

test-cluster: .venv/tested ## Run the tests on Spark with two workers, one of which is killed; needs Java 17
	@.ci/debian openjdk-17-jre-headless || true
	@$(PY) -m venv .venv-spark
	@.venv-spark/bin/python -m pip --disable-pip-version-check --no-input install --quiet --constraint constraints.txt \
		setuptools hatchling editables
	@.venv-spark/bin/python -m pip --disable-pip-version-check --no-input install --quiet --no-build-isolation \
		--constraint constraints.txt --editable '.[spark]' pytest hypothesis playwright
	@.venv-spark/bin/python -m pytest -m spark tests/test_cluster_spark.py

quick: .venv/tested ## Run the tests that need neither a browser nor a server, without the slow ones: about two minutes
	@$(PY) -m pytest -m "not browser and not server and not slow" -n auto --maxprocesses 4 --dist worksteal

check: lint test ## Run every check: format, lint, types, architecture, tests

lint: .venv/tested ## Check format, lint and types, without running anything
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

format: .venv/tested ## Format the code, and fix what can be fixed automatically
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

docs: .venv/tested ## Regenerate the generated pages
	@$(PY) docs/make_api.py
	@$(PY) docs/make_check.py
	@$(PY) docs/make_cli.py
	@$(PY) docs/make_problems.py
	@$(PY) docs/make_recognised.py
	@$(PY) docs/make_vocabulary.py

bench: .venv/tested ## Measure time and memory beside a plain script and at growing sizes; BENCH=--quick for a first look
	@$(PY) -m benchmarks.run $(BENCH)

mutants: .venv/tested ## Break a few modules on purpose, in a copy, and list the faults that no test notices; takes hours
	@$(INSTALL) --no-build-isolation --editable '.[mutation]'
	@$(PY) -m mutmut run
	@$(PY) -m mutmut results

clean: ## Remove the environment, the caches and the built exports
	rm -rf .venv .venv-spark .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find exports -mindepth 1 ! -name .gitkeep -delete

# The stamps keep later runs quick: a target is made again only if its stamp is older than what it depends on.
.venv/installed: pyproject.toml constraints.txt
	@PYTHON='$(PYTHON)' .ci/environment .venv
	@echo "Installing article-graph into .venv"
	@$(INSTALL) editables hatchling
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/tested: .venv/installed
	@echo "Installing what the tests and checks use into .venv"
	@$(INSTALL) setuptools # pyspark-client is built from source
	@$(INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@

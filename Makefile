# Two commands do everything on a machine with Python 3.11 to 3.13 and make: `make run` and `make test`.
# Everything lives in .venv and in $SPARKIFY_HOME (default .sparkify); your own Prefect profile is not touched.

PYTHON ?= python3
SPARKIFY_HOME ?= $(CURDIR)/.sparkify
export SPARKIFY_HOME
export PREFECT_HOME = $(SPARKIFY_HOME)/prefect
export PREFECT_SERVER_ANALYTICS_ENABLED = false
export PYTHONDONTWRITEBYTECODE = 1

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: help home run test chaos lint up down bench lock clean
.DEFAULT_GOAL := help

help: ## Say what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-6s %s\n", $$1, $$2}'

run: $(READY) home ## Load a lake into a star schema on this machine, check it, and answer three questions
	@$(PY) -m embedded sample --if-empty
	@$(PY) -m flows.hourly
	@$(PY) -m flows.answers
	@echo "PostgreSQL and S3 go on running; to stop them: make down"

test: $(READY) home ## Pass the whole test suite
	@$(PY) -m pytest -n auto --dist worksteal

chaos: $(READY) home ## Kill and cut at every point of a run, and try thousands of random histories (two hours)
	@SPARKIFY_CHAOS=1 $(PY) -m pytest -n auto --dist worksteal tests/chaos $$(grep -l SPARKIFY_CHAOS tests/test_*.py)

lint: $(READY) ## Check style and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

up: $(READY) home ## Start the local stack with a Prefect server, its UI, a worker and the schedule
	@$(PY) -m deployments.local up

down: $(READY) ## Stop what these commands have started
	@$(PY) -m deployments.local down

bench: $(READY) home ## Measure everything that docs/performance.md tells, and write it anew (some hours)
	@for each in peers limit orchestration concurrency growth history round_trips copy_rate; do \
		echo "benchmarks.$$each" && $(PY) -m benchmarks.$$each || exit 1; done
	@$(PY) -m benchmarks.page

lock: ## Write the locked requirements anew from pyproject.toml (needs uv)
	@uv --version > /dev/null 2>&1 || { echo "make lock: uv is needed: pip install uv" >&2; exit 2; }
	@$(LOCK) --extra report -o requirements.txt
	@$(LOCK) --extra embedded --extra report --extra dev -o requirements-dev.txt

clean: ## Remove .venv and everything that was loaded
	@if [ -x $(PY) ]; then $(PY) -m embedded stop; fi
	@rm -rf $(VENV) "$(SPARKIFY_HOME)" .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

# The lock is whole, so nothing is resolved (--no-deps): pip's resolver looks beyond a lock for extras.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "error: Python 3.11, 3.12 or 3.13 is needed, and $(PYTHON) is %d.%d; try make PYTHON=python3.12" % v)'
	@rm -f $(READY)
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "installing the locked packages into $(VENV) (once, about a minute)"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

home:
	@mkdir -p "$(PREFECT_HOME)"

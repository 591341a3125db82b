PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
STAMP := $(VENV)/.installed
# Locks that go into autograder.zip under these names.
TEMPLATES := autograder/zips/templates
# Test files run side by side, one more than there are cores, since many tests wait; each runs its tests in their order.
CORES = $(shell $(BIN)/python -c "import os; print(os.cpu_count() or 1)")
WORKERS = $(shell expr $(CORES) + 1)
# uv trusts what the machine trusts, as pip does: a company's proxy may have a certificate of its own.
export UV_SYSTEM_CERTS ?= true
# Bytecode is kept: many tests start commands, which would compile the package anew, and each worker loads every test.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: all build wheel test quick test-plain test-containers test-images check coverage lock help clean

all: build

# The environment is made from the lock, with the pinned uv; pip only fetches uv.
$(STAMP): requirements/dev.txt $(TEMPLATES)/requirements.uv.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version)'
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(TEMPLATES)/requirements.uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

build: $(STAMP) ## make the environment, build and validate dist/student.zip and dist/autograder.zip (also: make)
	$(BIN)/autograder build --output dist

wheel: $(STAMP) ## build the package's wheel in dist/
	rm -f dist/*.whl
	$(BIN)/uv build --quiet --wheel --no-build-isolation --offline --python $(BIN)/python --out-dir dist

quick: $(STAMP) ## run the quick tests, with a sample of the corpus: a minute
	$(PYTEST) --quick

test: $(STAMP) ## run all tests
	$(PYTEST)

test-plain: $(STAMP) ## run all tests except those in containers
	$(PYTEST) -m "not docker"

test-containers: $(STAMP) ## run the tests in containers; they fail where there is no Docker engine
	REQUIRE_DOCKER=1 $(PYTEST) -m docker

test-images: $(STAMP) ## build images on other bases, too: a newer Python, and one that is fetched
	ALL_IMAGES=1 REQUIRE_DOCKER=1 $(BIN)/python -m pytest tests/entry/test_image.py

check: $(STAMP) ## check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: $(STAMP) ## run the tests that need no containers and report which lines and branches never ran
	$(BIN)/python -m tests.support.coverage.run

UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: ## compile the locks again; versions that are already locked stay
	$(UV_COMPILE) requirements/bootstrap.in -o $(TEMPLATES)/requirements.uv.txt
	$(UV_COMPILE) pyproject.toml requirements/dev.in -o requirements/dev.txt
	$(UV_COMPILE) requirements/image.in --excludes requirements/image-excludes.txt -c requirements/dev.txt -o $(TEMPLATES)/requirements.txt
	$(UV_COMPILE) requirements/written.in -c requirements/dev.txt -o $(TEMPLATES)/requirements.written.txt
	$(UV_COMPILE) assignment/requirements.txt -c requirements/dev.txt -o requirements/student.txt

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 \2/p' Makefile | awk '{printf "%s %-16s", $$1, $$2; $$1 = $$2 = ""; print substr($$0, 2)}'

clean: ## remove the environment, the zips and the wheel
	rm -rf $(VENV) dist build *.egg-info .coverage .coverage-lines /run/coverage-of$(subst /,-,$(CURDIR))

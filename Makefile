# make          create the environment, build and validate dist/student.zip and dist/autograder.zip
# make test     run all tests
# make check    lint, format and type checks
# make lock     compile the locks anew

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Locks that go into autograder.zip under these names.
TEMPLATES := autograder/zips/templates

.PHONY: all build test check lock clean

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

build: $(STAMP)
	$(BIN)/autograder build --output dist

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	$(UV_COMPILE) requirements/bootstrap.in -o $(TEMPLATES)/requirements.uv.txt
	$(UV_COMPILE) pyproject.toml requirements/dev.in -o requirements/dev.txt
	$(UV_COMPILE) pyproject.toml -c requirements/dev.txt -o $(TEMPLATES)/requirements.txt
	$(UV_COMPILE) assignment/requirements.txt -c requirements/dev.txt -o requirements/student.txt

clean:
	rm -rf $(VENV) dist build *.egg-info

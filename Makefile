# `make run` and `make test` are all there is to know. They need python3, python3-venv and make;
# Node, uv and the store come as Python packages into .venv, and a second run takes seconds.

# A server compiles 900 modules at each start where Python may not keep what it compiled.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
WEB := $(BIN)/python hatch_build.py npm
UV := UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv --quiet
UV_COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml

STATIC := server/etatyopoyta/static/index.html
WEB_SOURCES := $(shell find web/src web/public server/etatyopoyta/locales -type f 2>/dev/null) \
	web/index.html web/vite.config.ts web/package-lock.json hatch_build.py
PYTHON_SOURCES := server tests hatch_build.py $(wildcard benchmarks)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint pytest vitest chromium cc types demo soak bench dev web format lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: .venv/.installed $(STATIC)  ## install what is missing, build the app, serve
	$(BIN)/etatyopoyta serve

demo: .venv/.installed $(STATIC)  ## serve a desk with sample content
	$(BIN)/etatyopoyta demo

test: .venv/.dev $(STATIC)  ## everything: linters, types, unit tests, browser tests
	$(MAKE) --no-print-directory -j 2 -O lint vitest
	$(MAKE) --no-print-directory pytest

check: test  ## the same as test

lint: .venv/.dev $(STATIC)
	$(BIN)/ruff format --check $(PYTHON_SOURCES)
	$(BIN)/ruff check $(PYTHON_SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(WEB) run --silent check
	$(WEB) run --silent lint
	$(WEB) run --silent format:check

vitest: .venv/.dev
	$(WEB) run --silent test

pytest: .venv/.dev $(STATIC) chromium cc
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long" --ignore tests/journeys
	$(BIN)/pytest -n 3 --dist loadfile -m "not long" tests/journeys

soak: .venv/.dev $(STATIC) cc  ## every fault as often as promised: PART=store-kills COUNT=50 for some
	$(if $(PART),,$(BIN)/pytest -m long)
	PYTHONPATH=server:. $(BIN)/python -m tests.soak $(PART) $(if $(COUNT),--count $(COUNT))

bench: .venv/.dev $(STATIC) cc  ## measure beside the peers, write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

types: .venv/.installed  ## write the browser's wire types from the server's structs
	$(BIN)/python -m etatyopoyta.protocol.typescript web/src/lib/protocol.ts

web: .venv/.installed $(STATIC)  ## build the browser app

dev: .venv/.installed  ## the browser app with hot reload, beside a server on port 8000
	$(WEB) run dev

format: .venv/.dev  ## put every file into shape
	$(BIN)/ruff check --fix-only $(PYTHON_SOURCES)
	$(BIN)/ruff format $(PYTHON_SOURCES)
	$(WEB) run --silent format

lock: .venv/.dev  ## write both lock files anew after a change in pyproject.toml
	$(UV_COMPILE) --extra build -o requirements.lock
	$(UV_COMPILE) --all-extras -c requirements.lock -o requirements-dev.lock

clean:  ## remove what was built and installed
	rm -rf .venv web/node_modules benchmarks/built benchmarks/peers/node_modules \
		server/etatyopoyta/static dist build \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

# pip fetches uv by its hash in the lock, uv does the rest in a tenth of pip's time.
.venv/bin/uv: requirements.lock
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo 'Python has no ensurepip here. On Debian: sudo apt-get install python3-venv' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	touch $@

# The editable install leaves the app out: it is built by its own rule, so that a change in web/ installs nothing.
.venv/.installed: .venv/bin/uv requirements.lock pyproject.toml hatch_build.py
	$(UV) pip install --compile-bytecode --require-hashes -r requirements.lock
	SKIP_WEB=1 $(UV) pip install --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q server
	touch $@

.venv/.dev: .venv/.installed requirements-dev.lock
	$(UV) pip install --require-hashes -r requirements-dev.lock
	touch $@

$(STATIC): .venv/.installed $(WEB_SOURCES)
	$(BIN)/python hatch_build.py
	touch $@

# Debian's browser: Playwright's own would be one more download, from one more place.
chromium:
	@command -v chromium >/dev/null || if [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends chromium; \
	else \
		echo 'The browser tests need chromium: sudo apt-get install chromium' >&2; exit 1; \
	fi

# For the power cuts: a library of thirty lines stands below the store.
cc:
	@command -v cc >/dev/null || if [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends gcc libc6-dev; \
	else \
		echo 'Power cuts and measurements need a C compiler: sudo apt-get install gcc libc6-dev' >&2; exit 1; \
	fi

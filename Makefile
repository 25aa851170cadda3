# Oryndau's commands. `make setup`, `make run [PORT=8000]`, `make test [WORKERS=2]`, `make check`,
# `make prove [SIZE=full]`, `make bench`. Nothing here asks a question.

PORT ?= 8000
SIZE ?= ci
WORKERS ?= 2
PY := .venv/bin/python
READY := .venv/.ready
# Each worker has servers of its own; tests/platform/sharing.py says what stays on one of them.
SPREAD = -n $(WORKERS)

# The one-machine stack is a demo; a real office says ORYNDAU_DEMO=0 and gives its own addresses.
ORYNDAU_DEMO ?= 1
export ORYNDAU_DEMO
# An empty environment will do.
export PATH := $(or $(PATH),/usr/local/bin:/usr/bin:/bin)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: help setup run test check prove bench clean
.DEFAULT_GOAL := help

help:
	@sed -n '1,2s/^# //p' Makefile

setup: $(READY)-embedded $(READY)-words

run: setup
	@exec $(PY) -m embedded.supervisor --port "$(PORT)" --with-parent

test: $(READY)-dev $(READY)-words
	$(PY) -m pytest $(SPREAD) -m "not prove"

check: $(READY)-dev $(READY)-words
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PY) manage.py check
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py spectacular --validate --fail-on-warn --file .venv/openapi.yaml
	diff -u docs/openapi.yaml .venv/openapi.yaml
	$(PY) manage.py law_coverage --check
	$(PY) manage.py screen_words --check
	$(PY) -m djlint --lint --quiet templates

prove: $(READY)-dev $(READY)-words
	SIZE="$(SIZE)" $(PY) -m pytest $(SPREAD) -m prove

bench: $(READY)-dev $(READY)-words
	$(PY) -m benchmarks

clean:
	rm -rf .venv

# --- The virtual environment: made once, filled from the locked lists only when they change -------

$(READY)-venv:
	@/bin/sh ./embedded/make_venv.sh
	@touch $@

$(READY)-embedded: requirements/embedded.txt $(READY)-venv
	@echo "oryndau: installing the locked packages (a minute on a first run)"
	@/bin/sh ./embedded/install.sh requirements/embedded.txt
	@touch $@

$(READY)-dev: requirements/dev.txt $(READY)-embedded
	@echo "oryndau: installing what tests and checks need (a minute on a first run)"
	@/bin/sh ./embedded/install.sh requirements/dev.txt
	@touch $@

$(READY)-words: $(wildcard locale/*/LC_MESSAGES/*.po) $(READY)-embedded
	@echo "oryndau: compiling the translations"
	@$(PY) manage.py compile_translations
	@touch $@

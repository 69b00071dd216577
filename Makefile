# Everything starts from a fresh clone: each target first makes .venv ready (tools/bootstrap.py), which is quick when it is.
PYTHON ?= $(firstword $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p; done))
VENV := .venv/bin
HARD_MINUTES ?= 40
export HARD_MINUTES
# More words for pytest, such as: make test ARGS="-k vault"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run walk gallery a11y-trees test test-hard check bench lock messages wheel package release-check clean

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1 \2/p' Makefile | awk '{printf "  %s %-13s", $$1, $$2; $$1=$$2=""; print}'

define ready
	@test -n "$(PYTHON)" || { echo "Integrate needs Python 3.11 or newer, and none was found on this computer." >&2; exit 1; }
	@"$(PYTHON)" tools/bootstrap.py $(1)
endef

run: ## open the window; without a display: every screen as a picture in build/tour
	$(call ready,run)
	@$(VENV)/python tools/start.py

walk: ## show the main job on the terminal, in a temporary folder
	$(call ready,run)
	@$(VENV)/python tools/walk.py

gallery: ## every screen in every look as pictures in build/gallery; DESIGNS=FOLDER puts other pictures beside them
	$(call ready,run)
	$(VENV)/python tools/gallery.py build/gallery --all $(if $(DESIGNS),--designs "$(DESIGNS)")

a11y-trees: ## write what screen readers are told of each screen into tests/a11y/trees, to be looked at
	$(call ready,test)
	$(VENV)/python -m pytest -q tests/a11y -m "hard or not hard" --write-trees

# The house rules of tests/project are part of `make check`. Without bytecode, two workers and every program that a test
# starts would compile all of it again: it is kept here even where PYTHONDONTWRITEBYTECODE is set.
test: ## the tests, in under five minutes
	$(call ready,test)
	PYTHONDONTWRITEBYTECODE= $(VENV)/python -m pytest -n 2 --ignore tests/project $(ARGS)

test-hard: ## the long proofs; HARD_MINUTES (default 40) bounds them
	$(call ready,test)
	PYTHONDONTWRITEBYTECODE= $(VENV)/python -m pytest -n 2 -m hard --timeout 1800 $(ARGS)

check: ## import contracts, lint, format, types, house rules, messages
	$(call ready,check)
	$(VENV)/lint-imports --no-cache
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/python tools/messages.py --check
	$(VENV)/python -m pytest -q tests/project

bench: ## speed and size, each a ratio within the same run
	$(call ready,test)
	$(VENV)/python -m benchmarks $(ARGS)

lock: ## pin all dependencies anew, with hashes
	$(call ready,lock)
	$(VENV)/python tools/lock.py

messages: ## collect every visible sentence into resources/i18n
	$(call ready,test)
	$(VENV)/python tools/messages.py

wheel: ## build the sdist and, from it, the wheel, into dist/
	$(call ready,build)
	$(VENV)/python -m build --no-isolation

package: ## freeze the program into dist/package, with Python and Qt inside, and try it
	$(call ready,package)
	$(VENV)/python packaging/icon/render.py build/icons
	PYINSTALLER_CONFIG_DIR=build/pyinstaller $(VENV)/pyinstaller --noconfirm --log-level WARN \
	  --distpath dist/package --workpath build/package packaging/integrate.spec
	$(VENV)/python packaging/smoke.py dist/package/integrate build/package/pictures

release-check: ## what a person must have looked at before a release: the ages of the help lines
	$(call ready,run)
	$(VENV)/python tools/release_check.py

clean: ## remove what was made here: .venv, caches, dist
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find integrate tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Needs make and Python 3.11, 3.12 or 3.13; everything else is installed into .venv.
.DEFAULT_GOAL := help
.PHONY: help demo test check schema model clean

OUT ?= outputs
FITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$name >/dev/null 2>&1 && $$name -c '$(FITS)' 2>/dev/null && echo $$name && break; done)
PIP_INSTALL = .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: .venv/.installed ## convert the samples into outputs/ and show a summary
	.venv/bin/actionplan convert samples/*.pdf -o $(OUT)
	@echo
	@echo "Recommendations, actions and updates of all samples (more in $(OUT)/*.csv):"
	@for name in documents recommendations actions updates check; do \
		.venv/bin/python -c "import csv, sys; print(f'{sys.argv[1]:>18}.csv', sum(1 for _ in csv.reader(open(sys.argv[2], encoding='utf-8'))) - 1, 'rows')" \
		$$name $(OUT)/$$name.csv; done
	@echo "Look at one of them: .venv/bin/actionplan inspect samples/NAME.pdf"

test: .venv/.dev ## run all tests on all cores, with coverage
	.venv/bin/python -m pytest -n auto --dist loadfile --cov --cov-report=term

check: .venv/.dev ## lint, format, types, the walls between the rooms
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/mypy tests benchmarks
	PYTHONPATH=.typing .venv/bin/lint-imports --no-cache

schema: .venv/.installed ## write the JSON Schema from the model
	.venv/bin/python -m actionplan.schemas.json_schema schemas/plan.schema.json

model: .venv/.installed ## train the model for lead cells anew (four minutes)
	OMP_NUM_THREADS=1 .venv/bin/python -m training.leads

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "No Python 3.11, 3.12 or 3.13 found (python3 is $$(python3 -V 2>&1))."; \
		echo "Install one (https://www.python.org/downloads/, or your system's packages) and run"; \
		echo "    make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@rm -rf .venv; $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make environments; on Debian and Ubuntu: apt-get install python3-venv"; \
		exit 1; }

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(PIP_INSTALL) -e .
	@touch $@

.venv/.dev: .venv/bin/python pyproject.toml constraints.txt
	$(PIP_INSTALL) -e '.[dev]'
	@touch $@ .venv/.installed

clean: ## remove the environment and all caches
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage

# Everything an operator or a developer types. `make run` and `make test` need nothing but git, make and python3 with venv.
SHELL := /bin/bash
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup model run shell train check test bench bench-stock faults clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv and get the Dutch language model; the other commands do it themselves
	@scripts/setup.sh

model: setup ## get the Dutch language model once more (OUDERCHAT_SPACY_MODEL=<file> takes a local one)
	@$(PYTHON) -m bot.nlu.language_model

run: setup ## start the Ouderchat: trains when the data changed, prints the addresses, stops with Ctrl-C
	@$(PYTHON) -m bot run

shell: setup ## talk to it in the terminal (rasa shell, with the actions)
	@$(PYTHON) -m bot.launch.shell

train: setup ## train the model on the present data
	@$(PYTHON) -m bot train

check: setup ## look for mistakes without running anything: style, types, data, answers
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m bot inhoud controleer

test: setup ## every check and every test (BROWSER=no leaves out those that need a browser)
	@scripts/test.sh

bench: setup ## measure training, memory and time per message (PARENTS=500: so many at once, instead of 200)
	@$(PYTHON) -m bot.bench $(if $(PARENTS),--parents $(PARENTS))

bench-stock: setup ## the same for the configuration that rasa init writes
	@$(PYTHON) -m bot.bench --stock

faults: setup ## kill the processes of a running house one by one, and seek new examples for the tests that generate theirs
	@$(PYTHON) -m pytest -m faults -v -s
	@$(PYTHON) -m pytest --hypothesis-profile=search $$(grep -rl "^from hypothesis" tests --include='test_*.py')

clean: ## remove what can be made again; data, secrets (var) and .venv stay
	@rm -rf models results .rasa .cache/setup.log .cache/browser.log
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

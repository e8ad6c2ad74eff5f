.PHONY: help demo test check format bench

help:   ## show what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/: *## */\t/'

demo:   ## set everything up and see it work, without a token
	scripts/demo

test:   ## set everything up and run every check
	scripts/test

check: test

format: ## sort imports, format code, refresh the catalogues
	.venv/bin/ruff check --fix --select I .
	.venv/bin/ruff format .
	.venv/bin/python scripts/texts

bench:  ## measure; prints ratios against bare aiogram
	scripts/setup dev
	.venv/bin/python -m benchmarks

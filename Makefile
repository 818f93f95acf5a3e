# The two commands of the README are `make demo` and `make test`; both set up what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: all demo test lint docs pictures bench lock phrases clean

all: test lint

# A virtual environment with exactly the locked packages, then Qulaq itself, editable.
# Two installs, because pip refuses hashes together with an editable one.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Qulaq needs Python 3.11 or newer; name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)          ## the replica of the study: built, measured, reported (SERVE=0: do not serve)
	$(BIN)/qulaq demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(READY)          ## every test
	$(BIN)/python -m pytest

lint: $(READY)          ## format, rules, types, who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/reference/generate.py --check

docs: $(READY)          ## the generated pages of docs/reference
	$(BIN)/python docs/reference/generate.py

pictures: $(READY)      ## the README's pictures, from the demo's reports (needs Chromium)
	$(BIN)/qulaq demo --no-serve
	$(BIN)/python docs/images/picture.py qulaq-demo

bench: $(READY)         ## measured comparisons, written into docs/benchmarks.md
	$(BIN)/python -m bench

lock:                   ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra all --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock

clean:
	rm -rf $(VENV) qulaq-demo

CATALOGUES := src/qulaq/lang/catalogues

phrases: $(READY)       ## carry new phrases of the code into the catalogues, to be translated there
	$(BIN)/pybabel --quiet extract -k phrase -k phrases:1,2 -k said -k _n --no-location --no-wrap \
	  --omit-header -o $(CATALOGUES)/phrases.pot src/qulaq
	for language in kk ru; do \
	  $(BIN)/pybabel --quiet update --no-wrap --no-fuzzy-matching --ignore-obsolete -l $$language \
	    -i $(CATALOGUES)/phrases.pot -o $(CATALOGUES)/$$language.po && \
	  sed '/^"\(POT-Creation-Date\|PO-Revision-Date\|Last-Translator\|Language-Team\|Report-Msgid-Bugs-To\|Generated-By\)/d' \
	    $(CATALOGUES)/$$language.po > $(CATALOGUES)/phrases.pot.po && \
	  mv $(CATALOGUES)/phrases.pot.po $(CATALOGUES)/$$language.po; \
	done
	rm $(CATALOGUES)/phrases.pot

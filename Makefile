# The two commands of the README are `make demo` and `make test`; both set up what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: all demo test test-slow lint docs pictures bench spark spark-stop snapshots lock phrases clean

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

demo: $(READY)          ## the replica of the study: built, measured, reported, served (SERVE=0: do not serve)
	$(BIN)/qulaq demo $(if $(filter 0,$(SERVE)),--no-serve)

# A file of tests stays in one process: its tests share what they set up.
test: $(READY)          ## every test, in as many processes as there are cores (four at most)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# PySpark comes as source and builds itself with tools of its own. The extra and Java stay outside the locked environment: who has no cluster needs neither.
SPARK_READY := $(VENV)/.ready-spark
$(SPARK_READY): $(READY)
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"], sep="\n")' | \
	  $(BIN)/pip install --quiet -r /dev/stdin
	@touch $@

test-slow: $(READY)     ## the engines' tests on a cluster, where `make spark` once ran (QULAQ_ROUNDS=8: more corpora), and the server killed under load (QULAQ_KILLS=20)
	$(BIN)/python -m pytest -m slow

spark: $(SPARK_READY)   ## a Spark cluster on this machine, at sc://127.0.0.1:15002 (needs Java 17)
	$(BIN)/python -m bench.local_spark start

spark-stop: $(READY)    ## stop that cluster
	$(BIN)/python -m bench.local_spark stop

snapshots: $(READY)     ## renew the kept SQL of both engines (tests/engine/snapshots)
	$(BIN)/python tests/engine/compiled_sql.py

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

# Other libraries that are measured stay outside the locked environment. (Python's own pip may be too old to know groups.)
BENCH_READY := $(VENV)/.ready-bench
$(BENCH_READY): $(READY)
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["bench"], sep="\n")' | \
	  $(BIN)/pip install --quiet -r /dev/stdin
	@touch $@

bench: $(BENCH_READY)   ## measured comparisons, written into docs/benchmarks.md (with Spark where `make spark` once ran)
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

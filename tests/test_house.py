"""
The house rules that a program can check.

1.  Every phrase of the code is literal, so that it can be found and translated.
2.  Both catalogues hold every phrase and no other, in every plural form, with the same blanks.
3.  A translation is one: not the English again, not without the signs its language writes.
4.  Kazakh and Russian are written in their own letters, in catalogues, texts and settings.
5.  Built-in tables load, and each thing bears the key it is listed under.
6.  The family of errors is the one drawn at the head of its module.
7.  `qulaq --help` is quick: it loads no engine.
8.  What is shipped is whole, and says which version it is.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import shutil
import string
import subprocess
import sys
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import qulaq
from qulaq import errors
from qulaq.corpus.importers import IMPORTERS
from qulaq.corpus.schema import TABLES
from qulaq.indicators.notes import NOTES
from qulaq.indicators.table import INDICATORS
from qulaq.lang import Text, phrases

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "qulaq"
CATALOGUES = SOURCE / "lang" / "catalogues"
TRANSLATED = ("kk", "ru")

CALLS = {"phrase", "phrases", "said", "_n"}
# Where phrases are made: these hand on a template that somebody else wrote down.
MAKERS = {
    "lang/phrases.py": None,
    "cli/speech.py": None,
    "corpus/issues.py": 2,
    "survey/conversion.py": 2,
}
# The same in all languages, and why.
ALIKE = {
    "{file}: {note}": "only blanks",
    "n": "the sign of a number of cases in every language",
}
PLURAL_FORMS = {"kk": 2, "ru": 3}

ALPHABETS = {
    "kk": set("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"),
    "ru": set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
}
# X is the name of a network, where its API is meant.
LOOKALIKE = re.compile(r"\b(?!X API\b)[aceiopxyABCEHIKMOPTXY]\b")
WORD = re.compile(r"[^\W\d_]+")
HEAVY = ("duckdb", "ibis", "django", "pyarrow", "numpy", "altair")


# ── phrases ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Spoken:
    """
    A call that says something: where it stands and, if it is literal, its template.
    """

    place: str
    template: str | None
    plural: str | None
    in_fstring: bool


@cache
def _trees():
    return {
        file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(SOURCE.rglob("*.py"))
    }


@cache
def _spoken():
    found = []
    for name, tree in _trees().items():
        inside = {
            id(call)
            for fstring in ast.walk(tree)
            if isinstance(fstring, ast.JoinedStr)
            for call in ast.walk(fstring)
        }
        found += [
            _as_spoken(name, node, in_fstring=id(node) in inside)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and _called(node) in CALLS
        ]
    return tuple(found)


def _called(call):
    return getattr(call.func, "id", None) or getattr(call.func, "attr", None)


def _as_spoken(name, call, *, in_fstring):
    words = [_literal(argument) for argument in call.args[:2]] + [None, None]
    plural = words[1] if _called(call) == "phrases" else None
    return Spoken(f"{name}:{call.lineno}", words[0], plural, in_fstring)


def _literal(node):
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None


def _templates():
    return {(one.template, one.plural) for one in _spoken() if one.template is not None}


@cache
def _catalogue(language):
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def _messages(language):
    """
    Pairs of English templates (singular, plural or None) and the wordings of that language.
    """
    for message in _catalogue(language):
        if message.id:
            several = isinstance(message.id, tuple)
            ids = message.id if several else (message.id, None)
            yield ids, (message.string if several else (message.string,))


def _blanks(template):
    return {
        (name, spec, conversion)
        for _, name, spec, conversion in string.Formatter().parse(template)
        if name is not None
    }


def test_every_phrase_is_literal_so_that_it_can_be_translated():
    """
    Requirement 1.
    """
    loose = [one.place for one in _spoken() if one.template is None]
    unexpected = [place for place in loose if place.partition(":")[0] not in MAKERS]
    assert not unexpected
    for name, most in MAKERS.items():
        if most is not None:
            assert sum(place.startswith(name) for place in loose) <= most, name


def test_a_phrase_that_counts_is_literal_in_both_numbers():
    """
    Requirement 1.
    """
    calls = [node for tree in _trees().values() for node in ast.walk(tree)]
    for call in calls:
        if isinstance(call, ast.Call) and _called(call) == "phrases":
            assert all(map(_literal, call.args[:2])), ast.unparse(call)


def test_no_phrase_hides_in_an_f_string_where_the_extractor_does_not_look():
    """
    Requirement 1. `pybabel extract` on Python 3.11 sees an f-string as one text.
    """
    assert not [one.place for one in _spoken() if one.in_fstring]


def test_one_template_is_never_both_counted_and_not():
    """
    Requirement 2: the catalogue is asked by the singular alone.
    """
    singles = [template for template, _ in _templates()]
    assert len(singles) == len(set(singles))


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_holds_every_phrase_of_the_code_and_no_other(language):
    """
    Requirement 2. Found missing? `make phrases`, then translate.
    """
    held = {ids for ids, _ in _messages(language)}
    assert held == _templates()
    assert not _catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_phrase_is_translated_in_every_plural_form(language):
    """
    Requirement 2.
    """
    for ids, wordings in _messages(language):
        assert len(wordings) == (PLURAL_FORMS[language] if ids[1] else 1), ids
        assert all(wording.strip() for wording in wordings), ids
    assert not any(message.fuzzy for message in _catalogue(language) if message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_blanks_of_the_english(language):
    """
    Requirement 2.
    """
    for ids, wordings in _messages(language):
        for wording in wordings:
            assert _blanks(wording) == _blanks(ids[0]), wording


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_not_the_english_again(language):
    """
    Requirement 3.
    """
    same = {ids[0] for ids, wordings in _messages(language) if set(wordings) & set(ids)}
    assert same <= ALIKE.keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_the_english_does(language):
    """
    Requirement 3: messages follow "where: ", so their first letter matters; and a sentence stays one.
    """
    for (english, _), wordings in _messages(language):
        for wording in wordings:
            if english[0].isalpha() and wording[0].isalpha():
                first = wording.split()[0]
                assert english[0].islower() == wording[0].islower() or first.isupper(), wording
            assert english[-1:] in ".?" or wording[-1:] not in ".?", wording
            assert english[-1:] not in ".?" or wording[-1:] in ".?", wording


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_quotes_as_its_language_does(language):
    """
    Requirement 3.
    """
    for ids, wordings in _messages(language):
        for wording in wordings:
            assert not set("“”„") & set(wording), wording
            assert wording.count("«") == wording.count("»") == ids[0].count("“") or (
                "yes" in ids[0]  # yes and no are quoted where they stand in a sentence
            ), wording


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_head_of_a_catalogue_tells_of_no_machine(language):
    """
    Requirement 3: language, encoding and plural rule, but no dates, addresses or paths.
    """
    text = (CATALOGUES / f"{language}.po").read_text(encoding="utf-8")
    head = text.split("\n\n")[0]
    assert f'"Language: {language}\\n"' in head
    assert "charset=utf-8" in head
    assert f"nplurals={PLURAL_FORMS[language]};" in head
    assert "@" not in head
    assert "Date" not in head
    assert not re.search(r"^#[:~]", text, re.MULTILINE)


def test_russian_counts_in_three_forms_and_kazakh_in_one_wording():
    """
    Requirement 2, heard: 1 строка, 2 строки, 5 строк.
    """

    def said(n, language):
        template = "{file}: {n} row was rejected; it is listed in {list}."
        plural = "{file}: {n} rows were rejected; they are listed in {list}."
        return phrases(template, plural, n=n, file="a.csv", list="b.csv").to(language)

    heard = [said(n, "ru").split(":")[1].split(";")[0] for n in (1, 2, 5, 11, 21)]
    assert [words.split()[1] for words in heard] == ["строка", "строки", "строк", "строк", "строка"]
    assert said(1, "kk").split(";")[0] == "a.csv: 1 жол қабылданбады"
    assert said(5, "kk").split(";")[0] == "a.csv: 5 жол қабылданбады"


# ── letters ──────────────────────────────────────────────────────────────────────────────────────


def _texts_in_catalogues():
    for language in TRANSLATED:
        for ids, wordings in _messages(language):
            for wording in wordings:
                yield language, f"{language}.po: {ids[0][:40]}", re.sub(r"\{[^}]*\}", " ", wording)


def _texts_in_code():
    for name, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "Text":
                for keyword in node.keywords:
                    if keyword.arg in TRANSLATED:
                        words = " ".join(_words_in(keyword.value))
                        yield keyword.arg, f"{name}:{keyword.value.lineno}", words


def _words_in(node):
    """
    The literal parts of a text, not what is put into its blanks.
    """
    if isinstance(node, ast.FormattedValue):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [words for child in ast.iter_child_nodes(node) for words in _words_in(child)]


def _texts_in_tables():
    for table in TABLES.values():
        for column in table.columns:
            yield from _of_text(f"schema: {table.name}.{column.name}", column.title)
    for indicator in INDICATORS:
        for name in ("title", "question", "definition", "caveat"):
            yield from _of_text(f"indicator {indicator.key}.{name}", getattr(indicator, name))
    for importer in IMPORTERS:
        yield from _of_text(f"importer {importer.key}", importer.title)
        yield from _of_text(f"importer {importer.key}", importer.what)
    for key, note in NOTES.items():
        yield from _of_text(f"note {key}", note)


def _of_text(place, text):
    for language in TRANSLATED:
        yield language, place, text.to(language)


def _texts_in_settings():
    for file in sorted(SOURCE.rglob("*.toml")):
        source = string.Template(file.read_text(encoding="utf-8"))
        table = tomllib.loads(source.safe_substitute(id="study", year=2022))
        for language, words in _by_language(table):
            yield language, file.name, words


def _by_language(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in TRANSLATED and isinstance(inner, str):
                yield key, inner
            yield from _by_language(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _by_language(inner)


def _all_texts():
    yield from _texts_in_catalogues()
    yield from _texts_in_code()
    yield from _texts_in_tables()
    yield from _texts_in_settings()


def _cyrillic(letter):
    return unicodedata.name(letter, "").startswith("CYRILLIC")


def test_kazakh_and_russian_are_written_in_their_own_letters():
    """
    Requirement 4: no ә in Russian, no Ukrainian or Serbian letter anywhere.
    """
    wrong = [
        (place, word)
        for language, place, text in _all_texts()
        for word in WORD.findall(text)
        if {letter for letter in word.lower() if _cyrillic(letter)} - ALPHABETS[language]
    ]
    assert not wrong


def test_no_word_mixes_latin_and_cyrillic_letters():
    """
    Requirement 4: a Latin i in a Kazakh word looks right and is never found by a search.
    """
    wrong = [
        (place, word)
        for _, place, text in _all_texts()
        for word in WORD.findall(text)
        if 0 < sum(map(_cyrillic, word)) < len(word)
    ]
    assert not wrong


def test_no_latin_letter_stands_for_a_cyrillic_word():
    """
    Requirement 4: the prepositions с, о, у and the conjunctions а, и are Cyrillic.
    """
    wrong = [(place, text) for _, place, text in _all_texts() if LOOKALIKE.search(text)]
    assert not wrong


def test_the_letters_were_looked_for_where_there_are_texts():
    """
    Requirement 4: the three tests above would pass in an empty house.
    """
    for texts in (_texts_in_catalogues, _texts_in_code, _texts_in_tables, _texts_in_settings):
        assert sum(1 for _ in texts()) > 20 or texts is _texts_in_settings
    assert any(True for _ in _texts_in_settings())


# ── tables of things ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("registry", [IMPORTERS, INDICATORS], ids=["importers", "indicators"])
def test_every_built_in_thing_loads_under_its_own_key(registry):
    """
    Requirement 5.
    """
    keys = registry.keys()
    assert keys
    assert [registry.get(key).key for key in keys] == keys


def test_every_importer_says_what_it_is():
    """
    Requirement 5.
    """
    for importer in IMPORTERS:
        assert isinstance(importer.title, Text)
        assert isinstance(importer.what, Text)


def test_every_indicator_says_what_it_asks_and_what_to_beware():
    """
    Requirement 5.
    """
    titles = [indicator.title for indicator in INDICATORS]
    assert len(set(titles)) == len(titles)
    for indicator in INDICATORS:
        for name in ("title", "question", "definition", "caveat"):
            assert isinstance(getattr(indicator, name), Text), (indicator.key, name)
        assert indicator.citation.en.strip()
        assert re.fullmatch(r"[a-z][a-z0-9_]*", indicator.key)


# ── errors ───────────────────────────────────────────────────────────────────────────────────────


def _drawn():
    """
    The tree in the docstring: each error and the one it hangs on.
    """
    parents, branch = {}, []
    for line in errors.__doc__.splitlines():
        if found := re.match(r"([\s│├└─]*)([A-Z]\w+)(\s{2,}|$)", line):
            depth = found.end(1)
            branch = [one for one in branch if one[0] < depth]
            parents[found[2]] = branch[-1][1] if branch else None
            branch.append((depth, found[2]))
    return parents


def _descendants(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def _import_everything():
    for module in pkgutil.walk_packages(qulaq.__path__, "qulaq."):
        # The tables of the web application load only where Django serves a study, as in tests/web.
        if not module.name.endswith("__main__") and not module.name.startswith("qulaq.web."):
            importlib.import_module(module.name)


def test_the_family_of_errors_is_the_one_drawn():
    """
    Requirement 6.
    """
    _import_everything()
    ours = [
        kind for kind in _descendants(errors.QulaqError) if kind.__module__.startswith("qulaq.")
    ]
    assert _drawn() == {
        "QulaqError": None,
        **{kind.__name__: kind.__bases__[0].__name__ for kind in ours},
    }


# ── what is shipped ──────────────────────────────────────────────────────────────────────────────

_LOADED = """
import sys
sys.argv = ["qulaq", *sys.argv[1:]]
from qulaq.cli.app import main
try:
    main()
except SystemExit as stop:
    code = stop.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "words", [[], ["corpus", "add"], ["indicators", "compute"], ["report"]], ids=" ".join
)
def test_help_loads_no_engine(words):
    """
    Requirement 7.
    """
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *words, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "--help" in done.stdout
    assert not set(HEAVY) & set(done.stderr.split())


def _project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_told_alike_everywhere():
    """
    Requirement 8.
    """
    assert _project()["project"]["version"] == qulaq.__version__


def test_every_file_of_the_package_is_shipped():
    """
    Requirement 8: the wheel takes all of src/qulaq that git does not ignore.
    """
    wheel = _project()["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel == {"packages": ["src/qulaq"]}
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout to know what is ignored")
    kinds = {".toml", ".po", ".csv", ".md", ".j2", ".css", ".typed", ".py"}
    files = [file for file in sorted(SOURCE.rglob("*")) if file.suffix in kinds]
    assert {".toml", ".po", ".csv", ".md"} <= {file.suffix for file in files}
    asked = subprocess.run(
        [git, "check-ignore", "--stdin"],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (1, "")  # 1: none of them is ignored

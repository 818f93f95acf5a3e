"""
Writes the pages of this folder from the code: indicators, formats, commands, columns.

    python docs/reference/generate.py            # write
    python docs/reference/generate.py --check    # fail where a page is not fresh
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["QULAQ_LANG"] = "en"

from example import measure_example  # beside this file

from qulaq.cli.app import app  # its texts are chosen when it is imported
from qulaq.corpus.importers import IMPORTERS, Importer
from qulaq.corpus.schema import TABLES
from qulaq.indicators import INDICATORS, NOTES, Indicator
from qulaq.indicators.themes import THEMES
from qulaq.study.networks import network_name

HERE = Path(__file__).parent
HEAD = "<!-- Written by docs/reference/generate.py: change the code, then run make docs. -->\n"


def indicators() -> Iterator[str]:
    examples = measure_example()
    yield "# Indicators\n"
    yield "Shares are in [0, 1] in exports and percentages on screens. `low` and `high` are the 95 % interval where one exists."
    yield "Examples are what `qulaq indicators compute --json` gives of a tiny invented town (`docs/reference/example.py`).\n"
    for theme, name in THEMES.items():
        yield f"## {name.en}\n"
        yield f"{name.kk} · {name.ru}\n"
        for one in INDICATORS:
            if one.theme == theme:
                yield from _indicator(one, examples.get(one.key))
    yield "# Notes\n"
    yield "| key | what it says |\n|---|---|"
    for key, text in NOTES.items():
        yield f"| `{key}` | {text.en} |"
    yield ""


def _indicator(one: Indicator, example: dict[str, Any] | None) -> Iterator[str]:
    yield f"### `{one.key}`\n"
    yield f"**{one.title.en}** · {one.title.kk} · {one.title.ru}\n"
    yield f"*{one.question.en}*\n"
    yield f"{one.definition.en}\n"
    yield f"**Beware.** {one.caveat.en}\n"
    yield f"**Source.** {one.citation.en}.\n"
    needs = ", ".join(one.needs) or "nothing more than the study"
    yield f"Unit: `{one.unit}`. Needs: {needs}. Base: {_BASES[one.base]}. Better: {one.better or 'neither'}.\n"
    if example is not None:
        yield "```json\n" + json.dumps(example, ensure_ascii=False) + "\n```\n"


_BASES = {"all": "all citizens' comments", "coded": "the coded ones", None: "none"}


def formats() -> Iterator[str]:
    yield "# Formats\n"
    yield "`qulaq corpus add` recognises these by their content; `--as KEY` overrides. Each has a page that tells how to export and what Qulaq can know from it.\n"
    yield "Proven on *real files*: read from exports that the tool really wrote. On a *documented shape*: from what its makers or other readers of it publish; tell us if yours differs.\n"
    yield "| format | what it is | networks | holds | who wrote a comment | whom a reply answers | followers | views | proven on |\n|---|---|---|---|---|---|---|---|---|"
    for one in IMPORTERS:
        yield f"| [`{one.key}`](../formats/{one.key}.md) | {' | '.join(_format_cells(one))} |"
    yield ""


_SAMPLES = HERE.parent.parent / "tests" / "corpus" / "samples"
_RECORDS = {"posts": "posts", "comments": "comments", "page_counts": "counts of pages"}
_AUTHORS = {"all": "everybody", "page": "the page's own only", "none": "not told"}


def _format_cells(one: Importer) -> Iterator[str]:
    held = _tables_in_samples(one.key)
    comments = "comments" in held
    yield one.what.en
    yield ", ".join(map(network_name, one.platforms)) or "any"
    yield ", ".join(_RECORDS[table] for table in held)
    yield _AUTHORS[one.knows.authors] if comments else "—"
    yield ("told" if one.knows.parents else "inferred from mentions") if comments else "—"
    yield "told" if one.knows.followers else "no"
    yield "told" if one.knows.views else "no"
    yield one.proof


def _tables_in_samples(key: str) -> list[str]:
    """
    What a format was seen to hold: in the samples that the tests import.
    """
    files = (_SAMPLES / key).glob("*/expected.json")
    expected = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [table for table in _RECORDS if any(one[table] for one in expected)]


def columns() -> Iterator[str]:
    yield "# Tables and columns\n"
    yield "The corpus is Parquet: `corpus/<table>/<batch>.parquet`. Null is “not known”, moments are UTC.\n"
    for table in TABLES.values():
        yield f"## `{table.name}`\n"
        yield "| column | kind | on sheets: kk · ru |\n|---|---|---|"
        for column in table.columns:
            titles = "set at intake" if column.derived else f"{column.title.kk} · {column.title.ru}"
            yield f"| `{column.name}` | {column.kind} | {titles} |"
        yield ""


def commands() -> Iterator[str]:
    from typer.main import get_command

    yield "# Commands\n"
    yield "Results go to stdout, everything else to stderr. Exit code 0: done, 1: refused, 2: misused.\n"
    yield from _command(get_command(app), "qulaq")


def _command(command: Any, name: str) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner:
        for key in sorted(inner):
            yield from _command(inner[key], f"{name} {key}")
        return
    yield f"## `{name}`\n"
    yield f"{command.help}\n"
    yield "| option | what it does |\n|---|---|"
    for parameter in command.params:
        if parameter.name == "help":
            continue
        shown = (
            ", ".join(
                f"`{one}`"
                for one in (*parameter.opts, *parameter.secondary_opts)
                if one.startswith("-")
            )
            or f"`{parameter.metavar}`"
        )
        yield f"| {shown} | {getattr(parameter, 'help', '') or ''} |"
    yield ""


PAGES = {
    "indicators.md": indicators,
    "formats.md": formats,
    "tables.md": columns,
    "commands.md": commands,
}


def main() -> int:
    stale = []
    for name, write in PAGES.items():
        text = HEAD + "\n" + "\n".join(write()).rstrip() + "\n"
        page = HERE / name
        if "--check" in sys.argv:
            stale += [name] if not page.exists() or page.read_text(encoding="utf-8") != text else []
        else:
            page.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        sys.stderr.write(f"docs/reference/{name} is not fresh: run make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

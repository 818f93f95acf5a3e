"""Sheets to type into, for studies that count by hand: headings in a language, drop-downs, a page of help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qulaq.corpus.importers.table import CAPTURED_HEADINGS, PAGE_HEADINGS
from qulaq.corpus.schema import COMMENTS, HELP_SHEET, PAGE_COUNTS, POSTS, Column, Table
from qulaq.lang import LANGUAGES, Language, Text

Worksheet = Any  # openpyxl ships no types

KINDS: dict[str, Table] = {"posts": POSTS, "comments": COMMENTS, "page-counts": PAGE_COUNTS}

_ROWS = 5_000  # rows on which the drop-downs work
_LONGEST_LIST = 255  # characters of a drop-down that is written into the sheet itself
_MOST_LISTED = 60
_POST_KINDS = ("photo", "video", "text", "link", "album", "event")
_HELP = Text(
    kk="Бір жолға бір жазба жазыңыз. Белгісіз санды бос қалдырыңыз: бос ұяшық нөл емес. Уақыт парақша орналасқан жердің сағатымен жазылады: 2023-05-31 14:05 не 31.05.2023 14:05.",
    ru="Одна запись — одна строка. Неизвестное число оставьте пустым: пустая ячейка не ноль. Время пишется по часам того места, где работает орган: 2023-05-31 14:05 или 31.05.2023 14:05.",
    en="One record a row. Leave a count that is not known empty: empty is not zero. Times are told by the clock where the body works: 2023-05-31 14:05 or 31.05.2023 14:05.",
)
_NEEDED = Text(kk="міндетті", ru="обязательно", en="needed")
_YES, _NO = Text(kk="иә", ru="да", en="yes"), Text(kk="жоқ", ru="нет", en="no")


def write_template(kind: str, file: Path, *, language: Language, pages: Sequence[str] = ()) -> None:
    """
    Write an empty XLSX of that kind; `qulaq corpus add` reads it once it is filled in.
    """
    from openpyxl import Workbook

    table = KINDS[kind]
    book = Workbook()
    sheet = book.active
    sheet.title = kind
    columns = [_page_column(), *_typed_columns(table), *_captured_column(table)]
    for place, column in enumerate(columns, start=1):
        _write_heading(sheet, place, column, language)
        _offer(sheet, place, column, language, pages)
    sheet.freeze_panes = "A2"
    _write_help(book.create_sheet(HELP_SHEET), columns)
    book.save(file)


def _page_column() -> Column:
    return Column(name="page_id", kind="text", title=_title("page_id", PAGE_HEADINGS), needed=True)


def _captured_column(table: Table) -> list[Column]:
    if table is PAGE_COUNTS:
        return []
    return [
        Column(name="captured_at", kind="moment", title=_title("captured_at", CAPTURED_HEADINGS))
    ]


def _typed_columns(table: Table) -> list[Column]:
    """
    What a person can type; lists of people are read from the text.
    """
    return [column for column in table.content if column.kind != "people"]


def _title(name: str, heading: Text) -> Text:
    return Text(kk=heading.kk, ru=heading.ru, en=name)


def _heading(column: Column, language: Language) -> str:
    return column.name if language == "en" else column.title.to(language)


def _write_heading(sheet: Worksheet, place: int, column: Column, language: Language) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    cell = sheet.cell(row=1, column=place, value=_heading(column, language))
    cell.font = Font(bold=True)
    if column.needed:
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    wide = column.name in {"text", "link"}
    sheet.column_dimensions[get_column_letter(place)].width = 48 if wide else 20


def _offer(
    sheet: Worksheet, place: int, column: Column, language: Language, pages: Sequence[str]
) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = _choices(column, language, pages)
    if choices:
        rule = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True)
    elif column.kind == "count":
        rule = DataValidation(
            type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True
        )
    else:
        return
    sheet.add_data_validation(rule)
    letter = get_column_letter(place)
    rule.add(f"{letter}2:{letter}{_ROWS}")


def _choices(column: Column, language: Language, pages: Sequence[str]) -> list[str]:
    if column.name == "page_id":
        listed = list(pages)[:_MOST_LISTED]
        return listed if sum(map(len, listed)) + len(listed) < _LONGEST_LIST else []
    if column.name == "kind":
        return list(_POST_KINDS)
    return [_YES.to(language), _NO.to(language)] if column.kind == "truth" else []


def _write_help(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for language in LANGUAGES:
        sheet.append([_HELP.to(language)])
    sheet.append([])
    for column in columns:
        needed = [_NEEDED.to(language) for language in LANGUAGES] if column.needed else []
        sheet.append([column.name, *(column.title.to(language) for language in LANGUAGES), *needed])
    sheet.column_dimensions["A"].width = 24

"""What is wrong with a form: where it stands, what was found, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qulaq.lang import Phrase, Sayable, phrase

Level = Literal["error", "warning"]
"""An error: the form cannot be asked, or not as its author means it. A warning: it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One thing that is wrong. `row` counts as a spreadsheet does, the heading being 1; none is the whole sheet.
    `column` is the heading as the sheet writes it, empty for the whole row. `blocks` an error that keeps the form
    from being asked at all.
    """

    level: Level
    found: Sayable
    remedy: Sayable
    sheet: str = ""
    row: int | None = None
    column: str = ""
    blocks: bool = False

    @property
    def place(self) -> Phrase | str:
        if not self.sheet:
            return ""
        if self.row is None:
            return phrase("sheet {sheet}", sheet=self.sheet)
        if not self.column:
            return phrase("sheet {sheet}, row {row}", sheet=self.sheet, row=self.row)
        return phrase(
            "sheet {sheet}, row {row}, column {column}",
            sheet=self.sheet,
            row=self.row,
            column=self.column,
        )

"""Words on pages that are too many for the report, and on the files in which all of them stand."""

from __future__ import annotations

from qulaq.lang import Text

CROWDED = Text(
    kk="Бұл есептегі кестелер мен суреттерде {all} парақшаның {told} парақшасы ғана бар: азаматтар ең көп пікір жазғандары. Барлық парақша есеп қасындағы кестелерде; барлық көрсеткішті qulaq indicators compute пәрмені CSV не Parquet түрінде береді.",
    ru="В таблицах и на рисунках этого отчёта страниц {told} из {all}: те, которым граждане писали больше всего. Все страницы стоят в таблицах рядом с отчётом; все показатели выдаёт команда qulaq indicators compute в виде CSV или Parquet.",
    en="Tables and figures of this report tell of {told} pages of {all}: those to which citizens wrote most. All pages stand in the tables beside the report; all indicators are given by the command qulaq indicators compute as CSV or Parquet.",
)
ALL_PAGES = Text(
    kk="Барлық парақша кестесі", ru="Таблицы всех страниц", en="The tables of all pages"
)
TABLE = Text(
    kk="Парақшалардың негізгі сандары",
    ru="Главные числа страниц",
    en="The main numbers of the pages",
)
PAGES_OF = Text(
    kk="Парақшалар: {all} ішінен {first}–{last}",
    ru="Страницы {first}–{last} из {all}",
    en="Pages {first}–{last} of {all}",
)
REPORT = Text(kk="Есепке оралу", ru="К отчёту", en="Back to the report")
BEFORE = Text(kk="Алдыңғы парақшалар", ru="Предыдущие страницы", en="The pages before")
NEXT = Text(kk="Келесі парақшалар", ru="Следующие страницы", en="The next pages")
FILES = Text(kk="Барлық файл", ru="Все файлы", en="All files")

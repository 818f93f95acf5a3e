"""Words on what could not be measured, what numbers mean and how to compute them again."""

from __future__ import annotations

from qulaq.lang import Text

# ── what could not be measured ────────────────────────────────────────────────────────────────────

NO_GAPS = Text(
    kk="Осы есептегі көрсеткіштердің бәрі барлық парақша бойынша өлшенді.",
    ru="Все показатели этого отчёта измерены по всем страницам.",
    en="Every indicator of this report could be measured on every page.",
)
GAPS_TABLE = Text(
    kk="Өлшенбеген көрсеткіштер, себебі және не көмектесер еді",
    ru="Неизмеренные показатели, причина и что помогло бы",
    en="What was not measured, why, and what would help",
)
GAPS_LEAD = Text(
    kk="Дерек жоқ деген нөл деген сөз емес.",
    ru="«Нет данных» не значит «ноль».",
    en="No data does not mean zero.",
)
ALL_OF_TABLE = Text(
    kk="«{table}» кестесіндегінің бәрі",
    ru="всё в таблице «{table}»",
    en="all of the table “{table}”",
)
NOT_CODED = Text(
    kk="Бұл есепте адамдар мәтіндерді оқып, кодтағаннан кейін ғана өлшенетін көрсеткіштер жоқ: {list}.",
    ru="В этот отчёт не вошло то, что измеримо лишь после того, как люди прочтут и закодируют тексты: {list}.",
    en="This report leaves out what can be measured only once people have read and coded texts: {list}.",
)
WHERE = Text(kk="Қай парақшаларда", ru="На каких страницах", en="On which pages")
WHAT = Text(kk="Не өлшенбеді", ru="Что не измерено", en="What")

# ── definitions, recomputing ──────────────────────────────────────────────────────────────────────

NOTES_HEADING = Text(kk="Сандарға ескертпелер", ru="Примечания к числам", en="Notes on the numbers")
RECOMPUTE_LEAD = Text(
    kk="Төмендегі деректер мен нұсқаларды пайдаланып, осы сандардың өзін қайта алуға болады.",
    ru="С теми же данными и версиями получатся те же числа.",
    en="The same data and versions give the same numbers again.",
)
COMMAND = Text(kk="Команда", ru="Команда", en="Command")
VERSIONS = Text(kk="Бағдарлама нұсқалары", ru="Версии программ", en="Versions")
FINGERPRINT = Text(
    kk="Деректердің бақылау хеші", ru="Контрольный хеш данных", en="Hash of the data"
)
IMPORTS = Text(kk="Жүктелген файлдар", ru="Загружено файлов", en="Files imported")
ZONES = Text(kk="Уақыт белдеуі", ru="Часовые пояса", en="Time zones")
ZONE_OF = Text(kk="{zone} ({bodies})", ru="{zone} ({bodies})", en="{zone} ({bodies})")
FILES_TABLE = Text(
    kk="Жүктелген файлдар, жүктелу ретімен",
    ru="Загруженные файлы в порядке загрузки",
    en="Imported files, in the order of import",
)
FILES_NOTE = Text(
    kk="Оқылған жолдар = алынған + өзгермеген + қабылданбаған. Хештің алғашқы 12 таңбасы берілген (SHA-256).",
    ru="Прочитано строк = принято + без изменений + отклонено. Приведены первые 12 знаков хеша (SHA-256).",
    en="Rows read = kept + unchanged + rejected. The first 12 characters of the hash (SHA-256) are given.",
)
FILES_CUT = Text(
    kk="Соңғы {shown} файл ғана көрсетілген.",
    ru="Показаны только последние файлы: {shown}.",
    en="Only the last {shown} files are shown.",
)
FILE = Text(kk="Файл", ru="Файл", en="File")
HASH = Text(kk="Хеш", ru="Хеш", en="Hash")
READ = Text(kk="Оқылған", ru="Прочитано", en="Read")
KEPT = Text(kk="Алынған", ru="Принято", en="Kept")
UNCHANGED = Text(kk="Өзгермеген", ru="Без изменений", en="Unchanged")
REJECTED = Text(kk="Қабылданбаған", ru="Отклонено", en="Rejected")

"""What the part on the verdict says."""

from __future__ import annotations

from collections.abc import Mapping

from qulaq.lang import Text

VERDICT = Text(kk="Қорытынды", ru="Вывод", en="The verdict")
LEAD = Text(
    kk="Әр парақша Грунигтің қай моделіне сай екені төмендегі дәлелдерден шығады. Лайк пен пікір санын азаматтар жасайды, сондықтан олар органның тыңдайтынын дәлелдемейді; біреудің атын атау да дәлел емес. "
    "Аралық шекті қамтып тұрса не дәлел жетіспесе, қорытынды екі модельдің арасында қалады. Шектер мен олардың негіздері grunig.toml файлында тұр, оларды зерттеуде өзгертуге болады.",
    ru="По какой из моделей Грунига живёт страница, следует из свидетельств ниже. Лайки и комментарии ставят граждане, поэтому они не доказывают, что орган слышит; простое упоминание тоже не доказательство. "
    "Где интервал накрывает порог или свидетельства нет, вывод остаётся между моделями. Пороги и их основания записаны в grunig.toml, в исследовании их можно изменить.",
    en="Which of Grunig's models a page lives by follows from the evidence below. Likes and comments are what citizens do, so they are no evidence that the body listens; a bare mention is none either. "
    "Where an interval lies astride a threshold, or evidence lacks, the verdict stays between models. The thresholds and their reasons stand in grunig.toml and can be changed in the study.",
)
ALL_ALIKE = Text(
    kk="Барлық парақша бойынша қорытынды бірдей: {model}. {meaning}",
    ru="По всем страницам вывод один: {model}. {meaning}",
    en="All pages have the same verdict: {model}. {meaning}",
)
TABLE_OF_PAGES = Text(
    kk="Парақшалар бойынша қорытынды", ru="Вывод по страницам", en="The verdict by page"
)
PAGE = Text(kk="Парақша", ru="Страница", en="Page")
OUTCOME = Text(kk="Қорытынды", ru="Вывод", en="Verdict")
MISSING = Text(kk="Не жетіспейді", ru="Чего не хватает", en="What is missing")
NOTHING = Text(kk="—", ru="—", en="—")
UNDECIDED = Text(
    kk="шешілмеді: {models}", ru="не решено между: {models}", en="undecided between {models}"
)
OR = Text(kk=" не ", ru=" и ", en=" and ")
EVIDENCE_TABLE = Text(
    kk="Қорытынды неге сүйенеді", ru="На чём основан вывод", en="What the verdict rests on"
)
CRITERION = Text(kk="Парақша …", ru="Страница …", en="The page …")
THRESHOLD = Text(kk="шек {value}", ru="порог {value}", en="threshold {value}")
BEARINGS: Mapping[str, Text] = {
    "holds": Text(kk="иә", ru="да", en="yes"),
    "fails": Text(kk="жоқ", ru="нет", en="no"),
    "open": Text(kk="белгісіз", ru="неясно", en="unclear"),
    "missing": Text(kk="өлшенбейді", ru="не измеримо", en="not measurable"),
}
EVIDENCE_NOTE = Text(
    kk="«Иә» — 95\u00a0% аралық шектен жоғары, «жоқ» — төмен, «белгісіз» — шек аралықтың ішінде. * белгісі бар дәлел басқаша болса, қорытынды өзгерер еді.",
    ru="«Да» — 95%-ный интервал выше порога, «нет» — ниже, «неясно» — порог внутри интервала. Будь иным свидетельство со знаком *, вывод был бы другим.",
    en="“Yes”: the 95% interval lies above the threshold; “no”: below; “unclear”: astride. Were evidence marked * different, the verdict would be, too.",
)
SENSITIVITY_TABLE = Text(
    kk="Шек қаншалықты жылжыса да қорытынды өзгермейді",
    ru="Насколько можно сдвинуть порог, не изменив вывода",
    en="How far a threshold can move before the verdict changes",
)
FROM = Text(kk="{low} бастап", ru="от {low}", en="from {low}")
UNTIL = Text(kk="{high} дейін", ru="до {high}", en="up to {high}")
FROM_TO = Text(kk="{low} – {high}", ru="{low} – {high}", en="{low} – {high}")
ANY = Text(kk="шектеусіз", ru="сколь угодно", en="however far")

"""
What the sections on answers, waiting, citizens, conversation and the newest month say.

AN1 answers are told within a day, three days and a week, and within the study's benchmark, which is called
no duty; AN2 waiting times are those of compute(), or said not to be reached; AN3 who is answered is told of
persons; AN4 both languages stand side by side, with their difference; AN5 the newest full month stands
beside the one before, and what cannot be compared says why; AN6 what needs coding is named once; AN7 pages
are ranked with the places that chance allows.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from report_reading import read, rows, words
from report_town import COMMENT_COLUMNS, POST_COLUMNS, SETTINGS

from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS, compute
from qulaq.indicators.compute import measure
from qulaq.indicators.languages import GAP, compare_languages
from qulaq.indicators.latest import describe_latest_month
from qulaq.lang.formats import number, share
from qulaq.reports.figures import (
    Bar,
    Dot,
    Month,
    Series,
    Share,
    draw_bars,
    draw_curve,
    draw_dots,
    draw_months,
    draw_week,
)

LANGUAGES = ("kk", "ru", "en")
LATE = "2024-03-20T12:00:00+05:00"
BENCHMARK = """\
[answering]
within_working_days = 5
calendar = "KZ"
basis = "Ішкі ереже"
verified_on = 2024-02-01
"""
KAZAKH, RUSSIAN = "Жол қашан жөнделеді? Ауламызда жарық жоқ", "Когда отремонтируют дорогу во дворе?"


def asked(page, day, n, *, text=KAZAKH, hours=None):
    """
    A citizen's comment of that day, answered after so many hours or not at all.
    """
    moment = datetime.fromisoformat(f"{day}T10:00:00+06:00")
    key = f"{page}-{day}-{n}"
    said = (page, f"{page}-{day}", key, "", f"u{n}", moment.isoformat(), text, 0, LATE)
    if hours is None:
        return [said]
    then = (moment + timedelta(hours=hours)).isoformat()
    return [said, (page, f"{page}-{day}", f"{key}-r", key, page, then, "Жауап", 0, LATE)]


def post(page, day, *, likes):
    moment = f"{day}T09:00:00+06:00"
    return (page, f"{page}-{day}", moment, "photo", "Хабар", "https://t.example", likes, 20, LATE)


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """
    `busy` answers 15 of 20 Kazakh comments and 30 of 40 Russian ones, `late` 4 of 40 after five days.
    """
    from report_town import found_study, take_rows

    folder = tmp_path_factory.mktemp("answering")
    pages = (("busy", "facebook"), ("late", "instagram"))
    study = found_study(
        folder, *pages, settings=SETTINGS.replace("[[bodies]]", f"{BENCHMARK}[[bodies]]")
    )
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2) for day in (3, 10, 17, 24)]
    lines = [
        post(page, day, likes=5 * (1 + (day > "2024-02"))) for page, _ in pages for day in days
    ]
    take_rows(study, "posts", POST_COLUMNS, lines)
    said = []
    for i in range(60):
        kazakh = i < 20
        answered = i % 20 < 15
        text = KAZAKH if kazakh else RUSSIAN
        said += asked("busy", days[i % 8], i, text=text, hours=4 if answered else None)
    for i in range(40):
        said += asked("late", days[i % 8], i, hours=120 if i < 4 else None)
    take_rows(study, "comments", COMMENT_COLUMNS, said)
    return study


@pytest.fixture(scope="module")
def reports(studied, write):
    return write(studied)


@pytest.fixture(scope="module")
def found(studied):
    with Corpus(studied) as corpus:
        return {(one.indicator, one.page): one for one in compute(corpus)}


def line(html, title, *, cells=3):
    """
    The row of that title in a table with a column for each page.
    """
    return next(one for one in rows(html) if one[0].startswith(title) and len(one) == cells)


# ── AN1 ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("reply_within_24h", "Share answered within 24 hours"),
        ("reply_within_72h", "Share answered within 72 hours"),
        ("reply_within_7d", "Share answered within 7 days"),
        ("reply_within_standard", "Share answered within the study's benchmark"),
        ("answered_posts_share", "Share of posts under which a citizen was answered"),
        ("citizens_answered_share", "Share of citizens answered"),
        ("reply_rate_first_timers", "Reply rate of first-time writers"),
        ("boilerplate_reply_share", "Share of boilerplate replies"),
    ],
)
def test_shares_are_those_of_compute(reports, found, key, title):
    cells = line(reports["en"], title)[1:]

    for page, cell in zip(("busy", "late"), cells, strict=True):
        assert cell.startswith(share(found[key, page].value, "en"))
        assert f"n = {found[key, page].n}" in cell


def test_answers_soon_and_late_are_told_apart(reports):
    assert line(reports["en"], "Share answered within 24 hours")[1].startswith("75.0%")
    assert line(reports["en"], "Share answered within 72 hours")[2].startswith("0.0%")
    assert line(reports["en"], "Share answered within 7 days")[2].startswith("10.0%")


def test_the_benchmark_is_called_no_duty(reports):
    said = {
        "kk": "Бұл — салыстыруға арналған өлшем, міндет емес. Негізі: Ішкі ереже. Тексерілген күні: 2024",
        "ru": "ответ в течение 5 рабочих дней. Это ориентир для сравнения, а не обязанность. Основание: Ішкі ереже. Проверено: 1 февраля 2024 г.",
        "en": "an answer within 5 working days. It is a benchmark, not a duty. Basis: Ішкі ереже. Checked on February 1, 2024.",
    }  # fmt: skip
    for language, sentence in said.items():
        assert sentence in words(reports[language])


def test_without_a_benchmark_nothing_is_said_of_one(town, write):
    text = words(write(town, "en")["en"])

    assert "benchmark is an answer" not in text
    assert "within the study's benchmark" not in text


# ── AN2 ──────────────────────────────────────────────────────────────────────────────────────────


def test_waiting_times_are_those_of_compute(reports, found):
    html = reports["en"]

    assert line(html, "Response time (median, hours)")[1].startswith("4")
    assert line(html, "Nine answers in ten came within (hours)")[2].startswith("120.0")
    mean = number(found["latency_rmst_7d_hours", "busy"].value, "en", digits=1)
    assert line(html, "Mean waiting time within the first 7 days")[1].startswith(mean)


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("kk", "Жазғандардың жартысы жауап алған уақыт", "жетпеді"),
        ("ru", "Время, за которое ответ получила половина", "не достигнуто"),
        ("en", "Time until half of all who wrote had an answer", "not reached"),
    ],
)
def test_a_half_that_nobody_reached_is_said_so(reports, language, title, said):
    assert line(reports[language], title)[2] == said


def test_the_summary_tells_of_waiting_in_plain_words(reports):
    said = {
        "kk": "Жауаптардың жартысы мынадай уақыт ішінде келген: 4,0 сағат. Үш күн ішінде жауап алған пікірлер үлесі — 75,0 %.",
        "ru": "Половина ответов пришла не позже чем через 4,0 часа. За три дня ответили на 75,0 % всех написанных комментариев.",
        "en": "Half of the answers came within 4.0 hours. Within three days 75.0% of all comments written had an answer.",
    }  # fmt: skip
    for language, sentence in said.items():
        assert sentence in words(reports[language]), language


def test_where_nobody_was_answered_the_table_says_no_answers(town, write):
    times = line(write(town, "ru")["ru"], "Время ответа (медиана, часы)", cells=4)

    assert times[2] == "ответов нет"


# ── AN3, AN4 ─────────────────────────────────────────────────────────────────────────────────────


def test_persons_are_counted_not_comments(reports, found):
    assert line(reports["en"], "Citizens who wrote")[1:] == ["60", "40"]
    gini = number(found["attention_gini", "busy"].value, "en", digits=2)
    assert line(reports["en"], "Inequality of replies among citizens")[1].startswith(gini)
    assert "0, when everybody was answered equally often" in words(reports["en"])


def test_both_languages_are_those_counted_by_hand(studied):
    with Corpus(studied) as corpus:
        stats = measure(corpus, [INDICATORS.get(GAP)])
        languages = compare_languages(stats, study=studied)

    busy = languages["busy"]
    assert (busy.kazakh.n, busy.kazakh.share) == (20, 0.75)
    assert (busy.russian.n, busy.russian.share) == (40, 0.75)
    assert busy.gap.value == 0
    assert languages["late"].russian is None
    assert languages["late"].gap.reason is not None


@pytest.mark.parametrize(
    ("language", "begins", "listed"),
    [
        ("kk", "Қала әкімдігі, Facebook, жауап берілген пікірлер үлесі: қазақша", "Айырма, пайыздық тармақпен:"),
        ("ru", "Акимат города, Facebook, доля комментариев с ответом: на казахском", "Разница в процентных пунктах:"),
        ("en", "Town & <b>akimat</b>, Facebook, share of comments answered: in Kazakh", "The difference in percentage points:"),
    ],
)  # fmt: skip
def test_both_languages_stand_side_by_side(reports, language, begins, listed):
    pictures = [
        one
        for one in read(reports[language]).svgs
        if " ".join(one["label"].split()).startswith(begins)
    ]

    assert len(pictures) == 1
    assert pictures[0]["ink"] >= 3
    assert listed in words(reports[language])


def test_without_both_languages_the_report_says_so(town, write):
    text = words(write(town, "en")["en"])

    assert "Answers to Kazakh and to Russian comments could not be compared on any page" in text


# ── AN5 ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_newest_month_stands_beside_the_one_before(reports):
    html = reports["en"]
    of_months = [one for one in rows(html) if len(one) == 4]

    assert ["Indicator", "Feb 2024", "Jan 2024", "Change"] in of_months
    assert ["Posts", "4", "4", "0"] in of_months
    likes = next(one for one in of_months if one[0] == "Likes per post: mean")
    assert likes[1].startswith("10.0")
    assert likes[2].startswith("5.0")
    assert likes[3].startswith("+5.0")
    rate = next(one for one in of_months if one[0] == "Reply rate")
    assert "percentage point" in rate[3]
    assert " to " in rate[3]


def test_a_month_that_nobody_saw_is_not_compared(town, write):
    html = write(town, "en")["en"]
    likes = next(one for one in rows(html) if one[0] == "Likes per post: mean")

    assert likes[2] == "no data"
    assert likes[3].startswith("no comparison")
    assert "Nobody observed the page in the period before" in words(html)


def test_a_month_watched_for_a_week_and_more_can_be_judged(studied):
    with Corpus(studied) as corpus:
        pages = [page.id for page in studied.pages]
        old = describe_latest_month(corpus, keys=["posts"], window=studied.window, pages=pages)

    assert old.fresh == ()
    assert (old.month.first.month, old.before.first.month) == (2, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "жауаптар туралы қорытынды жасауға ерте: Қала әкімдігі, Facebook."),
        ("ru", "поэтому об ответах судить рано: Акимат города, Facebook."),
        ("en", "it is too early to judge answers: Town & <b>akimat</b>, Facebook."),
    ],
)
def test_a_month_watched_for_less_than_a_week_is_too_young(
    make_study, take_in, write, language, said
):
    study = make_study(("answers", "facebook"))
    lines = asked("answers", "2024-01-31", 1)
    early = [(*one[:-1], "2024-02-03T12:00:00+05:00") for one in lines]
    take_in(study, "comments", COMMENT_COLUMNS, early)

    assert said in words(write(study, language)[language])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "кезең ішінде соңына дейін бақыланған бірде-бір күнтізбелік ай жоқ"),
        ("ru", "нет ни одного календарного месяца, который наблюдался бы до конца"),
        ("en", "No calendar month of the period was observed to its end"),
    ],
)
def test_without_a_whole_month_none_is_told(make_study, take_in, write, language, said):
    study = make_study(
        ("answers", "facebook"), settings=SETTINGS.replace("2024-02-29", "2024-01-20")
    )
    take_in(study, "posts", POST_COLUMNS, [post("answers", "2024-01-03", likes=1)])

    assert said.casefold() in words(write(study, language)[language]).casefold()


# ── AN6, AN7 ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_coding_is_named_once(reports, language):
    html = reports[language]
    text = words(html[html.index('id="gaps"') : html.index('id="definitions"')])

    for one in INDICATORS:
        if "codes" in one.needs:
            assert text.count(one.title.to(language)) == 1


def test_a_table_without_any_number_is_named_as_a_whole(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    take_in(study, "posts", POST_COLUMNS, [post("answers", "2024-01-03", likes=1)])

    html = write(study, "ru")["ru"]
    gaps = next(one[0] for one in rows(html) if "таблице" in one[0])

    assert "всё в таблице «Комментарии граждан и ответы на них»".casefold() in gaps.casefold()
    assert "«Время ожидания»" in gaps
    assert "комментарии без ответа" not in gaps.casefold()


def test_pages_are_ranked_with_the_places_that_chance_allows(reports):
    [picture] = [
        " ".join(one["label"].split())
        for one in read(reports["en"]).svgs
        if one["label"].startswith("Share of comments answered:")
    ]

    assert picture.endswith(
        "Facebook — 75.0%, place 1; Town & <b>akimat</b>, Instagram — 10.0%, place 2."
    )
    assert "A place tells neither how large a difference is nor why" in words(reports["en"])


# ── drawings, with every part checked against the grammar of charts ──────────────────────────────


def test_drawings_are_sound():
    month = datetime(2024, 1, 1).date()  # noqa: DTZ001
    drawings = [
        draw_bars([Bar(name="a", value=1, written="1")], most=1, alternative="a"),
        draw_curve([Share(hours=0, value=0, low=0, high=0)], days=7, below="d", alternative="a", sign="%"),
        draw_dots([Dot(name="a", value=0.5, low=0.1, high=0.9, written="50%")], alternative="a", ticks=[(0, "0")]),
        draw_months([Series(months=(Month(first=month, value=1, partial=False),), most=1)], alternative="a", language="ru"),
        draw_week([[1] * 24] * 7, most=1, alternative="a", language="kk"),
    ]  # fmt: skip
    assert all("<path" in one for one in drawings)

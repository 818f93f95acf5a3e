"""
1. Every section stands in the report, in every language in its own words and number format.
2. The numbers are those of compute(), with n, interval and missing.
3. What is not known is said to be so, with the reason.
4. The file needs nothing else: no scripts, no address to fetch. Markup in texts is inert.
5. Drawings hold ink and an alternative in words; their ids do not clash.
6. Reports are written aside and replace one another.
7. Many pages, no records, enormous texts: still a report.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from report_reading import read, row, rows, words
from report_town import COMMENT_COLUMNS, EVIL, NOW, POST_COLUMNS, comments, posts

from qulaq.corpus.current import Corpus
from qulaq.errors import StudyError, UnknownName
from qulaq.indicators import compute
from qulaq.lang.formats import number, share
from qulaq.reports import FORMATS, write_report
from qulaq.reports.compose import PARTS

LANGUAGES = ("kk", "ru", "en")


def one(study, key, page):
    with Corpus(study) as corpus:
        return next(result for result in compute(corpus, keys=[key]) if result.page == page)


def marked(html, title):
    """
    The last row of that title, which may bear the letter of a footnote.
    """
    return [line for line in rows(html) if re.fullmatch(f"{title}[a-e]?", line[0])][-1]


# ── 1. sections and languages ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_stands_in_its_order(town, write, language):
    html = write(town, language)[language]
    # The town has held no survey, and nobody has coded its texts.
    titles = [
        part.title.to(language)
        for part in PARTS
        if part.anchor not in {"survey", "coding", "beside"}
    ]
    places = [html.index(f">{title}</h2>") for title in titles]
    assert places == sorted(places)


def test_each_language_has_its_own_words_and_numbers(town, write):
    texts = {language: words(html) for language, html in write(town).items()}
    assert "1-кесте. Парақшалар" in texts["kk"]
    assert "1-сурет." in texts["kk"]
    assert "Ескертпе." in texts["kk"]
    assert "Таблица 1. Страницы" in texts["ru"]
    assert "Рисунок 1." in texts["ru"]
    assert "Примечание." in texts["ru"]
    assert "Table 1. The pages" in texts["en"]
    assert "40,0 %" in texts["kk"]
    assert "40,0 %" in texts["ru"]
    assert "40.0%" in texts["en"]


def test_the_language_of_the_page_is_declared(town, write):
    assert all(f'<html lang="{language}">' in html for language, html in write(town).items())


def test_the_note_of_the_study_stands_at_the_head(town, write):
    for language, html in write(town).items():
        assert html.index(town.note.to(language)) < html.index("<h2")


def test_the_head_tells_period_maker_and_moment(town, write):
    text = words(write(town, "ru")["ru"])
    assert "с 1 января 2024 г. по 29 февраля 2024 г." in text
    assert "5 марта 2024 г., 12:30 (время Asia/Almaty), Qulaq" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_ends_with_two_full_stops_and_no_blank_is_left(town, write, language):
    text = words(
        re.sub(r"<style>.*?</style>", "", write(town, language)[language], flags=re.DOTALL)
    )
    assert ".." not in text
    assert "{" not in text


def test_russian_nouns_agree_with_their_numbers(town, write):
    assert "За период — 20 публикаций" in words(write(town, "ru")["ru"])


# ── 2. numbers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reply_rate_is_that_of_compute(town, write, language):
    html = write(town, language)[language]
    result = one(town, "reply_rate", "answers")
    titles = {
        "kk": "Жауап берілген пікірлер үлесі",
        "ru": "Доля комментариев с ответом",
        "en": "Reply rate",
    }
    cell = marked(html, titles[language])[1]
    assert cell.startswith(" ".join(share(result.value, language).split()))
    assert "n = 10" in cell
    assert " ".join(share(result.high, language).split()) in cell


@pytest.mark.parametrize(
    ("key", "title"),
    [("likes_mean", "Likes per post: mean"), ("comments_mean", "Comments per post: mean"),
     ("posts_per_day_mean", "Posts per day (mean)")],
)  # fmt: skip
def test_means_are_those_of_compute_with_interval(town, write, key, title):
    result = one(town, key, "answers")
    digits = 2 if result.value < 1 else 1
    cell = row(write(town, "en")["en"], title)[1]
    assert cell.startswith(number(result.value, "en", digits=digits))
    assert f"n = {result.n}" in cell
    low, high = (number(end, "en", digits=digits) for end in (result.low, result.high))
    assert f"{low}–{high}" in cell


def test_the_summary_says_how_many_of_how_many(town, write):
    text = words(write(town, "en")["en"])
    assert "Of 10 citizens' comments 4 got an answer (40.0%; 95% interval" in text
    assert "Of 10 citizens' comments 0 got an answer (0.0%; 95% interval 0.0–" in text


def test_days_that_nobody_observed_are_counted_as_missing(town, write):
    result = one(town, "posts_per_day_mean", "answers")
    cell = row(write(town, "en")["en"], "Posts per day (mean)")[1]
    assert f"missing: {result.missing}" in cell
    assert "51 of the period's 60 days were observed" in words(write(town, "en")["en"])


def test_every_indicator_shown_is_defined(town, write):
    html = write(town, "en")["en"]
    wanted = set(re.findall(r'href="#definition-(\w+)"', html))
    assert wanted
    assert all(f'id="definition-{key}"' in html for key in wanted)


def test_the_corpus_can_be_found_again(town, write):
    with Corpus(town) as corpus:
        fingerprint, batches = corpus.store.fingerprint(), corpus.store.batches()
    text = words(write(town, "en")["en"])
    assert fingerprint in text
    assert all(batch.sha256[:12] in text and batch.file in text for batch in batches)
    assert "qulaq report town --to html" in text


# ── 3. what is not known ─────────────────────────────────────────────────────────────────────────


def test_missing_followers_are_named_and_not_zero(town, write):
    html = write(town, "en")["en"]
    assert row(html, "Followers")[1:] == ["7,600 n = 1", "no data", "no data"]
    assert "The number of followers is not known: Town & <b>akimat</b>, Instagram" in words(html)


def test_a_page_without_comments_has_no_reply_rate(town, write):
    html = write(town, "en")["en"]
    assert marked(html, "Reply rate")[3] == "not measurable"
    assert "no comments of this period have been captured" in words(html)


def test_each_reason_is_said_once(town, write):
    html = write(town, "en")["en"]
    reason = one(town, "reply_rate", "silent").reason.to("en")
    assert words(html).count(reason) == 1


def test_a_month_that_nobody_observed_is_a_gap(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    early = [(*line[:-1], "2024-01-25T00:00:00+05:00") for line in posts("answers")]
    take_in(study, "posts", POST_COLUMNS, early)
    html = write(study, "en")["en"]
    assert row(html, "Feb 2024")[1] == "no data"
    assert "no data, not zero" in words(html)


def test_a_month_cut_by_the_window_is_flagged(town, write):
    assert row(write(town, "en")["en"], "Feb 2024")[1] == "0 part of the month"


def test_bounds_stand_where_authors_are_unknown(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    take_in(study, "posts", POST_COLUMNS, posts("answers"))
    lines = [
        (*line[:4], "" if n % 2 else line[4], *line[5:])
        for n, line in enumerate(comments("answers", answered=0))
    ]
    take_in(study, "comments", COMMENT_COLUMNS, lines)
    html = write(study, "en")["en"]
    assert row(html, "Reply rate")[1].startswith("0.0–50.0%")
    assert "Who wrote 5 comments is not known" in words(html)


# ── 4. self-contained and inert ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_no_script_and_loads_nothing(town, write, language):
    tags = read(write(town, language)[language]).tags
    names = {name for name, _ in tags}
    assert not names & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "image",
        "use",
    }
    assert not [
        attributes
        for _, attributes in tags
        if {"src", "srcset", "style", "onerror", "onclick"} & set(attributes)
    ]
    html = write(town, language)[language]
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)


def test_markup_in_texts_and_names_is_inert(town, write):
    html = write(town, "en")["en"]
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Town &amp; &lt;b&gt;akimat&lt;/b&gt;" in html


def test_phones_in_posts_are_masked(town, write):
    html = write(town, "en")["en"]
    assert "701 123" not in html
    assert "[tel]" in html


def test_only_web_addresses_become_links(town, write):
    links = [attributes for tag, attributes in read(write(town, "en")["en"]).tags if tag == "a"]
    outward = [link for link in links if not link["href"].startswith("#")]
    assert outward
    assert all(link["href"].startswith("https://town.example/") for link in outward)
    assert all(link["rel"] == "noopener noreferrer" for link in outward)


# ── 5. drawings ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_hold_ink_and_an_alternative(town, write, language):
    svgs = read(write(town, language)[language]).svgs
    # Followers; of two pages months, likes, comments, waiting, and a week of people and one of answers.
    assert len(svgs) == 13
    assert all(svg["ink"] and svg["text"].strip() and svg["label"] for svg in svgs)
    assert "7" in svgs[0]["label"]


def test_kazakh_letters_are_drawn(town, write):
    assert "Қала әкімдігі" in read(write(town, "kk")["kk"]).svgs[0]["text"]


def test_no_id_stands_twice(town, write):
    for html in write(town).values():
        ids = Counter(attributes["id"] for _, attributes in read(html).tags if "id" in attributes)
        assert ids.most_common(1)[0][1] == 1


# ── 6. files ─────────────────────────────────────────────────────────────────────────────────────


def test_files_are_named_and_replaced_by_the_same_bytes(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    take_in(study, "posts", POST_COLUMNS, posts("answers"))
    assert write(study, "kk", "en") == write(study, "kk", "en")
    assert sorted(file.name for file in study.reports.iterdir()) == ["town-en.html", "town-kk.html"]


def test_an_unknown_format_is_refused_before_any_work(make_study):
    study = make_study(("answers", "facebook"))
    with pytest.raises(UnknownName, match="html"):
        write_report(study, languages=["en"], formats=["htm"], now=NOW, command="")
    assert FORMATS.keys() == ["html", "pdf"]
    assert not study.reports.exists()


def test_a_folder_that_cannot_be_made_is_a_study_error(make_study):
    study = make_study(("answers", "facebook"))
    study.reports.write_text("a file stands here", encoding="utf-8")
    with pytest.raises(StudyError, match="cannot be written"):
        write_report(study, languages=["en"], now=NOW, command="")


def test_a_study_without_pages_is_refused(make_study):
    with pytest.raises(StudyError, match="no page"):
        write_report(make_study(), languages=["en"], now=NOW, command="")


# ── 7. much and little ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_corpus_gives_a_report_that_says_so(make_study, write, language):
    html = write(make_study(("answers", "facebook"), ("silent", "telegram")), language)[language]
    assert not read(html).svgs
    missing = {"kk": "дерек жоқ", "ru": "нет данных", "en": "no data"}[language]
    assert all(set(line[1:]) == {missing} for line in rows(html)[1:3])


def test_many_pages_stand_as_rows(make_study, take_in, write):
    names = [f"page-{i}" for i in range(40)]
    study = make_study(*((name, "facebook") for name in names))
    lines = [line for name in names[:30] for line in posts(name, days=range(1, 4))]
    take_in(study, "posts", POST_COLUMNS, lines)
    html = write(study, "en")["en"]
    assert "Posts are known of 30 of 40 pages: 90 posts in all" in words(html)
    assert len([line for line in rows(html) if "(@page-39)" in line[0]]) == 10
    assert len([line for line in rows(html) if "(@page-29)" in line[0]]) == 13


def test_an_enormous_text_is_cut_at_a_word(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    texts = ("сөз " * 250_000, "ұ" * 1_000_000)
    take_in(study, "posts", POST_COLUMNS, posts("answers", texts=texts, days=range(1, 3)))
    html = write(study, "en")["en"]
    assert len(html) < 300_000
    quoted = re.findall(r'<bdi lang="">(.*?)</bdi>', html)
    assert {text[-4:] for text in quoted} == {"сөз…", "ұұұ…"}
    assert all(len(text) <= 201 for text in quoted)


def test_the_text_of_a_post_is_not_lost(town, write):
    assert EVIL.split(" 8 ")[0] in words(write(town, "en")["en"])

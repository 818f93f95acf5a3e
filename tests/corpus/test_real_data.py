"""
Real exports, against an independent reckoning on the raw files with `csv` and `json` alone.

1. Three pages of facebook-minimaxir-2016: posts a day, likes, comments, shares; the Times ends with its data.
2. Three leaders' pages of facebook-canada2015.
3. 300 Instagram posts with 67,832 comments of a page that hardly ever answers.
4. A Graph API thread: not measurable without authors, 4 in 10 with the page's, 0 of 10 where it is silent.
5. A Mastodon conversation seven deep, in which the page answered one of 103.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from statistics import mean, median
from zoneinfo import ZoneInfo

import pytest
from real_pages import DATA, measure, needs_data, write_study

from qulaq.corpus.coverage import describe
from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.study import open_study

pytestmark = needs_data

NEW_YORK = ZoneInfo("America/New_York")


def read_rows(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def distinct(rows, key):
    return list({row[key]: row for row in rows}.values())


COUNTS = tuple(
    f"{kind}_{how}" for kind in ("likes", "comments", "shares") for how in ("mean", "median", "max")
)
DAYS = (
    "posts",
    "posts_per_day_min",
    "posts_per_day_mean",
    "posts_per_day_max",
    "days_without_posts",
)


def reckon_counts(values):
    return {"mean": mean(values), "median": median(values), "max": max(values)}


# ── 1 three pages of 2016 ────────────────────────────────────────────────────────────────────────

AMERICAN = {
    "whitehouse": 'platform = "facebook"\nids = ["63811549237"]\nhandle = "WhiteHouse"',
    "nasa": 'platform = "facebook"\nids = ["54971236771"]\nhandle = "NASA"',
    "nytimes": 'platform = "facebook"\nids = ["5281959998"]\nhandle = "nytimes"',
}
FIRST, LAST = date(2016, 2, 24), date(2016, 6, 25)


def american_file(page):
    return DATA / "facebook-minimaxir-2016" / f"{page}_facebook_statuses.csv"


def american_day(row):
    clock = datetime.strptime(row["status_published"], "%Y-%m-%d %H:%M:%S").replace(
        tzinfo=timezone(timedelta(hours=-5))
    )
    return clock.astimezone(NEW_YORK).date()


@pytest.fixture(scope="module")
def american(tmp_path_factory):
    folder = tmp_path_factory.mktemp("american")
    study = write_study(folder, zone="America/New_York", window=(FIRST, LAST), pages=AMERICAN)
    balances = {page: take_in(study, american_file(page)) for page in AMERICAN}
    return study, balances, measure(study, *DAYS, *COUNTS)


@pytest.fixture(scope="module")
def american_rows():
    return {
        page: [
            row
            for row in distinct(read_rows(american_file(page)), "status_id")
            if FIRST <= american_day(row) <= LAST
        ]
        for page in AMERICAN
    }


@pytest.mark.parametrize(
    ("page", "read", "unchanged"), [("whitehouse", 333, 0), ("nasa", 763, 1), ("nytimes", 5853, 1)]
)
def test_a_repeated_row_is_unchanged_and_all_others_are_kept(american, page, read, unchanged):
    (balance,) = american[1][page].pages
    assert (balance.page, balance.read, balance.unchanged, balance.rejected) == (
        page,
        read,
        unchanged,
        0,
    )
    assert balance.kept == read - unchanged
    assert american[1][page].format == "facebook-page-post-scraper"


@pytest.mark.parametrize("page", AMERICAN)
@pytest.mark.parametrize("kind", ["likes", "comments", "shares"])
def test_means_medians_and_maxima_equal_those_of_the_file(american, american_rows, page, kind):
    column = {"likes": "num_reactions", "comments": "num_comments", "shares": "num_shares"}[kind]
    expected = reckon_counts([int(row[column]) for row in american_rows[page]])
    results = american[2]
    for how, value in expected.items():
        result = results[f"{kind}_{how}", page]
        assert result.value == pytest.approx(value, rel=1e-9), how
        assert (result.n, result.missing) == (len(american_rows[page]), 0)


@pytest.mark.parametrize("page", AMERICAN)
def test_posts_a_day_count_empty_days_up_to_the_end_of_the_data(american, american_rows, page):
    days = Counter(american_day(row) for row in american_rows[page])
    span = [FIRST + timedelta(days=i) for i in range((max(days) - FIRST).days + 1)]
    counts = [days[day] for day in span]
    results = american[2]
    expected = {
        "posts": sum(counts),
        "posts_per_day_min": min(counts),
        "posts_per_day_mean": mean(counts),
        "posts_per_day_max": max(counts),
        "days_without_posts": counts.count(0),
    }
    for key, value in expected.items():
        assert results[key, page].value == pytest.approx(value), key
    assert results["posts_per_day_mean", page].n == len(span)
    assert results["posts_per_day_mean", page].missing == (LAST - max(days)).days


def test_the_span_of_the_times_ends_with_its_data_on_23_june_so_that_its_least_is_29(american):
    study, _, results = american
    with Corpus(study) as corpus:
        summary = {one.page: one for one in describe(corpus)}["nytimes"]
    assert (summary.observed_from, summary.observed_to) == (FIRST, date(2016, 6, 23))
    least = results["posts_per_day_min", "nytimes"]
    assert least.value == 29
    assert "observed_span" in least.notes
    assert "capture_time_inferred" in least.notes


def test_the_same_three_files_again_change_nothing(american):
    study, _, _ = american
    before = study.corpus.joinpath("manifest.jsonl").read_bytes()
    for page in AMERICAN:
        balance = take_in(study, american_file(page))
        assert balance.total("unchanged") == balance.total("read")
    assert study.corpus.joinpath("manifest.jsonl").read_bytes() == before


# ── 2 three leaders ──────────────────────────────────────────────────────────────────────────────

CAMPAIGN = (date(2015, 8, 3), date(2015, 10, 19))


def canadian_file(page):
    return DATA / "facebook-canada2015" / f"{page.title()}_Posts.csv"


def canadian_day(row):
    moment = datetime.strptime(row["created_time"], "%Y-%m-%dT%H:%M:%S%z")
    return moment.astimezone(ZoneInfo("America/Toronto")).date()


@pytest.fixture(scope="module")
def canadian(tmp_path_factory):
    pages = {
        page: f'platform = "facebook"\nids = ["{read_rows(canadian_file(page))[0]["from_id"]}"]'
        for page in ("harper", "mulcair", "trudeau")
    }
    study = write_study(
        tmp_path_factory.mktemp("canadian"), zone="America/Toronto", window=CAMPAIGN, pages=pages
    )
    for page in pages:
        balance = take_in(study, canadian_file(page))
        assert (balance.format, balance.total("rejected")) == ("rfacebook", 0)
    return measure(study, "posts", *COUNTS)


@pytest.mark.parametrize("page", ["harper", "mulcair", "trudeau"])
def test_the_leaders_means_medians_and_maxima_equal_those_of_the_files(canadian, page):
    rows = [
        row
        for row in distinct(read_rows(canadian_file(page)), "id")
        if CAMPAIGN[0] <= canadian_day(row) <= CAMPAIGN[1]
    ]
    assert canadian["posts", page].value == len(rows)
    for kind in ("likes", "comments", "shares"):
        values = [
            int(row[f"{kind}_count"]) for row in rows if row[f"{kind}_count"] not in ("", "NA")
        ]
        for how, value in reckon_counts(values).items():
            result = canadian[f"{kind}_{how}", page]
            assert result.value == pytest.approx(value, rel=1e-9)
            assert (result.n, result.missing) == (len(values), len(rows) - len(values))


def test_harpers_published_figures_come_out(canadian):
    assert canadian["likes_mean", "harper"].value == pytest.approx(3116.558)
    assert canadian["likes_max", "harper"].value == 70226
    assert canadian["comments_mean", "harper"].value == pytest.approx(283.058)
    assert canadian["comments_max", "harper"].value == 5228


# ── 3 an Instagram page that hardly answers ──────────────────────────────────────────────────────

TIRTO_POSTS = """\
table = "posts"
needs = ["post_id", "post_time_utc", "media_like"]
zone = "+00:00"
absent = ["NA"]
[columns]
post_id = "post_id"
published_at = "post_time_utc"
text = "caption"
likes = "media_like"
comments = "n_comments"
views = "video_view"
"""
TIRTO_COMMENTS = """\
table = "comments"
needs = ["post_id", "comment_no", "author", "created_utc"]
zone = "+00:00"
[columns]
post_id = "post_id"
comment_id = { join = ["post_id", "comment_no"] }
author_handle = "author"
published_at = "created_utc"
text = "text"
"""


@pytest.fixture(scope="module")
def tirto(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tirto")
    pages = {"tirto": 'platform = "instagram"\nhandle = "tirtoid"'}
    study = write_study(
        folder / "study",
        zone="Asia/Jakarta",
        window=(date(2019, 6, 3), date(2019, 8, 19)),
        pages=pages,
    )
    for name, mapping in (("posts", TIRTO_POSTS), ("comments", TIRTO_COMMENTS)):
        (folder / f"{name}.toml").write_text(mapping, encoding="utf-8")
        order = Order(page="tirto", mapping=folder / f"{name}.toml", knows=("no-parents",))
        balance = take_in(study, DATA / "instagram-tirto-id" / f"{name}.csv", order)
        assert balance.total("rejected") == 0
    keys = (
        "posts",
        "citizen_comments",
        "reply_rate",
        "authors_known_share",
        "comments_captured_share",
        "likes_mean",
    )
    return measure(study, *keys)


def test_of_67830_citizens_comments_one_answer_is_inferred(tirto):
    assert tirto["posts", "tirto"].value == 300
    assert tirto["citizen_comments", "tirto"].value == 67830
    rate = tirto["reply_rate", "tirto"]
    assert rate.n == 67830
    assert rate.value == pytest.approx(1 / 67830)
    assert rate.missing == 0
    assert "inferred" in rate.notes


def test_that_answer_is_the_one_which_plain_python_finds():
    rows = read_rows(DATA / "instagram-tirto-id" / "comments.csv")
    own = [row for row in rows if row["author"] == "tirtoid"]
    assert (len(rows), len(own)) == (67832, 2)
    answered = set()
    for reply in own:
        before = [
            row
            for row in rows
            if row["post_id"] == reply["post_id"]
            and row["created_utc"] < reply["created_utc"]
            and f"@{row['author']}" in reply["text"].split()
        ]
        answered.update(row["comment_no"] for row in before[-1:])
    assert len(answered) == 1


def test_all_authors_of_tirto_are_known_and_likes_equal_the_file(tirto):
    rows = read_rows(DATA / "instagram-tirto-id" / "posts.csv")
    assert tirto["authors_known_share", "tirto"].value == 1
    assert tirto["likes_mean", "tirto"].value == pytest.approx(
        mean(int(row["media_like"]) for row in rows)
    )
    shown = {row["post_id"]: int(row["n_comments"]) for row in rows}
    held = Counter(
        row["post_id"] for row in read_rows(DATA / "instagram-tirto-id" / "comments.csv")
    )
    expected = sum(min(shown[post], held[post]) for post in shown) / sum(shown.values())
    assert tirto["comments_captured_share", "tirto"].value == pytest.approx(expected)


# ── 4 a thread of the Graph API ──────────────────────────────────────────────────────────────────

GRAPH_PAGE = "19292868552"
THREAD = DATA / "shapes-python-facebook" / "facebook" / "apidata" / "comments"


def read_thread():
    return [
        json.loads((THREAD / f"comments_p{part}.json").read_text(encoding="utf-8"))
        for part in (1, 2)
    ]


def is_the_pages_own(comment):
    """
    The replies, but for the one of a citizen who says that they do not respond.
    """
    return (
        "reply_comment_id" in comment["permalink_url"]
        and "they don’t respond" not in comment["message"]
    )


@pytest.fixture
def measure_thread(tmp_path):
    def measured(answers, *, knows=()):
        study = write_study(
            tmp_path / "study",
            zone="UTC",
            window=(date(2021, 8, 1), date(2022, 12, 31)),
            pages={"developers": f'platform = "facebook"\nids = ["{GRAPH_PAGE}"]'},
        )
        for number, answer in enumerate(answers):
            file = tmp_path / f"p{number}.json"
            file.write_text(json.dumps(answer), encoding="utf-8")
            balance = take_in(study, file, Order(knows=knows))
            assert balance.format == "graph-api"
            assert balance.total("kept") == balance.total("read") == len(answer["data"])
        keys = (
            "citizen_comments",
            "reply_rate",
            "unanswered",
            "comments_captured_share",
            "authors_known_share",
        )
        return {key: result for (key, _), result in measure(study, *keys).items()}

    return measured


def test_a_thread_without_authors_has_no_reply_rate_but_a_reason(measure_thread):
    results = measure_thread(read_thread())
    for key in ("reply_rate", "unanswered", "citizen_comments"):
        assert results[key].value is None, key
        assert "measurable" in str(results[key].reason)
    assert results["comments_captured_share"].value == pytest.approx(15 / 18)


def test_with_the_pages_own_comments_named_it_answered_4_of_10(measure_thread):
    answers = read_thread()
    own = [one for answer in answers for one in answer["data"] if is_the_pages_own(one)]
    assert len(own) == 4
    for comment in own:
        comment["from"] = {"id": GRAPH_PAGE, "name": "The page"}
    results = measure_thread(answers, knows=("page-authors",))
    assert results["citizen_comments"].value == 10
    assert (results["reply_rate"].value, results["reply_rate"].n) == (pytest.approx(0.4), 10)
    assert results["unanswered"].value == 6


def test_where_the_page_is_known_and_never_answers_the_rate_is_zero_and_not_missing(measure_thread):
    answers = read_thread()
    for answer in answers:
        answer["data"] = [one for one in answer["data"] if not is_the_pages_own(one)]
    results = measure_thread(answers, knows=("page-authors",))
    assert (results["reply_rate"].value, results["reply_rate"].n) == (0, 10)
    assert results["unanswered"].value == 10
    assert results["reply_rate"].high > 0


def test_moments_of_the_thread_are_kept_to_the_second(measure_thread, tmp_path):
    measure_thread(read_thread())
    with Corpus(open_study(tmp_path / "study")) as corpus:
        rows = corpus.engine.run(corpus.tables["comments"]).to_pylist()
    expected = sorted(
        datetime.strptime(one["created_time"], "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
        for answer in read_thread()
        for one in answer["data"]
    )
    assert sorted(row["published_at"] for row in rows) == expected


# ── 5 a conversation on Mastodon ─────────────────────────────────────────────────────────────────

CONVERSATION = DATA / "mastodon-thread" / "context.json"


@pytest.fixture(scope="module")
def conversation(tmp_path_factory):
    study = write_study(
        tmp_path_factory.mktemp("mastodon"),
        zone="UTC",
        window=(date(2022, 11, 1), date(2022, 11, 30)),
        pages={"page": 'platform = "mastodon"\nhandle = "page"\nids = ["1"]'},
    )
    balance = take_in(study, CONVERSATION)
    with Corpus(study) as corpus:
        told = corpus.with_texts(corpus.tables["comments"], "comments")
        comments = corpus.engine.run(told).to_pylist()
    return study, balance, {row["comment_id"]: row for row in comments}


@pytest.fixture(scope="module")
def statuses():
    answer = json.loads(CONVERSATION.read_text(encoding="utf-8"))
    return answer["root_status_id"], {one["id"]: one for one in answer["descendants"]}


def test_all_127_comments_of_the_conversation_are_kept_under_its_post(conversation, statuses):
    _, balance, comments = conversation
    root, told = statuses
    assert (balance.format, balance.total("kept"), balance.total("read")) == ("mastodon", 127, 127)
    assert set(comments) == set(told)
    assert {row["post_id"] for row in comments.values()} == {root}
    assert sum(row["by_page"] for row in comments.values()) == 3


def test_threads_seven_deep_are_led_to_their_roots(conversation, statuses):
    _, _, comments = conversation
    root, told = statuses

    def way_up(one):
        way = [one]
        while told[way[-1]]["in_reply_to_id"] != root:
            way.append(told[way[-1]]["in_reply_to_id"])
        return way

    ways = {one: way_up(one) for one in told}
    assert max(map(len, ways.values())) == 7
    assert {one: row["thread_id"] for one, row in comments.items()} == {
        one: way[-1] for one, way in ways.items()
    }


def test_moments_likes_and_words_of_the_conversation_are_those_of_the_file(conversation, statuses):
    _, _, comments = conversation
    for one, told in statuses[1].items():
        row = comments[one]
        assert row["published_at"] == datetime.fromisoformat(told["created_at"])
        assert row["likes"] == told["favourites_count"]
        assert row["text"] == html.unescape(re.sub("<[^>]+>", "", told["content"])).strip() or None


def test_the_page_answered_one_of_103_citizens(conversation):
    results = measure(conversation[0], "citizen_comments", "reply_rate", "unanswered")
    rate = results["reply_rate", "page"]
    assert (rate.value, rate.n) == (pytest.approx(1 / 103), 103)
    assert results["citizen_comments", "page"].value == 103
    assert results["unanswered", "page"].value == 102

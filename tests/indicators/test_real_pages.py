"""
Real pages, by month, against the second reckoning and against sums over their files.

1. Three American pages of 2016, with followers that we made up: every key, by month.
2. Three leaders' pages of 2015: every key, by month; means and medians as the files say.
3. An Instagram page with 67,832 comments that answers once: every key, by month.
4. A Mastodon conversation: 1 of 103 answered, after half a minute.
5. No number without a reason, no reason beside a number.
"""

from __future__ import annotations

import csv
import html
import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from statistics import mean, median
from zoneinfo import ZoneInfo

import pytest
from plain_records import Import, PageFacts, Span
from reckoning import reckon

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.indicators import INDICATORS, compute
from qulaq.indicators.periods import periods
from qulaq.study import open_study

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")

# What is told of texts by plain rules holds only of the few texts made for them.
TEXTS = {"reply_rate_gap_kk_ru", "boilerplate_reply_share"}
KEYS = [one.key for one in INDICATORS if one.key not in TEXTS]


def read_rows(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def found_study(folder, *, zone, window, pages):
    lines = [f'id = "real"\ntitle = "Real pages"\ntime_zone = "{zone}"']
    lines += [f"window = {{ from = {window.first}, to = {window.last} }}"]
    lines += [f'[[bodies]]\nid = "{page}"\nname = "{page}"' for page in pages]
    lines += [f'[[pages]]\nid = "{page}"\nbody = "{page}"\n{told}' for page, told in pages.items()]
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    return open_study(folder)


def compare(study, facts, imports):
    """
    The results by month; what differs from the second reckoning, of the whole window and by month.
    """
    wrong, found = [], {}
    with Corpus(study) as corpus:
        for by in (None, "month"):
            spans = [Span(one.first, one.last) for _, one, _ in periods(study.window, by)]
            expected = reckon(facts, imports, spans, whole=by is None)
            found[by] = compute(corpus, keys=KEYS, by=by)
            wrong += [
                (by, one.indicator, one.page, one.first, one.value, one.n, one.missing, tuple(due))
                for one in found[by]
                if "codes" not in INDICATORS.get(one.indicator).needs
                and one.indicator != "reply_within_standard"
                and not _agree(one, due := expected[one.indicator, one.page, one.first])
            ]
    return found, wrong


def _agree(result, due):
    if result.value is None or due.value is None:
        return result.value is due.value and (result.n, result.missing) == (due.n, due.missing)
    close = result.value == pytest.approx(due.value, rel=1e-9, abs=1e-12)
    return close and (result.n, result.missing) == (due.n, due.missing)


def number(cell):
    return int(cell) if cell not in ("", "NA") else None


def check_reasons(found):
    for one in (result for results in found.values() for result in results):
        assert (one.value is None) == (one.reason is not None), (one.indicator, one.page)
        if one.reason:
            assert "measurable" in str(one.reason)


# ── 1 three American pages ───────────────────────────────────────────────────────────────────────

AMERICAN = {"whitehouse": ("63811549237", 7_000_000), "nasa": ("54971236771", 15_000_000)}
AMERICAN |= {"nytimes": ("5281959998", 11_000_000)}
SPRING = Span(date(2016, 2, 24), date(2016, 6, 25))
COUNTED = datetime(2016, 5, 1, 12, tzinfo=UTC)  # nobody did: the numbers are ours


def american_posts(page):
    zone = timezone(timedelta(hours=-5))
    for row in read_rows(DATA / "facebook-minimaxir-2016" / f"{page}_facebook_statuses.csv"):
        clock = datetime.strptime(row["status_published"], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - the next line
        yield {
            "page_id": page,
            "post_id": row["status_id"],
            "published_at": clock.replace(tzinfo=zone),
            "likes": int(row["num_reactions"]),
            "comments": int(row["num_comments"]),
            "shares": int(row["num_shares"]),
        }


@pytest.fixture(scope="module")
def american(tmp_path_factory):
    folder = tmp_path_factory.mktemp("american")
    pages = {
        page: f'platform = "facebook"\nhandle = "{page}"\nids = ["{number}"]'
        for page, (number, _) in AMERICAN.items()
    }
    study = found_study(folder / "study", zone="America/New_York", window=SPRING, pages=pages)
    counts = folder / "counts.csv"
    lines = [
        f"{page},{COUNTED.isoformat()},{followers}" for page, (_, followers) in AMERICAN.items()
    ]
    counts.write_text("\n".join(["page,captured_at,followers", *lines]), encoding="utf-8")
    take_in(study, counts)
    imports = []
    for page, (_, followers) in AMERICAN.items():
        take_in(study, DATA / "facebook-minimaxir-2016" / f"{page}_facebook_statuses.csv")
        row = {"page_id": page, "captured_at": COUNTED, "followers": followers}
        imports.append(Import(table="posts", rows=list(american_posts(page))))
        imports.append(Import(table="page_counts", rows=[row]))
    facts = [PageFacts(id=page, zone="America/New_York", speakers=frozenset()) for page in AMERICAN]
    return compare(study, facts, imports)


def test_three_american_pages_are_as_plain_python_reckons_them(american):
    found, wrong = american
    assert not wrong
    assert len(found["month"]) == len(KEYS) * 3 * 5
    check_reasons(found)


def test_their_engagement_is_what_the_files_add_up_to(american):
    told = {(one.indicator, one.page): one.value for one in american[0][None]}
    for page, (_, followers) in AMERICAN.items():
        posts = {row["post_id"]: row for row in american_posts(page)}.values()
        each = {kind: mean(row[kind] for row in posts) for kind in ("likes", "comments", "shares")}
        all_three = sum(each.values()) / followers
        assert told["engagement", page] == pytest.approx(all_three * 1000)
        assert told["engagement_rate_by_follower", page] == pytest.approx(all_three)
        assert told["virality_3", page] == pytest.approx(each["shares"] / followers * 1000)
        assert told["popularity_1", page] == mean(row["likes"] > 0 for row in posts)


# ── 2 three leaders ──────────────────────────────────────────────────────────────────────────────

LEADERS = ("harper", "mulcair", "trudeau")
CAMPAIGN = Span(date(2015, 8, 3), date(2015, 10, 19))


def leaders_posts(page):
    for row in read_rows(DATA / "facebook-canada2015" / f"{page.title()}_Posts.csv"):
        yield {
            "page_id": page,
            "post_id": row["id"],
            "published_at": datetime.strptime(row["created_time"], "%Y-%m-%dT%H:%M:%S%z"),
            **{f"{kind}s": number(row[f"{kind}s_count"]) for kind in ("like", "comment", "share")},
        }


@pytest.fixture(scope="module")
def leaders(tmp_path_factory):
    ids = {
        page: read_rows(DATA / "facebook-canada2015" / f"{page.title()}_Posts.csv")[0]["from_id"]
        for page in LEADERS
    }
    pages = {page: f'platform = "facebook"\nids = ["{one}"]' for page, one in ids.items()}
    folder = tmp_path_factory.mktemp("leaders") / "study"
    study = found_study(folder, zone="America/Toronto", window=CAMPAIGN, pages=pages)
    imports = []
    for page in LEADERS:
        take_in(study, DATA / "facebook-canada2015" / f"{page.title()}_Posts.csv")
        imports.append(Import(table="posts", rows=list(leaders_posts(page))))
    facts = [PageFacts(id=page, zone="America/Toronto", speakers=frozenset()) for page in LEADERS]
    return compare(study, facts, imports)


def test_three_leaders_are_as_plain_python_reckons_them(leaders):
    found, wrong = leaders
    assert not wrong
    check_reasons(found)


def test_without_followers_nothing_is_said_per_follower_and_without_comments_nothing_of_answers(
    leaders,
):
    told = {(one.indicator, one.page): one for one in leaders[0][None]}
    for page in LEADERS:
        assert "not in any import" in str(told["engagement", page].reason)
        assert "No comments of this page" in str(told["reply_rate", page].reason)
        posts = {row["post_id"]: row for row in leaders_posts(page)}.values()
        likes = [row["likes"] for row in posts if _in_campaign(row)]
        assert told["likes_mean", page].value == pytest.approx(mean(likes))
        assert told["likes_median", page].value == pytest.approx(median(likes))


def _in_campaign(row):
    return CAMPAIGN.holds(row["published_at"].astimezone(ZoneInfo("America/Toronto")).date())


# ── 3 an Instagram page that answers once ────────────────────────────────────────────────────────

TIRTO = {
    "posts": """\
table = "posts"
needs = ["post_id", "post_time_utc", "media_like"]
zone = "+00:00"
absent = ["NA"]
[columns]
post_id = "post_id"
published_at = "post_time_utc"
likes = "media_like"
comments = "n_comments"
""",
    "comments": """\
table = "comments"
needs = ["post_id", "comment_no", "author", "created_utc"]
zone = "+00:00"
[columns]
post_id = "post_id"
comment_id = { join = ["post_id", "comment_no"] }
author_handle = "author"
published_at = "created_utc"
text = "text"
""",
}
SUMMER = Span(date(2019, 6, 3), date(2019, 8, 19))


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def tirto_imports():
    posts = [
        {"page_id": "tirto", "post_id": row["post_id"], "published_at": moment(row["post_time_utc"]),
         "likes": number(row["media_like"]), "comments": number(row["n_comments"])}
        for row in read_rows(DATA / "instagram-tirto-id" / "posts.csv")
    ]  # fmt: skip
    comments = [
        {"page_id": "tirto", "post_id": row["post_id"], "comment_id": f"{row['post_id']}_{row['comment_no']}",
         "author_handle": row["author"], "published_at": moment(row["created_utc"]), "text": row["text"]}
        for row in read_rows(DATA / "instagram-tirto-id" / "comments.csv")
    ]  # fmt: skip
    return [
        Import(table="posts", rows=posts, parents=False),
        Import(table="comments", rows=comments, parents=False),
    ]


@pytest.fixture(scope="module")
def tirto(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tirto")
    pages = {"tirto": 'platform = "instagram"\nhandle = "tirtoid"'}
    study = found_study(folder / "study", zone="Asia/Jakarta", window=SUMMER, pages=pages)
    for name, mapping in TIRTO.items():
        (folder / f"{name}.toml").write_text(mapping, encoding="utf-8")
        order = Order(page="tirto", mapping=folder / f"{name}.toml", knows=("no-parents",))
        take_in(study, DATA / "instagram-tirto-id" / f"{name}.csv", order)
    facts = [PageFacts(id="tirto", zone="Asia/Jakarta", speakers=frozenset({"tirtoid"}))]
    return compare(study, facts, tirto_imports())


def test_a_page_with_67830_citizens_comments_is_as_plain_python_reckons_it(tirto):
    found, wrong = tirto
    assert not wrong
    check_reasons(found)
    told = {one.indicator: one for one in found[None]}
    assert (told["citizen_comments"].value, told["unanswered"].value) == (67830, 67829)
    assert (told["latency_median_hours"].n, told["reply_rate"].n) == (1, 67830)


# ── 4 a conversation on Mastodon ─────────────────────────────────────────────────────────────────


def mastodon_rows():
    told = json.loads((DATA / "mastodon-thread" / "context.json").read_text(encoding="utf-8"))
    root = told["root_status_id"]
    for one in told["descendants"]:
        above = one["in_reply_to_id"]
        yield {
            "page_id": "page",
            "post_id": root,
            "comment_id": one["id"],
            "parent_id": None if above == root else above,
            "author": one["account"]["id"],
            "author_handle": one["account"]["acct"],
            "published_at": datetime.fromisoformat(one["created_at"]),
            "text": html.unescape(re.sub("<[^>]+>", "", one["content"])),
            "likes": one["favourites_count"],
        }


@pytest.fixture(scope="module")
def mastodon(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mastodon") / "study"
    pages = {"page": 'platform = "mastodon"\nhandle = "page"\nids = ["1"]'}
    november = Span(date(2022, 11, 1), date(2022, 11, 30))
    study = found_study(folder, zone="UTC", window=november, pages=pages)
    take_in(study, DATA / "mastodon-thread" / "context.json")
    facts = [PageFacts(id="page", zone="UTC", speakers=frozenset({"page", "1"}))]
    found, wrong = compare(study, facts, [Import(table="comments", rows=list(mastodon_rows()))])
    return {one.indicator: one for one in found[None]}, wrong, found


def test_the_conversation_is_as_plain_python_reckons_it(mastodon):
    _, wrong, found = mastodon
    assert not wrong
    check_reasons(found)


def test_of_103_citizens_one_was_answered_after_half_a_minute(mastodon):
    told, *_ = mastodon
    assert (told["reply_rate"].value, told["reply_rate"].n) == (pytest.approx(1 / 103), 103)
    assert (told["citizen_comments"].value, told["unanswered"].value) == (103, 102)
    # Asked at 03:37:12.679, answered at 03:37:45.593 of 6 November 2022.
    assert told["latency_median_hours"].value == pytest.approx(32.914 / 3600)
    assert told["latency_median_hours"].n == 1
    assert told["speaker_changes_mean"].value == pytest.approx(1 / 103)
    assert "Not reached" in str(told["latency_km_median_hours"].reason)

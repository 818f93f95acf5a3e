"""
What people read out of texts, measured: pages and codes that we made, so we know what every number must say.

1. Shares are of the coded texts; unclear ones are missing; a post that several models fit counts for the most demanding,
   and a bare mention is no two-way model.
2. Kinds of comments: the share answered of questions, and the gap between complaints and praise; inviting posts under
   which the page stayed.
3. Replies: acts of a reply count where its grade tells that it got no further.
4. Where coders agree too little there is no value, and the reason tells alpha; where one person coded, or all got one code,
   a note says so; what is not coded on a page says that.
5. Without codes the study cannot measure it; with them every key of this kind exists.
6. A code that stands for nothing in the corpus is nobody's.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from plain_records import Import, PageFacts, Span
from small_corpora import World, build

from qulaq.coding.codebook import read_codebook
from qulaq.coding.coding import Coding
from qulaq.coding.decisions import Decision, standing
from qulaq.coding.shares import measure_shares
from qulaq.coding.standard import write_standard_codebook
from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS, compute
from qulaq.stats.intervals import wilson

ASKED = datetime(2024, 2, 1, 10, tzinfo=UTC)
LATER = ASKED + timedelta(days=30)
KEYS = [one.key for one in INDICATORS if "codes" in one.needs]
POSTS = 10


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    file = tmp_path_factory.mktemp("book") / "codebook.toml"
    write_standard_codebook(file)
    return read_codebook(file)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """
    Two pages of ten posts with two comments each, but none under the last post; one page answers all, one nobody.
    """
    pages = [PageFacts(id=name, zone="Asia/Almaty", speakers=frozenset({f"{name}.body"})) for name in ("open", "mute")]  # fmt: skip
    posts, comments = [], []
    for page in ("open", "mute"):
        for i in range(POSTS):
            posts.append({"page_id": page, "post_id": f"p{i}", "published_at": ASKED - timedelta(hours=1)})  # fmt: skip
            for k in range(2 if i < POSTS - 1 else 0):
                asked = {"page_id": page, "post_id": f"p{i}", "comment_id": f"c{i}{k}"}
                comments.append(asked | {"author": f"u{i}{k}", "published_at": ASKED, "text": "?"})
                if page == "open":
                    reply = {
                        "comment_id": f"r{i}{k}",
                        "parent_id": f"c{i}{k}",
                        "author": "open.body",
                    }
                    comments.append(asked | reply | {"published_at": ASKED + timedelta(hours=2), "text": "."})  # fmt: skip
    world = World(
        tuple(pages),
        (
            Import(table="posts", rows=posts, captured=LATER),
            Import(table="comments", rows=comments, captured=LATER),
        ),
        Span(date(2024, 1, 15), date(2024, 3, 15)),
    )
    return build(world, tmp_path_factory.mktemp("coded"))


def coded(codebook, *rows):
    """
    The coding of rows (unit, coder, variable, codes…), each at its own turn.
    """
    told = [
        Decision(
            unit=unit,
            variable=variable,
            coder=coder,
            codes=codes,
            fingerprint=codebook.variable(variable).fingerprint,
            decided_at=ASKED,
        )
        for unit, coder, variable, *codes in ((u, c, v, *given) for u, c, v, *given in rows)
        for codes in [tuple(codes)]
    ]
    return Coding(codebook=codebook, standing=standing(told, codebook))


def twice(unit, variable, *codes):
    return [(unit, coder, variable, *codes) for coder in ("asel", "bolat")]


def measured(study, coding, keys=KEYS):
    with Corpus(study, codes=coding.codes if coding else None) as corpus:
        return {(one.page, one.indicator): one for one in compute(corpus, keys=keys)}


@pytest.fixture(scope="module")
def told(study, codebook):
    rows = []
    for page in ("open", "mute"):
        for place, codes in enumerate(
            [
                ["answer", "date"],
                ["feedback_call", "emotion"],
                ["mention"],
                ["unclear"],
                ["report_inside", "promotion"],
                ["emotion"],
                ["none"],
            ]
        ):
            rows += twice(f"{page}/p{place}", "pr_model", *codes)
        for place in range(POSTS):
            rows += twice(f"{page}/p{place}", "invites", "yes" if place in {0, 1, 9} else "no")
        rows += twice(f"{page}/p0", "dialogic", "asks_question", "invites_comments", "how_to_get")
        rows += twice(f"{page}/p1", "dialogic", "none")
        for place in range(6):
            rows += twice(
                f"{page}/c{place}0", "comment_kind", "question" if place < 4 else "complaint"
            )
            rows += twice(f"{page}/c{place}1", "comment_kind", "praise")
    for place, (grade, *acts) in enumerate(
        [
            ("4", "action_done"),
            ("3", "answer", "thanks"),
            ("2", "referral"),
            ("1", "deferral"),
            ("1", "thanks"),
            ("3", "referral", "explanation"),
        ]
    ):
        rows += twice(f"open/r{place}0", "reply_grade", grade)
        rows += twice(f"open/r{place}0", "reply_acts", *acts)
    return measured(study, coded(codebook, *rows))


def near(one, value, n, missing=0):
    assert one.value == pytest.approx(value), one
    assert (one.n, one.missing, one.base) == (n, missing, "coded")
    assert one.low <= one.value <= one.high


@pytest.mark.parametrize("page", ["open", "mute"])
def test_models_of_posts(told, page):
    """
    Requirement 1.
    """
    near(told[page, "two_way_share"], 2 / 6, 6, missing=1)
    near(told[page, "one_way_share"], 2 / 6, 6, missing=1)
    near(told[page, "mention_only_share"], 1 / 6, 6, missing=1)
    near(told[page, "dialogic_index"], (2 / 4 + 0) / 2, 2)


def test_intervals_are_those_of_wilson(told):
    """
    Requirement 1: a post is one unit; few posts take them for independent.
    """
    expected = wilson(np.array([2.0]), np.array([6.0]))
    found = told["open", "two_way_share"]
    assert (found.low, found.high) == pytest.approx((expected.low[0], expected.high[0]))


def test_kinds_of_comments(told):
    """
    Requirement 2.
    """
    near(told["open", "reply_rate_to_questions"], 1, 4)
    near(told["mute", "reply_rate_to_questions"], 0, 4)
    near(told["open", "reply_rate_gap_complaint_praise"], 0, 8)
    near(told["open", "ask_and_stay_share"], 1, 2)
    near(told["mute", "ask_and_stay_share"], 0, 2)


def test_replies(told):
    """
    Requirement 3: a referral within a reply that explains is none.
    """
    near(told["open", "substantive_reply_share"], 3 / 6, 6)
    for key in ("referral", "deferral", "acknowledgement"):
        near(told["open", f"{key}_reply_share"], 1 / 6, 6)
    near(told["open", "closed_loop_share"], 1 / 6, 6)
    silent = told["mute", "substantive_reply_share"]
    assert silent.value is None
    assert "coding a sample" in silent.reason.to("en")


def test_disagreement_withholds(study, codebook):
    """
    Requirement 4: alpha of this table by hand is -1/3 for the reading "yes".
    """
    rows = [(f"open/p{k}", "asel", "invites", "yes" if k % 2 else "no") for k in range(2)]
    rows += [(f"open/p{k}", "bolat", "invites", "no" if k % 2 else "yes") for k in range(2)]
    rows += twice("open/p2", "invites", "yes")
    rows += twice("open/p3", "invites", "no")
    rows += [("open/p4", "asel", "comment_kind", "question")]
    found = measured(study, coded(codebook, *rows), ["ask_and_stay_share"])[
        "open", "ask_and_stay_share"
    ]
    assert found.value is None
    assert found.low is None
    # Krippendorff: o = 4 unequal of 8 values, e = 8 * 8 / 2 / 7; 1 - 4 / (32 / 7) = 0.125.
    assert "alpha 0.125 over 4 units" in found.reason.to("en")


def test_one_coder_and_one_code_are_told(study, codebook):
    """
    Requirement 4.
    """
    single = coded(codebook, *[(f"open/p{k}", "asel", "pr_model", "date") for k in range(4)])
    found = measured(study, single, ["one_way_share"])["open", "one_way_share"]
    assert found.value == 1
    assert "coded_once" in found.notes
    alike = coded(
        codebook, *[row for k in range(4) for row in twice(f"open/p{k}", "pr_model", "date")]
    )
    found = measured(study, alike, ["one_way_share"])["open", "one_way_share"]
    assert found.value == 1
    assert "agreement_undefined" in found.notes


def test_fair_agreement_is_tentative(study, codebook):
    """
    Requirement 4: of 40 values, 20 of each kind, 6 are unequal: 1 - 6 / (2 * 20 * 20 / 39) = .7075.
    """
    same = [*(f"open/p{k}" for k in range(8)), *(f"mute/p{k}" for k in range(9))]
    rows = [
        row for k, unit in enumerate(same) for row in twice(unit, "invites", ("no", "yes")[k % 2])
    ]
    for k, unit in enumerate(("open/p8", "open/p9", "mute/p9")):
        rows += [(unit, "asel", "invites", ("yes", "no")[k % 2]), (unit, "bolat", "invites", ("no", "yes")[k % 2])]  # fmt: skip
    found = measured(study, coded(codebook, *rows), ["ask_and_stay_share"])[
        "open", "ask_and_stay_share"
    ]
    assert found.n == 4, "what coders see differently waits"
    assert "coders_tentative" in found.notes


def test_without_codes_nothing_of_it_is_measured(study):
    """
    Requirement 5.
    """
    found = measured(study, None)
    assert len(KEYS) == 12
    assert all(
        one.value is None and "needs coding" in one.reason.to("en") for one in found.values()
    )


def test_codes_of_what_is_not_there(study, codebook):
    """
    Requirement 6.
    """
    gone = coded(
        codebook,
        *twice("open/nowhere", "pr_model", "date"),
        *twice("elsewhere/p1", "pr_model", "date"),
    )
    found = measured(study, gone, ["one_way_share"])
    assert all(one.value is None and one.n == 0 for one in found.values())


def test_shares_of_categories(codebook):
    """
    Simultaneous intervals of one code a unit, Wilson's of several; periods; withheld where coders disagree.
    """
    rows = [
        row for k in range(8) for row in twice(f"open/p{k}", "mode", "push" if k < 6 else "pull")
    ]
    rows += [
        row
        for k in range(4)
        for row in twice(f"open/p{k}", "dialogic", "says_who", "asks_question")
    ]
    rows += [(f"open/c{k}", coder, "comment_kind", "praise" if (k + (coder == "asel")) % 2 else "talk") for k in range(8) for coder in ("asel", "bolat")]  # fmt: skip
    coding = coded(codebook, *rows)
    days = {f"open/p{k}": date(2024, 1 + k // 6, 1) for k in range(8)}
    found = {
        (one.variable, one.category, one.page, one.period): one
        for one in measure_shares(coding, pages=["open"])
    }
    push = found["mode", "push", "open", ""]
    assert (push.value, push.n, push.few) == (6 / 8, 8, False)
    wider = wilson(np.array([6.0]), np.array([8.0]))
    assert push.low < wider.low[0]
    assert found["mode", "pull", "", ""].few
    both = [found["dialogic", code, "", ""].value for code in ("says_who", "asks_question")]
    assert both == [1, 1]
    assert ("comment_kind", "praise", "", "") not in found, "nothing is settled there"
    by_month = measure_shares(coding, pages=["open"], days=days, by="month")
    assert {one.period for one in by_month} == {"2024-01", "2024-02"}
    (january,) = (one for one in by_month if (one.variable, one.category, one.page, one.period) == ("mode", "push", "", "2024-01"))  # fmt: skip
    assert (january.k, january.n) == (6, 6)
    assert not math.isnan(january.low)

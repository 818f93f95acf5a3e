"""
What readers of open networks join: files of one command, groups with their channels, conversations with whom they address.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import UnreadableExport
from qulaq.indicators import compute
from qulaq.study import open_study

SAMPLES = Path(__file__).parent / "samples"


def sample(key, *parts):
    return json.loads((SAMPLES / key).joinpath(*parts).read_text(encoding="utf-8"))


def rename(study, old, new):
    """
    The study with other words in its settings.
    """
    text = study.settings.read_text(encoding="utf-8")
    assert old in text
    study.settings.write_text(text.replace(old, new), encoding="utf-8")
    return open_study(study.folder)


def measure(study, page, *keys):
    with Corpus(study) as corpus:
        results = compute(corpus, keys=list(keys))
    return [
        one.value for key in keys for one in results if (one.indicator, one.page) == (key, page)
    ]


def problems(balance):
    return Counter(one.problem for one in balance.rejects)


# ── Telegram ─────────────────────────────────────────────────────────────────────────────────────

PAIR = SAMPLES / "telegram-desktop" / "pair" / "raw"
CHANNEL, GROUP = PAIR / "channel" / "result.json", PAIR / "group" / "result.json"


def test_a_group_finds_the_channel_that_was_named_in_the_same_command(study, stored):
    balance = take_in(study, GROUP, Order(beside=(CHANNEL, GROUP)))
    assert problems(balance) == {"post_copy": 1}
    assert {row["post_id"] for row in stored(study, "comments")} == {"30", None}


def test_a_group_alone_keeps_its_threads_and_says_what_to_name_with_it(study, stored):
    balance = take_in(study, GROUP)
    (copy,) = balance.rejects
    assert copy.problem == "post_copy_alone"
    assert "in one command" in str(copy.remedy)
    assert {row["post_id"] for row in stored(study, "comments")} == {"1600000002_51", None}


def test_comments_move_below_their_posts_once_the_channel_comes_along(study):
    take_in(study, GROUP)
    take_in(study, CHANNEL, Order(beside=(CHANNEL, GROUP)))
    take_in(study, GROUP, Order(beside=(CHANNEL, GROUP)))
    with Corpus(study) as corpus:
        rows = corpus.engine.run(corpus.tables["comments"]).to_pylist()
    assert {row["comment_id"]: row["post_id"] for row in rows} == {
        "1600000002_52": "30",
        "1600000002_54": "30",
        "1600000002_55": None,
    }


def test_staff_who_answer_under_their_own_name_speak_for_the_body_once_listed(study):
    take_in(study, PAIR)
    assert measure(study, "town-telegram", "citizen_comments", "reply_rate") == [2, 0]
    listed = rename(study, 'ids = ["1500000001"]', 'ids = ["1500000001"]\naccounts = ["user709"]')
    assert measure(listed, "town-telegram", "citizen_comments", "reply_rate") == [2, 0.5]


@pytest.mark.parametrize("raw", ["telegram-desktop/full/raw.json", "telethon/lines/raw.jsonl"])
def test_a_channel_may_be_named_as_bots_write_it(study, raw):
    plain = take_in(study, SAMPLES / raw)
    other = rename(study, '"1500000001"', '"-1001500000001"')
    again = take_in(other, SAMPLES / raw)
    assert again.total("unchanged") == plain.total("kept") > 0
    assert measure(other, "town-telegram", "reply_rate")[0] > 0


def test_desktop_and_telethon_call_posts_comments_and_people_the_same(study, stored):
    take_in(study, SAMPLES / "telegram-desktop" / "full" / "raw.json")
    before = {row["comment_id"]: row["author"] for row in stored(study, "comments")}
    posts = {row["post_id"] for row in stored(study, "posts")}
    take_in(study, SAMPLES / "telethon" / "lines" / "raw.jsonl")
    later = {row["comment_id"]: row["author"] for row in stored(study, "comments")}
    same = set(before) & set(later)
    assert {one: later[one] for one in same} == {one: before[one] for one in same}
    assert len(same) == len(before) == 8
    assert {row["post_id"] for row in stored(study, "posts")} == posts


def telegram_group(answered):
    """
    A group of which each message answers the one that is told by its number.
    """
    messages = [
        {
            "id": number,
            "type": "message",
            "date_unixtime": str(1685592000 + number),
            "from_id": "user7",
            "text": "Су қашан?",
            **({"reply_to_message_id": above} if above else {}),
        }
        for number, above in answered.items()
    ]
    return {"name": "Топ", "type": "private_group", "id": 1500000001, "messages": messages}


def test_messages_that_answer_each_other_in_a_ring_end_nowhere(study, write, stored):
    take_in(study, write("ring.json", telegram_group({1: 3, 2: 1, 3: 2})))
    assert {row["post_id"] for row in stored(study, "comments")} == {None}


def test_a_long_row_of_answers_is_walked_once(study, write, stored):
    chain = {number: number - 1 for number in range(1, 20_001)}
    take_in(study, write("chain.json", telegram_group(chain)))
    assert len(stored(study, "comments")) == 20_000


@pytest.mark.parametrize(
    ("change", "albums"),
    [
        ({}, [["1", "2"]]),
        ({"id": 3}, [["1"], ["3"]]),
        ({"date_unixtime": "1685592001"}, [["1"], ["2"]]),
        ({"text": "Екінші мәтін"}, [["1"], ["2"]]),
        ({"photo": None, "media_type": "voice_message", "file": "v.ogg"}, [["1"], ["2"]]),
        ({"forwarded_from": "Басқа"}, [["1"], ["2"]]),
    ],
    ids=["album", "a gap", "a second later", "two texts", "a voice", "passed on"],
)
def test_messages_are_an_album_where_nothing_speaks_against_it(
    study, write, stored, change, albums
):
    first = {
        "id": 1,
        "type": "message",
        "date_unixtime": "1685592000",
        "photo": "1.jpg",
        "text": "Мәтін",
    }
    second = {**first, "id": 2, "text": "", **change}
    second = {key: value for key, value in second.items() if value is not None}
    channel = {"name": "x", "type": "public_channel", "id": 1500000001, "messages": [first, second]}
    balance = take_in(study, write("channel.json", channel))
    assert balance.total("read") == len(albums)
    kept = [row["post_id"] for row in stored(study, "posts")]
    assert kept == [
        album[0] for album in albums if not (change.get("forwarded_from") and album == ["2"])
    ]


def test_private_chats_of_a_full_export_are_left_out_whole_and_counted(study):
    balance = take_in(study, SAMPLES / "telegram-desktop" / "full" / "raw.json")
    assert problems(balance)["private_chat"] == 1
    assert all("Сәлем" not in str(one.found) for one in balance.rejects)


# ── YouTube and TikTok ───────────────────────────────────────────────────────────────────────────


def test_replies_alone_ask_for_their_page(study, write, stored):
    replies = sample("youtube", "answers", "raw", "3-replies.json")
    balance = take_in(study, write("replies.json", replies))
    assert problems(balance) == {"page_unnamed": 1, "unpublished": 1}
    balance = take_in(study, write("again.json", replies), Order(page="town-youtube"))
    assert problems(balance) == {"unpublished": 1}
    assert [row["parent_id"] for row in stored(study, "comments")] == ["UgxAigul00001AaABAg"]


def without(value, name):
    """
    A document in which nothing bears that name.
    """
    if isinstance(value, dict):
        return {key: without(one, name) for key, one in value.items() if key != name}
    return [without(one, name) for one in value] if isinstance(value, list) else value


def test_threads_that_leave_the_channel_out_take_it_from_the_videos_beside_them(study, write):
    threads = without(sample("youtube", "answers", "raw", "2-threads.json"), "channelId")
    videos = SAMPLES / "youtube" / "answers" / "raw" / "1-videos.json"
    file = write("threads.json", threads)
    assert problems(take_in(study, file)) == {"page_unnamed": 3}
    assert take_in(study, file, Order(beside=(file, videos))).total("kept") == 3


def test_replies_take_video_and_channel_from_the_threads_beside_them(study, stored):
    raw = SAMPLES / "youtube" / "answers" / "raw"
    replies, threads = raw / "3-replies.json", raw / "2-threads.json"
    balance = take_in(study, replies, Order(beside=(replies, threads)))
    assert problems(balance) == {"unpublished": 1}
    (row,) = stored(study, "comments")
    assert (row["page_id"], row["parent_id"]) == ("town-youtube", "UgxAigul00001AaABAg")
    answered = sample("youtube", "answers", "raw", "2-threads.json")["items"][0]["snippet"]
    assert row["post_id"] == answered["videoId"]


def test_a_list_of_videos_is_refused_with_what_to_ask_for_instead(study):
    file = SAMPLES / "youtube" / "answers" / "raw" / "5-playlist.json"
    with pytest.raises(UnreadableExport, match="playlistItem") as refusal:
        take_in(study, file)
    assert "statistics" in str(refusal.value.remedy)


def test_comments_that_are_switched_off_are_an_error_of_youtube(study, write):
    said = 'The video of the <code><a href="/docs#id">videoId</a></code> has disabled comments.'
    error = {"code": 403, "message": said, "errors": []}
    told = r"The video of the videoId has disabled comments\. \(code 403\)\."
    with pytest.raises(UnreadableExport, match=told):
        take_in(study, write("error.json", {"error": error}), Order(importer="youtube"))


def test_comments_of_tiktok_take_their_account_from_the_videos_beside_them(study):
    raw = SAMPLES / "tiktok-research" / "answers" / "raw"
    comments, videos = raw / "3-comments.json", raw / "2-videos.json"
    assert problems(take_in(study, comments)) == {"page_unnamed": 4}
    assert take_in(study, comments, Order(beside=(comments, videos))).total("kept") == 3


def test_comments_of_tiktok_in_a_table_take_their_account_from_the_table_of_videos(study, write):
    videos = write(
        "videos.csv", "id,username,create_time,like_count\n71,town.akimat.kz,1683680400,5\n"
    )
    heading = "id,video_id,create_time,text,parent_comment_id\n"
    comments = write("comments.csv", f"{heading}81,71,1683680500,Қашан?,71\n")
    balance = take_in(study, comments, Order(beside=(comments, videos)))
    assert [(one.page, one.kept) for one in balance.pages] == [("town-tiktok", 1)]


def test_without_authors_nothing_about_answering_is_measurable(study):
    take_in(study, SAMPLES / "tiktok-research" / "answers" / "raw")
    assert measure(study, "town-tiktok", "reply_rate", "citizen_comments") == [None, None]


# ── X ────────────────────────────────────────────────────────────────────────────────────────────


def test_answers_to_mentions_count_though_the_page_wrote_no_post(study, stored):
    for name in ("mentions", "timeline"):
        take_in(study, SAMPLES / "x-api" / name / "raw.json")
    assert {row["post_id"] for row in stored(study, "comments")} == {None, "1001"}
    # Two citizens began, one of whom the page answered.
    assert measure(study, "town-x", "citizen_comments", "reply_rate") == [2, 0.5]


def test_both_sets_of_field_names_say_the_same(study, write):
    told = sample("x-api", "conversation", "raw.json")
    take_in(study, write("new.json", told))
    renamed = json.dumps(told).replace("referenced_posts", "referenced_tweets")
    renamed = renamed.replace('"posts":', '"tweets":').replace("repost_count", "retweet_count")
    renamed = renamed.replace("edit_history_post_ids", "edit_history_tweet_ids")
    assert not re.search("post_ids|_posts|repost", renamed)
    balance = take_in(study, write("old.json", renamed))
    assert balance.total("unchanged") == balance.total("read") == 4


def x_reply(number, author, *, to, of, conversation="1001"):
    return {
        "id": number,
        "text": "Қашан бітеді?",
        "author_id": author,
        "conversation_id": conversation,
        "created_at": "2023-05-10T04:00:00.000Z",
        "in_reply_to_user_id": of,
        "referenced_tweets": [{"type": "replied_to", "id": to}],
    }


def test_a_direct_reply_tells_who_began_the_conversation_of_the_others(study, write, stored):
    direct = x_reply("2001", "55", to="1001", of="7700")
    below = x_reply("2002", "56", to="2001", of="55")
    take_in(study, write("thread.json", {"data": [direct, below], "meta": {"result_count": 2}}))
    told = [(row["post_id"], row["parent_id"]) for row in stored(study, "comments")]
    assert told == [("1001", None), ("1001", "2001")]


def test_a_conversation_of_x_finds_its_post_in_a_file_of_the_same_command(study, write, stored):
    post = {
        "id": "1001",
        "text": "Су құбыры",
        "author_id": "7700",
        "conversation_id": "1001",
        "created_at": "2023-05-10T03:00:00.000Z",
    }
    posts = write("posts.json", {"data": [post], "meta": {"result_count": 1}})
    below = {"data": [x_reply("2002", "56", to="2001", of="55")], "meta": {"result_count": 1}}
    balance = take_in(study, write("thread.json", below), Order(beside=(posts,)))
    assert balance.total("kept") == 1
    assert [row["post_id"] for row in stored(study, "comments")] == ["1001"]


def test_an_answer_of_x_that_found_nothing_is_no_unknown_record(study, write):
    found = {"data": [x_reply("2001", "55", to="1001", of="7700")]}
    lines = map(json.dumps, ({"meta": {"result_count": 0}}, found))
    balance = take_in(study, write("answers.jsonl", "\n".join(lines)))
    assert (balance.total("read"), balance.rejects) == (1, ())


def test_an_answer_of_x_that_is_a_refusal_says_why(study, write):
    body = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
    with pytest.raises(UnreadableExport, match="Unauthorized"):
        take_in(study, write("refusal.json", body))


def test_posts_of_accounts_that_are_not_the_pages_are_no_posts_of_its(study, write):
    tweet = {
        "id": "1",
        "text": "Жаңалық",
        "author_id": "8800",
        "conversation_id": "1",
        "created_at": "2023-05-10T04:00:00.000Z",
    }
    own = {**tweet, "id": "2", "conversation_id": "2", "author_id": "7700"}
    balance = take_in(study, write("search.json", {"data": [tweet, own]}), Order(page="town-x"))
    assert [(one.line, one.problem) for one in balance.rejects] == [(1, "page_unknown")]
    assert balance.total("kept") == 1


# ── the table of customer support ────────────────────────────────────────────────────────────────


def test_a_support_table_tells_who_was_answered(study):
    take_in(study, SAMPLES / "x-support-table" / "plain" / "raw.csv")
    # Tweets 3 and 7 began; 3 was answered after two minutes.
    keys = ("citizen_comments", "reply_rate", "unanswered")
    assert measure(study, "town-x", *keys) == [2, 0.5, 1]


def test_a_support_table_may_be_json_lines_too(study, write, stored):
    heading = "tweet_id author_id inbound created_at text response_tweet_id in_response_to_tweet_id"
    moment = "Tue Oct 31 22:10:47 +0000 2023"
    rows = [
        ["1", "115712", "True", moment, "Су жоқ", "2", ""],
        ["2", "TownAkimat", "False", moment, "Мекенжай?", "", "1"],
    ]
    lines = [json.dumps(dict(zip(heading.split(), row, strict=True))) for row in rows]
    balance = take_in(study, write("support.jsonl", "\n".join(lines)))
    assert (balance.format, balance.total("kept")) == ("x-support-table", 2)
    assert [row["by_page_source"] for row in stored(study, "comments")] == [False, True]


def test_broken_rows_of_a_support_table_move_no_other_row_to_another_page(study, tmp_path, stored):
    heading, *rows = (
        (SAMPLES / "x-support-table" / "plain" / "raw.csv").read_text("utf-8").splitlines()
    )
    broken = ["11,115712,True", "12,115712,True,x,y,,,,too many", *rows]
    for name, lines in (("whole", rows), ("broken", broken)):
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join([heading, *lines, "13,115718,True"]), encoding="utf-8")
        balance = take_in(study, file)
    assert problems(balance)["cells"] == 3
    assert (balance.total("kept"), balance.total("unchanged")) == (0, 6)


def test_posts_that_come_along_without_counts_hide_no_counts(study, write):
    take_in(study, SAMPLES / "x-api" / "conversation" / "raw.json")
    bare = without(sample("x-api", "conversation", "raw.json"), "public_metrics")
    take_in(study, write("bare.json", bare))
    with Corpus(study) as corpus:
        (post,) = corpus.engine.run(corpus.tables["posts"]).to_pylist()
    assert (post["likes"], post["views"]) == (10, 1600)

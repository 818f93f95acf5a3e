"""
What an unknown file looks like, and the mapping drafted from it.

1. A draft can be read by `--mapping` at once where all that is needed was guessed; else it says what is missing.
2. Headings of three languages are understood, and cells measured by the rules that import them.
3. Posts, comments and counts of pages are told apart; the person's word goes first.
4. What is doubtful is commented out with its reason; marks of absence and clocks without a zone are found.
5. Nothing of what people wrote or are called goes into a draft, a description or an error.
6. Whatever the bytes: a draft that is TOML, or our own error.
7. Real exports, completed only where their drafts say so, come in whole.
8. The error of an unknown file says what it looks like, what comes near and what to do.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qulaq.corpus.drafts.description import describe
from qulaq.corpus.drafts.drafting import make_draft
from qulaq.corpus.drafts.headings import meanings
from qulaq.corpus.drafts.toml import add_command, draft_mapping
from qulaq.corpus.drafts.unknown import suggest
from qulaq.corpus.importers.mapping import find_unfilled, read_shape
from qulaq.corpus.schema import RECORDS
from qulaq.errors import QulaqError, UnreadableExport
from qulaq.exports import open_export
from qulaq.lang import LANGUAGES
from qulaq.sheets import write_xlsx

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")

modest = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def opened(tmp_path):
    aside = tmp_path / "aside"
    aside.mkdir()
    return lambda file: open_export(file, aside)


@pytest.fixture
def draft(opened):
    """
    The draft of a file as TOML read again.
    """
    return lambda file, **how: tomllib.loads(draft_mapping(opened(file), **how))


@pytest.fixture
def seen(opened):
    """
    The columns of a file by name.
    """
    return lambda file: {one.name: one for one in describe(opened(file)).columns}


def complete(toml, **words):
    """
    A draft as a person completes it: the empty lines filled, and no other touched.
    """
    lines = []
    for line in toml.splitlines():
        key, _, rest = line.partition(" = ")
        if rest.startswith(('""', '[""]')) and not line.startswith("#"):
            lines.append(f"{key} = {words.pop(key)}")
        else:
            lines.append(line)
    assert not words
    return "\n".join(lines)


@pytest.fixture
def take(empty_town, opened, add, write):
    """
    Draft, complete where it says so, import.
    """

    def taken(file, *, table=None, order=None, **words):
        toml = complete(draft_mapping(opened(file), table), **words)
        mapping = write("drafted.toml", toml)
        return add(empty_town, file, mapping=mapping, **(order or {}))

    return taken


ENGLISH = [
    ["pageId", "id", "createdAt", "message", "permalink", "likes_count", "num_comments", "shares", "views"],
    ["answers", "p-1", "2023-01-02T10:00:00+05:00", "Жол жөнделді, күтіңіз", "https://town.kz/1", "1 234", "2", "0", "n/a"],
    ["answers", "p-2", "2023-01-03T10:00:00+05:00", "Ярмарка: Әйгерім Төлегенқызы", "https://town.kz/2", "5", "3", "1", "70"],
]  # fmt: skip
RUSSIAN = [
    ["Страница", "Номер", "Дата публикации", "Текст", "Ссылка", "Лайки", "Комментарии", "Репосты", "Просмотры"],
    ["town.answers", "11", "02.01.2023 10:00", "Приём у Ғалыма Өтегенова", "https://town.kz/11", "12", "0", "—", "99"],
    ["town.answers", "12", "03.01.2023 18:30", "Вода будет", "https://town.kz/12", "7", "4", "1", "101"],
]  # fmt: skip
KAZAKH = [
    ["парақша", "жарияланым нөмірі", "жарияланған күні", "мәтін", "сілтеме", "ұнату саны", "пікірлер", "бөлісу", "қаралым саны"],
    ["town.answers", "21", "2023-01-02 10:00", "Ұлттық күн, Һәкім аға", "https://town.kz/21", "12", "0", "3", "99"],
    ["town.answers", "22", "2023-01-03 18:30", "Су беріледі", "https://town.kz/22", "7", "4", "1", "101"],
]  # fmt: skip
POST_KEYS = {"post_id", "published_at", "text", "link", "likes", "comments", "shares", "views"}


# ── 1, 2 headings and cells ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rows", [ENGLISH, RUSSIAN, KAZAKH], ids=["en", "ru", "kk"])
def test_headings_of_three_languages_are_drafted_whole(draft, write, rows):
    """
    Requirement 2.
    """
    told = draft(write("t.csv", rows))
    heading = rows[0]
    assert told["table"] == "posts"
    assert told["page"] == [heading[0]]
    assert set(told["columns"]) == POST_KEYS
    assert list(told["columns"].values()) == heading[1:]


@pytest.mark.parametrize(
    ("rows", "zone"),
    [(ENGLISH, None), (RUSSIAN, "page"), (KAZAKH, "Asia/Almaty")],
    ids=["en", "ru", "kk"],
)
def test_a_draft_once_completed_where_it_says_so_imports_every_row(  # noqa: PLR0917
    take, write, stored, empty_town, rows, zone
):
    """
    Requirement 1.
    """
    balance = take(write("t.csv", rows), **({"zone": f'"{zone}"'} if zone else {}))
    assert (balance.total("read"), balance.total("kept")) == (2, 2)
    assert [row["post_id"] for row in stored(empty_town, "posts")] == [row[1] for row in rows[1:]]
    assert None not in [row["published_at"] for row in stored(empty_town, "posts")]


def test_comments_are_drafted_with_who_wrote_them_and_what_they_answer(
    take, write, stored, empty_town
):
    """
    Requirements 1, 2.
    """
    rows = [
        [
            "page",
            "Post ID",
            "comment_id",
            "in_reply_to",
            "username",
            "date",
            "comment",
            "Reactions",
        ],
        ["answers", "p1", "c1", "", "@qanat.ү", "2023-01-02T10:00:00Z", "Су қашан?", "1"],
        ["answers", "p1", "c2", "c1", "town.answers", "2023-01-02T12:00:00Z", "Ертең", "2"],
        ["answers", "p2", "c3", "", "gul_zhan", "2023-01-04T12:00:00Z", "Рақмет", "0"],
    ]
    rows[1][4] = "qanat.b"
    assert take(write("c.csv", rows)).total("kept") == 3
    kept = stored(empty_town, "comments")
    assert [row["parent_id"] for row in kept] == [None, "c1", None]
    assert [row["likes"] for row in kept] == [1, 2, 0]
    assert all(row["author_handle"] and row["text"] for row in kept)


def test_a_json_record_is_drafted_with_inner_keys_and_its_lists_are_left(draft, write, take):
    """
    Requirements 1, 2.
    """
    records = [
        {
            "comment": {"id": f"k{n}", "text": "Қайда?"},
            "user": {"id": str(700 + n)},
            "created_at": 1672650000 + n,
            "tags": ["су", "жол"],
            "parent_id": None,
        }
        for n in range(3)
    ]
    file = write("c.json", records)
    told = draft(file)
    assert told["columns"] == {
        "comment_id": "comment.id",
        "parent_id": "parent_id",
        "author": "user.id",
        "published_at": "created_at",
        "text": "comment.text",
    }
    assert take(file, order={"page": "answers"}).total("kept") == 3


def test_lists_of_json_are_told_as_such(seen, write):
    columns = seen(
        write("p.json", [{"id": 1, "media": [{"url": "https://a.kz/x"}], "date": "2023-01-02"}])
    )
    assert {name: one.kind for name, one in columns.items()}["media"] == "list"


def test_a_text_that_is_sometimes_a_list_is_taken_and_the_rest_announced(opened, write):
    """
    Requirement 4: Telegram's own export splits a text with links into a list.
    """
    records = [
        {
            "id": 1,
            "date": "2023-01-02T10:00:00",
            "date_unixtime": "1672635600",
            "text": "Су қашан?",
        },
        {
            "id": 2,
            "date": "2023-01-02T10:00:01",
            "date_unixtime": "1672635601",
            "text": ["Жол: ", {"type": "link"}],
        },
    ]
    toml = draft_mapping(opened(write("r.json", records)))
    assert 'text = "text"  # in some records a list, which is not read' in toml
    assert tomllib.loads(toml)["columns"]["published_at"] == "date_unixtime"
    assert "zone" not in tomllib.loads(toml)


@pytest.mark.parametrize("content", [[1, 2, 3], [], {}])
def test_json_without_records_gets_no_draft(opened, write, content):
    with pytest.raises(QulaqError):
        draft_mapping(opened(write("r.json", content)))


def test_json_lines_and_spreadsheets_are_drafted_as_tables_are(take, write, tmp_path):
    """
    Requirement 1.
    """
    lines = [dict(zip(ENGLISH[0], row, strict=True)) for row in ENGLISH[1:]]
    file = write("p.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    assert take(file).total("kept") == 2
    sheet = tmp_path / "p.xlsx"
    write_xlsx(
        {"posts": [ENGLISH[0], *([*row[:1], f"x{row[1]}", *row[2:]] for row in ENGLISH[1:])]}, sheet
    )
    assert take(sheet).total("kept") == 2


def test_records_that_stand_under_a_key_are_described_and_the_draft_says_what_to_do(opened, write):
    document = {
        "info": {"name": "арна"},
        "feed": {"messages": [{"id": n, "date": "2023-01-02T10:00:00Z"} for n in range(4)]},
    }
    export = opened(write("feed.json", document))
    described = describe(export)
    assert (described.sample.under, described.sample.n) == ("feed.messages", 4)
    assert '"feed.messages"' in draft_mapping(export)


@pytest.mark.parametrize(
    ("heading", "table", "column"),
    [
        ("status_published", "posts", "published_at"),
        ("Дата и время", "posts", "published_at"),
        ("№ комментария", "comments", "comment_id"),
        ("пікір уақыты", "comments", "published_at"),
        ("Ответ на комментарий №", "comments", "parent_id"),
        ("Количество подписчиков", "page_counts", "followers"),
        ("Жазылушылар саны", "page_counts", "followers"),
        ("retweets", "posts", "shares"),
        ("Кол-во просмотров", "posts", "views"),
        ("scraped_at", "posts", "captured"),
    ],
)
def test_a_heading_means_for_certain(heading, table, column):
    """
    Requirement 2.
    """
    assert column in {one.column for one in meanings(heading, table) if one.sure}


@pytest.mark.parametrize("heading", ["видео", "category", "подписчики", "цвет", ""])
def test_other_words_are_not_taken_for_headings_of_posts(heading):
    """
    Requirement 2: "видео" is not "вид", "подписчики" is not "подпись".
    """
    assert not [
        one for one in meanings(heading, "posts") if one.sure and one.column in ("kind", "text")
    ]


@pytest.mark.parametrize("table", RECORDS)
def test_every_heading_of_qulaqs_own_sheets_is_understood(table):
    """
    Requirement 2.
    """
    for column in RECORDS[table].content:
        for language in LANGUAGES:
            understood = {
                one.column for one in meanings(column.title.to(language), table) if one.sure
            }
            assert column.name in understood


# ── 3 which table ────────────────────────────────────────────────────────────────────────────────


def test_counts_of_pages_are_told_from_posts(take, write, stored, empty_town):
    """
    Requirement 3.
    """
    rows = [
        ["канал", "дата", "подписчики"],
        ["answers", "2023-01-31 12:00", "14 000"],
        ["silent", "2023-01-31 12:00", "9"],
    ]
    assert take(write("n.csv", rows), zone='"page"').total("kept") == 2
    assert [row["followers"] for row in stored(empty_town, "page_counts")] == [14000, 9]


def test_messages_of_one_sender_are_posts_and_of_many_are_comments(draft, write):
    """
    Requirement 3.
    """

    def messages(*senders):
        return [
            {
                "message_id": n,
                "sender_id": sender,
                "date": f"2023-01-0{n + 1}T10:00:00Z",
                "text": "Сәлем ғой",
            }
            for n, sender in enumerate(senders)
        ]

    alone = draft(write("a.json", messages(-100, -100, -100)))
    assert (alone["table"], alone["page"]) == ("posts", ["sender_id"])
    several = draft(write("b.json", messages(7001, 7002, 7001)))
    assert (several["table"], several["columns"]["author"]) == ("comments", "sender_id")
    assert "page" not in several


def test_the_persons_word_on_the_table_goes_before_the_guess(draft, write):
    """
    Requirement 3.
    """
    file = write("t.csv", ENGLISH)
    told = draft(file, table="comments")
    assert told["table"] == "comments"
    assert set(told["columns"]) <= {column.name for column in RECORDS["comments"].content}


# ── 4 doubts ─────────────────────────────────────────────────────────────────────────────────────


def test_a_clock_without_a_zone_waits_to_be_told_one(opened, draft, write, empty_town, add):
    """
    Requirements 1, 4.
    """
    file = write("t.csv", RUSSIAN)
    assert draft(file)["zone"] == ""
    mapping = write("m.toml", draft_mapping(opened(file)))
    with pytest.raises(UnreadableExport, match="still empty: zone"):
        add(empty_town, file, mapping=mapping)


def test_without_a_moment_the_draft_asks_for_one_and_reading_it_says_so(
    opened, write, empty_town, add
):
    """
    Requirements 1, 4.
    """
    file = write("t.csv", [["id", "text", "date"], ["1", "Ән", "кеше"], ["2", "Күй", "бүгін"]])
    toml = draft_mapping(opened(file))
    [line] = [line for line in toml.splitlines() if line.startswith("published_at")]
    assert line.startswith('published_at = ""  # fill in')
    assert '"date"' in line
    with pytest.raises(UnreadableExport, match="still empty: published_at"):
        add(empty_town, file, mapping=write("m.toml", toml))


def test_the_only_column_of_moments_is_taken_whatever_its_heading(draft, write):
    rows = [
        ["қашан болды", "text"],
        ["2023-01-02T10:00:00Z", "Ән"],
        ["2023-01-03T10:00:00Z", "Күй"],
    ]
    assert draft(write("t.csv", rows))["columns"]["published_at"] == "қашан болды"


def test_a_day_that_may_be_a_month_waits_for_a_person(opened, take, write, draft):
    """
    Requirement 4.
    """
    rows = [
        ["id", "date", "text"],
        ["1", "03/04/2023 10:00", "Ән"],
        ["2", "05/06/2023 11:00", "Күй"],
    ]
    file = write("t.csv", rows)
    assert draft(file)["formats"] == [""]
    assert '"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"' in draft_mapping(opened(file))
    order = {"page": "answers"}
    balance = take(file, order=order, zone='"page"', formats='["%d/%m/%Y %H:%M"]')
    assert balance.total("kept") == 2


def test_a_day_above_twelve_tells_the_format(draft, write):
    rows = [["id", "date"], ["1", "03/04/2023 10:00"], ["2", "25/06/2023 11:00"]]
    assert draft(write("t.csv", rows))["formats"] == ["%d/%m/%Y %H:%M"]


def test_marks_of_absence_are_found_where_numbers_stand_and_doubted_where_texts_do(opened, write):
    """
    Requirement 4.
    """
    rows = [["id", "date", "text", "likes", "views"]]
    rows += [
        [str(n), f"2023-01-{n:02}T10:00:00Z", "Әңгіме көп", str(n), str(n)] for n in range(1, 20)
    ]
    rows[3][3], rows[4][4], rows[5][4], rows[6][2] = "NA", "-1", "\\N", "-"
    toml = draft_mapping(opened(write("t.csv", rows)))
    assert tomllib.loads(toml)["absent"] == ["NA", "-1", "\\N"]
    assert '# absent = ["NA", "-1", "\\\\N", "-"]' in toml


def test_numbers_below_zero_are_no_marks_of_absence(seen, write):
    rows = [["balance"], ["-1"], ["-7"], ["12"]]
    assert seen(write("t.csv", rows))["balance"].marks == ()


def test_a_number_that_begins_anew_under_each_post_is_joined_with_it(
    take, write, stored, empty_town
):
    """
    Requirement 4.
    """
    rows = [["post_id", "comment_no", "author", "date", "text"]]
    rows += [
        [f"p{post}", str(n), f"u{post}{n}", "2023-01-02T10:00:00Z", "Неге?"]
        for post in (1, 2)
        for n in (1, 2, 3)
    ]
    balance = take(write("c.csv", rows), order={"page": "answers"})
    assert balance.total("kept") == 6
    assert {row["comment_id"] for row in stored(empty_town, "comments")} >= {"p1-1", "p2-1"}


def test_an_id_that_only_counts_the_rows_is_taken_with_a_warning(opened, write):
    rows = [["comment_no", "date", "text"], *([str(n), "2023-01-02", "Иә"] for n in range(1, 5))]
    toml = draft_mapping(opened(write("c.csv", rows)))
    assert 'comment_id = "comment_no"  # only counts the rows' in toml


def test_ids_of_page_and_post_in_one_are_taken_apart(draft, write):
    rows = [
        ["id", "created_time", "message", "shares"],
        ["100_1", "2023-01-02T10:00:00Z", "Су", "1"],
        ["100_2", "2023-01-02T10:00:00Z", "Жол", "0"],
    ]
    told = draft(write("p.csv", rows))
    assert told["columns"]["post_id"] == {"after": "id"}
    assert told["page"] == [{"before": "id"}]


def test_names_of_people_are_not_taken_for_accounts(opened, write):
    """
    Requirement 4: a display name does not tell two people apart.
    """
    rows = [
        ["автор", "дата", "комментарий"],
        ["Әлия Құрманова", "2023-01-02T10:00:00Z", "Қашан?"],
        ["Ө. Іңкәр", "2023-01-02T10:00:00Z", "Где?"],
    ]
    toml = draft_mapping(opened(write("c.csv", rows)), "comments")
    assert '# author_handle = "автор"' in toml
    assert "author" not in tomllib.loads(toml)["columns"]


def test_a_heading_that_says_more_is_doubted(opened, write):
    rows = [
        ["id", "date", "comments_hidden"],
        ["1", "2023-01-02T10:00:00Z", "4"],
        ["2", "2023-01-02T10:00:00Z", "5"],
    ]
    toml = draft_mapping(opened(write("p.csv", rows)))
    assert '# comments = "comments_hidden"  # the heading also says: hidden' in toml


def test_columns_without_a_name_of_their_own_are_told_and_not_mapped(opened, write):
    rows = [
        ["", "date", "likes", "Likes"],
        ["1", "2023-01-02T10:00:00Z", "4", "9"],
        ["2", "2023-01-03T10:00:00Z", "5", "8"],
    ]
    toml = draft_mapping(opened(write("p.csv", rows)))
    assert tomllib.loads(toml)["columns"]["likes"] == "likes"
    assert "column 1, which needs a name of its own" in toml
    assert "column 4, which needs a name of its own" in toml


def test_cells_that_do_not_read_are_announced(opened, write):
    rows = [
        ["id", "date", "likes"],
        *([str(n), "2023-01-02T10:00:00Z", "көп" if n == 3 else str(n)] for n in range(9)),
    ]
    [line] = [
        line
        for line in draft_mapping(opened(write("p.csv", rows))).splitlines()
        if line.startswith("likes")
    ]
    assert "some cells do not read as this: count" in line


def test_a_table_whose_first_row_is_data_gets_no_draft(opened, write):
    rows = [["2023-01-02T10:00:00Z", "Сәлем"], ["2023-01-03T10:00:00Z", "Рақмет"]]
    with pytest.raises(UnreadableExport, match="no heading"):
        draft_mapping(opened(write("p.csv", rows)))


def test_the_command_that_follows_says_what_the_table_cannot_know(opened, write):
    rows = [
        ["comment_id", "date", "text"],
        ["7a", "2023-01-02T10:00:00Z", "Су?"],
        ["8a", "2023-01-03T10:00:00Z", "Иә"],
    ]
    export = opened(write("my comments.csv", rows))
    command = add_command(make_draft(describe(export)), "my comments.csv", "m.toml")
    assert command == (
        'qulaq corpus add STUDY "my comments.csv" --mapping m.toml --page ID --knows no-authors --knows no-parents'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_speaks_the_persons_language_and_stays_toml(opened, write, language):
    toml = draft_mapping(opened(write("t.csv", RUSSIAN)), language=language)
    assert find_unfilled(tomllib.loads(toml)) == ["zone"]
    word = {"kk": "белдеуін", "ru": "часовой пояс", "en": "the zone"}[language]
    assert word in toml


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("encoding", "told", "text"),
    [
        ("utf-8", "UTF-8", "Құлақ"), ("utf-8-sig", "UTF-8", "Құлақ"), ("utf-16", "UTF-16", "Құлақ"),
        ("cp1251", "Windows-1251", "Служба"), ("kz1048", "KZ-1048", "Құлақ"),
    ],
)  # fmt: skip
def test_the_encoding_separator_and_rows_are_told(opened, write, encoding, told, text):
    content = f"номер;дата;текст\n1;2023-01-02;{text} салды\n2;2023-01-03;{text}\n".encode(encoding)
    described = describe(opened(write("t.csv", content)))
    assert (described.encoding, described.separator, described.shape) == (told, ";", "csv")
    assert (described.sample.n, described.sample.whole) == (2, True)


def test_rows_of_a_long_file_are_estimated(opened, write):
    rows = [["id", "text"], *([str(n), "мәтін " * 9] for n in range(4000))]
    described = describe(opened(write("t.csv", rows)), most=1000)
    assert not described.sample.whole
    assert described.sample.n == pytest.approx(4000, rel=0.1)
    assert len(described.sample.rows) == 1000


# ── 5 nothing of people ──────────────────────────────────────────────────────────────────────────

PERSONAL = [
    "Жәмила Өскенбай", "@gulnaz.i", "8 777 123 45 67", "қуаныш@пошта.kz", "Көшеміз қашан жарық болады?", "u-000777",
    "https://town.kz/people/gulnaz", "кеше түнде",
]  # fmt: skip


@pytest.mark.parametrize("secret", PERSONAL)
def test_no_cell_goes_into_what_is_told_of_a_file(opened, write, secret):
    """
    Requirement 5, under headings of every kind.
    """
    heading = ["when", "автор", "text", "date", "id", "likes", "page", "сілтеме", "colour"]
    rows = [heading, *([f"2023-01-02T10:00:0{n}Z"] + [secret] * 8 for n in range(9))]
    export = opened(write("c.csv", rows))
    described = describe(export)
    told = [draft_mapping(export, table) for table in RECORDS]
    told += [suggest(export, []).to("en"), repr(described), described.says.to("kk")]
    parts = [part for part in (secret, *secret.split()) if len(part) > 2]
    assert not [text for text in told if any(part in text for part in parts)]


# ── 6 any bytes ──────────────────────────────────────────────────────────────────────────────────


def describe_any(file, aside, content, table):
    """
    A draft that is TOML and that read_shape reads or finds unfilled; or our own error.
    """
    file.write_bytes(content)
    try:
        export = open_export(file, aside)
        error = suggest(export, [])
        told = tomllib.loads(draft_mapping(export, table))
    except QulaqError as refusal:
        return str(refusal)
    if not find_unfilled(told):
        read_shape(told)
    return error.to("ru") and told["table"]


@pytest.fixture
def survive(tmp_path):
    aside = tmp_path / "aside"
    aside.mkdir()
    return lambda content, table=None: describe_any(tmp_path / "any.csv", aside, content, table)


tables = st.sampled_from([None, *RECORDS])


@modest
@given(content=st.binary(max_size=200), table=tables)
def test_random_bytes_raise_only_our_own_errors(survive, content, table):
    """
    Requirement 6.
    """
    assert survive(content, table)


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "id", "дата", "likes", "text", "author", "post_id", "2023-01-02", "12/31/2023 10:00", "-1", "NA", "\\", "'",
            '"', "\x7f", "\u2028", "a.b", "1672650000", "1_2", "https://a.kz/b", "{", "да", "3.5",
        ]
    ),
)  # fmt: skip


@modest
@given(
    rows=st.lists(st.lists(cells, max_size=5), max_size=6),
    separator=st.sampled_from(",;\t|"),
    table=tables,
)
@example(rows=[['a"b\\\x7f', "дата"], ["1", "2"]], separator=";", table="posts")
def test_random_tables_raise_only_our_own_errors(survive, rows, separator, table):
    """
    Requirement 6.
    """
    assert survive("\n".join(separator.join(row) for row in rows).encode("utf-8", "replace"), table)


documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), cells),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(cells, inner, max_size=4)),
    max_leaves=14,
)


@modest
@given(document=documents, lines=st.booleans(), table=tables)
def test_random_json_raises_only_our_own_errors(survive, document, lines, table):
    """
    Requirement 6.
    """
    content = json.dumps(document) + ("\n" + json.dumps(document)) * lines
    assert survive(content.encode("utf-8", "replace"), table)


# ── 7 real exports ───────────────────────────────────────────────────────────────────────────────


@needs_data
@pytest.mark.parametrize(("name", "n"), [("posts", 300), ("comments", 67_832)])
def test_real_posts_and_comments_of_instagram_come_in_whole_by_their_drafts(take, opened, name, n):
    """
    Requirement 7. No clock is without a zone there, so nothing is left to fill in.
    """
    file = DATA / "instagram-tirto-id" / f"{name}.csv"
    described = describe(opened(file))
    assert (described.sample.n, described.sample.whole) == (n, True)
    balance = take(file, order={"page": "answers"})
    assert (balance.total("read"), balance.total("kept")) == (n, n)


@needs_data
@pytest.mark.parametrize(
    "file", sorted((DATA / "telegram-ru-channels").glob("*.json")), ids=lambda file: file.name
)
def test_real_messages_of_channels_come_in_whole_by_their_drafts(take, draft, file):
    """
    Requirement 7.
    """
    messages = json.loads(file.read_text(encoding="utf-8"))
    told = draft(file)
    assert (told["table"], told["page"]) == ("posts", ["sender_id"])
    assert take(file, order={"page": "answers"}).total("kept") == len(messages)


# ── 8 the error of an unknown file ───────────────────────────────────────────────────────────────


@dataclass
class Format:
    key: str


@dataclass
class Near:
    share: float
    missing: tuple[str, ...] = ()


def test_the_error_says_what_the_file_looks_like_and_which_formats_come_near(opened, write):
    """
    Requirement 8.
    """
    looks = [
        (Format("far"), Near(0)), (Format("near"), Near(0.75, ("status_id",))), (Format("half"), Near(0.5, ("a", "b"))),
        (Format("third"), Near(0.3, ("c",))), (Format("fourth"), Near(0.2, ("d",))),
    ]  # fmt: skip
    error = suggest(opened(write("my page.csv", ENGLISH)), looks)
    found, remedy = str(error.found), str(error.remedy)
    assert (
        "It looks like CSV with 9 columns; createdAt looks like moments (YYYY-MM-DDThh:mm:ssZ, with its zone)."
        in found
    )
    assert "permalink" in found
    assert "near (status_id); half (a, b); third (c)." in remedy
    assert "far" not in remedy.partition("Add that")[0]
    assert "fourth" not in remedy
    assert 'my page.csv" --output mapping.toml' in remedy
    assert "--as" in remedy


def test_the_error_without_a_near_format_names_all_formats(opened, write):
    """
    Requirement 8.
    """
    error = suggest(opened(write("x.csv", [["colour"], ["қызыл"]])), [(Format("far"), Near(0))])
    assert "none of which holds moments" in str(error.found)
    assert "--as (far)" in str(error.remedy)


def test_the_error_of_a_file_without_a_heading_repeats_nothing_of_its_first_row(opened, write):
    """
    Requirements 5, 8.
    """
    error = suggest(opened(write("x.csv", [["2023-01-02T10:00:00Z", "Ғани Әбдіхан"]] * 3)), [])
    assert "rather data or a title than a heading" in str(error.found)
    assert "first row" in str(error.remedy)
    assert "Ғани" not in error.to("en")

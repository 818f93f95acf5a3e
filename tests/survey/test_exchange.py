"""
Answers from elsewhere.

1. Exports of each program, in Kazakh and Russian, become the same codes; what tells who answered is never stored.
2. Joined choices are taken apart though labels hold the joint; what is no label is told with its row and column.
3. Words beside "other" stand in the question for them. 4. A row is the same respondent whenever it is added.
5. Moments are read as programs write them. 6. Nothing is required, nothing cleared, no row lost.
7. A mapping settles columns and answers; one that does not fit is refused with its line.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qulaq.errors import StudyError, UnknownName, UnreadableExport
from qulaq.replica.answers import write_answers
from qulaq.replica.respondents import make_respondents, replica_questionnaire
from qulaq.survey.exchange.formats import get_format
from qulaq.survey.exchange.intake import Circumstances, read_exchange
from qulaq.survey.exchange.layout import make_layout
from qulaq.survey.exchange.mapping import NO_MAPPING, read_mapping
from qulaq.survey.exchange.moments import find_order, read_moment
from qulaq.survey.standard import standard_questionnaire
from qulaq.tables import read_table

EXPORTS = Path(__file__).parent / "exports"
ALMATY = ZoneInfo("Asia/Almaty")
FORM = standard_questionnaire()


def read(file, form=FORM, *, mapping=NO_MAPPING, **circumstances):
    here = Circumstances(survey="town", zone=ALMATY, **circumstances)
    return read_exchange(make_layout(read_table(file)), form, here, mapping=mapping)


@pytest.fixture
def write(tmp_path):
    """
    A function that writes a CSV of rows and gives its file.
    """

    def rows(*lines, name="answers.csv"):
        file = tmp_path / name
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
        file.write_text("\n".join(quoted), encoding="utf-8")
        return file

    return rows


def answers(exchange):
    return [dict(one.answers) for one in exchange.responses]


def told(exchange):
    return [(one.row, one.question, one.value) for one in exchange.unread]


# ── 1. Formats ───────────────────────────────────────────────────────────────────────────────────

AT_NINE = datetime(2024, 3, 12, 9, 5, tzinfo=UTC)
YOUNG = {"age": "25_35", "why_follow": ["news", "ask"], "answer_days": "3"}
READER = {"age": "25_35", "source": "press", "why_follow": ["news", "ask"]}


@pytest.mark.parametrize(
    ("file", "form", "moment", "language", "first"),
    [
        ("kobo.csv", "kobo", AT_NINE, "und", READER | YOUNG),
        ("odk.csv", "odk", AT_NINE, "und", READER | YOUNG),
        ("limesurvey-ru.csv", "limesurvey", None, "ru", READER | YOUNG),
        ("limesurvey-codes.csv", "limesurvey", AT_NINE, "kk", READER | YOUNG),
        ("surveymonkey.csv", "surveymonkey", AT_NINE, "ru", YOUNG),
        ("table.csv", "table", AT_NINE, "kk", YOUNG),
        (
            "google-forms-kk.csv", "google-forms", AT_NINE, "kk",
            READER | {"rating": "4", "answered": "yes", "suggestion": "Жауап берсін, тезірек"},
        ),
        (
            "google-forms-ru.csv", "google-forms", datetime(2024, 3, 12, 8, 5, tzinfo=UTC), "ru",
            READER | {"rating": "4", "answered": "yes"},
        ),
    ],
)  # fmt: skip
def test_1_every_program_tells_the_same_codes(file, form, moment, language, first):
    exchange = read(EXPORTS / file)
    one = exchange.responses[0]
    assert exchange.format == form
    assert (one.submitted_at, one.language, dict(one.answers)) == (moment, language, first)


def test_1_what_tells_who_answered_is_left_out_and_said():
    for file in sorted(EXPORTS.glob("*.csv")):
        exchange = read(file)
        stored = " ".join(str(one) for one in exchange.responses)
        for personal in ("example.com", "10.0.0", "dala", "collect:1"):
            assert personal not in stored
        assert not [one for one in exchange.left_out if one.is_unknown]
    named = [one.column.name for one in read(EXPORTS / "google-forms-kk.csv").left_out]
    assert named == ["Электрондық пошта мекенжайы"]


def test_1_addresses_and_numbers_are_known_by_what_stands_in_the_column(write):
    file = write(
        ("age", "Қалай байланысамыз?"), ("25_35", "+7 701 123 45 67"), ("36_50", "a@example.com")
    )
    exchange = read(file)
    assert [one.column.name for one in exchange.left_out] == ["Қалай байланысамыз?"]
    assert answers(exchange) == [{"age": "25_35"}, {"age": "36_50"}]


def test_1_the_channel_and_the_language_come_from_their_columns():
    exchange = read(EXPORTS / "table.csv", channel="paper")
    assert [(one.channel, one.language) for one in exchange.responses] == [
        ("whatsapp", "kk"), ("instagram", "ru"),
    ]  # fmt: skip
    assert {one.channel for one in read(EXPORTS / "odk.csv", channel="paper").responses} == {
        "paper"
    }


def test_1_an_unknown_format_is_refused():
    with pytest.raises(UnknownName, match="limesurvey"):
        get_format("limesurvay")


def test_1_the_replica_comes_back_as_it_was_invented(tmp_path):
    exchanges = [read(file, replica_questionnaire()) for file in write_answers(tmp_path)]
    found = [one for exchange in exchanges for one in exchange.responses]
    assert len({one.respondent for one in found}) == 105
    assert not [one for exchange in exchanges for one in (*exchange.unread, *exchange.left_out)]

    def spoken(respondents):
        return sorted((one.language, sorted(one.answers.items())) for one in respondents)

    assert spoken(found) == spoken(make_respondents())


def test_1_kobos_codes_and_labels_in_arabic_are_the_same_people(ask):
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "survey-kobo-multilang"
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    form = ask(
        {
            "type": "select_one pets",
            "name": "pet_yesno",
            "label::Қазақша (kk)": "Үй жануарыңыз бар ма?",
            "label::العربية (ar)": "هل تمتلك حيوانا أليفا ؟",
        },
        choices=[
            ["list_name", "name", "label::Қазақша (kk)", "label::العربية (ar)"],
            ["pets", "0", "жоқ", "لا"],
            ["pets", "1", "иә", "نعم"],
        ],
    )
    codes, labels = (read(folder / f"data_ml_{one}.csv", form) for one in ("ar", "vlabel"))
    assert [one.answers for one in codes.responses] == [one.answers for one in labels.responses]
    assert [one.respondent for one in codes.responses] == [
        one.respondent for one in labels.responses
    ]
    assert len(codes.unread) + len(labels.unread) == 0


# ── 2., 3. Choices ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def media(ask):
    """
    A question with several answers whose labels hold commas, one of them within another.
    """
    choices = [
        ["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"],
        ["media", "press", "Теледидар, радио, баспасөз", "Телевидение, радио, пресса"],
        ["media", "tv", "Теледидар", "Телевидение"],
        ["media", "net", "Интернет, әлеуметтік желі", "Интернет, соцсети"],
        ["media", "other", "Басқа", "Другое"],
    ]
    return lambda *further: ask(
        {
            "type": "select_multiple media",
            "name": "media",
            "label::Қазақша (kk)": "Қайдан?",
            "label::Русский (ru)": "Откуда?",
        },
        *further,
        choices=choices,
    )


@pytest.mark.parametrize(
    ("cell", "chosen", "rest"),
    [
        ("Теледидар, радио, баспасөз", ["press"], ""),
        ("Теледидар", ["tv"], ""),
        ("Интернет, әлеуметтік желі, Теледидар", ["tv", "net"], ""),
        ("Интернет, соцсети, Телевидение, радио, пресса", ["press", "net"], ""),
        ("Теледидар, көрші, базар", ["tv"], "көрші, базар"),
        ("ТЕЛЕДИДАР ;  интернет,  соцсети.", ["tv", "net"], ""),
        ("tv net", None, "tv net"),
    ],
)
def test_2_labels_that_hold_the_joint_stay_whole(media, write, cell, chosen, rest):
    exchange = read(write(("Timestamp", "Откуда?"), ("12.03.2024 10:00:00", cell)), media())
    assert exchange.responses[0].answers.get("media") == chosen
    assert told(exchange) == ([(2, "media", rest)] if rest else [])


def test_2_of_codes_between_blanks_those_are_taken_that_are_known(write):
    exchange = read(write(("KEY", "SubmissionDate", "why_follow"), ("a", "", "news money ask")))
    assert answers(exchange) == [{"why_follow": ["news", "ask"]}]
    assert told(exchange) == [(2, "why_follow", "money")]


def test_2_a_long_text_with_many_commas_takes_no_time(media, write):
    text = ", ".join(f"сөз {i}" for i in range(3_000)) + ", Теледидар"
    exchange = read(write(("Timestamp", "Откуда?"), ("12.03.2024 10:00:00", text)), media())
    assert answers(exchange) == [{"media": ["tv"]}]


def test_2_an_unknown_label_is_told_with_its_row_and_the_rest_of_the_response_stays():
    exchange = read(EXPORTS / "google-forms-kk.csv")
    assert told(exchange) == [(4, "why_follow", "ақша табу үшін"), (4, "rating", "өте жақсы")]
    assert exchange.responses[2].answers == {
        "age": "18_24", "source": "social", "why_follow": ["discuss"], "answered": "no",
    }  # fmt: skip


def test_2_a_label_that_two_choices_share_names_neither(ask, write):
    form = ask(
        {"type": "select_one same", "name": "q", "label": "Q"},
        choices=[["list_name", "name", "label"], ["same", "a", "Иә"], ["same", "b", "иә"]],
    )
    exchange = read(write(("q",), ("иә",), ("b",)), form)
    assert told(exchange) == [(2, "q", "иә")]
    assert answers(exchange) == [{}, {"q": "b"}]


def test_2_columns_of_choices_count_where_the_cell_cannot_be_read(write):
    file = write(
        ("_uuid", "_submission_time", "why_follow", "why_follow_news", "why_follow_ask"),
        ("a", "1710234300.5", "Жаңалық Сұрақ", "1.0", "0.0"),
        ("b", "1710234300.5", "news ask", "1.0", "1.0"),
        ("c", "1710234300.5", "", "", ""),
    )
    exchange = read(file)
    assert answers(exchange) == [{"why_follow": ["news"]}, {"why_follow": ["news", "ask"]}, {}]
    assert told(exchange) == []
    assert exchange.responses[0].submitted_at == datetime(2024, 3, 12, 9, 5, 0, 500_000, tzinfo=UTC)


def test_3_words_of_ones_own_go_beside_other_and_are_counted():
    exchange = read(EXPORTS / "google-forms-kk.csv")
    second = exchange.responses[1].answers
    assert (second["source"], second["source_other"]) == ("other", "көршілерден")
    assert exchange.own_words == {"source": 1}
    for file in ("limesurvey-ru.csv", "limesurvey-codes.csv", "kobo.csv", "odk.csv"):
        assert read(EXPORTS / file).responses[1].answers["source"] == "other"
        assert "source_other" in read(EXPORTS / file).responses[1].answers
        assert read(EXPORTS / file).own_words == {}  # the program itself kept them apart


def test_3_without_a_question_for_them_they_are_told_of(media, write):
    own = {"type": "text", "name": "media_other", "label::Қазақша (kk)": "Нақтылаңыз"}
    file = write(("Timestamp", "Откуда?"), ("12.03.2024 10:00:00", "Теледидар, көрші"))
    assert answers(read(file, media())) == [{"media": ["tv"]}]
    assert answers(read(file, media(own))) == [{"media": ["tv", "other"], "media_other": "көрші"}]


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────


def test_two_columns_may_ask_one_question_in_turn(write):
    file = write(
        ("Timestamp", "Жасыңыз нешеде?", "Сколько Вам лет?"),
        ("12.03.2024 10:00:00", "25–35", ""),
        ("12.03.2024 10:01:00", "", "36–50"),
        ("12.03.2024 10:02:00", "18–24", "36–50"),
    )
    exchange = read(file)
    assert answers(exchange) == [{"age": "25_35"}, {"age": "36_50"}, {"age": "18_24"}]
    assert told(exchange) == [(4, "age", "36–50")]


def test_a_text_that_two_questions_share_matches_neither(ask, write):
    form = ask(
        {"type": "text", "name": "a", "label": "Неге?"},
        {"type": "text", "name": "b", "label": "Неге?"},
    )
    exchange = read(write(("Неге?", "b"), ("бір", "екі")), form)
    assert answers(exchange) == [{"b": "екі"}]
    assert "a, b" in str(exchange.left_out[0].why)


@pytest.mark.parametrize(
    "heading",
    [
        "AGE", "about/age", "screen_1-age", "age. Жасыңыз нешеде?", "  жасыңыз  НЕШЕДЕ ", "3) Жасыңыз нешеде?*",
        "<p>Жасыңыз нешеде?</p>", "How old are you",
    ],
)  # fmt: skip
def test_headings_are_known_in_every_dress(write, heading):
    assert answers(read(write((heading,), ("25 – 35",)))) == [{"age": "25_35"}]


# ── 4. Keys ──────────────────────────────────────────────────────────────────────────────────────


def test_4_a_row_is_the_same_respondent_whenever_it_is_added(write):
    def keys(*lines):
        return {one.respondent for one in read(write(*lines)).responses}

    heading, one, other = ("age", "source"), ("25_35", "press"), ("36_50", "social")
    first = keys(heading, one, other, one)
    assert len(first) == 3  # two people may answer alike
    assert keys(heading, one, one, other) == first
    assert (
        keys(("source", "age"), ("press", "25_35"), ("social", "36_50"), ("press", "25_35"))
        == first
    )
    assert keys((*heading, "wrote"), (*one, ""), (*other, ""), (*one, "")) == first
    assert keys((*heading, "E-mail"), (*one, "x@example.com"), (*other, ""), (*one, "")) == first
    assert first < keys(heading, one, other, one, one)
    assert all(len(key) == 32 for key in first)


def test_4_numbers_that_somebody_typed_do_not_make_two_people_one(write):
    one = read(write(("id", "age"), ("1", "25_35"))).responses[0]
    other = read(write(("id", "age"), ("1", "36_50"))).responses[0]
    assert one.respondent != other.respondent


def test_4_an_id_of_the_program_does_and_a_part_tells_files_apart():
    def keys(file, **here):
        return [one.respondent for one in read(EXPORTS / file, **here).responses]

    assert keys("limesurvey-ru.csv") == keys("limesurvey-codes.csv")
    assert not set(keys("limesurvey-ru.csv", part="ru")) & set(keys("limesurvey-codes.csv"))
    assert keys("limesurvey-ru.csv", part="ru") == keys("limesurvey-ru.csv", part="ru")


def test_4_a_key_of_qulaqs_own_stays(write):
    own = "0123456789abcdef" * 2
    assert read(write(("respondent", "age"), (own, "25_35"))).responses[0].respondent == own


# ── 5. Moments ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "cell",
    [
        "12.03.2024 14:05:00", "12.03.2024 14:05", "2024-03-12 14:05:00", "2024-03-12T14:05:00.000+05:00",
        "2024-03-12T09:05:00Z", "2024/03/12 2:05:00 PM GMT+5", "2024/03/12 3:05:00 PM GMT+6", "1710234300",
        "1710234300.0", "1710234300000", "12/03/2024 14:05:00", "12.03.24, 14:05", "12/03/2024 02:05:00 pm",
    ],
)  # fmt: skip
def test_5_moments_as_programs_write_them(cell):
    assert read_moment(cell, "day", ZoneInfo("Etc/GMT-5")) == AT_NINE


@pytest.mark.parametrize(
    "cell", ["", "25–35", "32.03.2024 10:00", "12.13.2024 10:00", "1980-01-01 00:00:00", "14:05"]
)
def test_5_what_is_no_moment_is_none(cell):
    assert read_moment(cell, "day", ALMATY) is None


def test_5_the_whole_column_decides_what_stands_first():
    assert find_order(["03/04/2024 10:00", "25/04/2024 10:00"], language="en").first == "day"
    assert find_order(["03/04/2024 10:00", "04/25/2024 10:00"], language="kk").first == "month"
    guessed = find_order(["03/04/2024 10:00"], language="en")
    assert (guessed.first, guessed.guessed) == ("month", True)
    assert find_order(["03/04/2024 10:00"], language="ru").first == "day"
    assert not find_order(["03.04.2024 10:00"], language="en").guessed


def test_5_a_guess_is_told(write):
    file = write(("submitted_at", "age"), ("03/04/2024 10:00", "25_35"))
    exchange = read(file)
    assert [str(one) for one in exchange.notes] == [
        "column “submitted_at”: 03/04/2024 is read as 3 April, for no cell tells the day from the month."
    ]
    assert exchange.responses[0].submitted_at == datetime(2024, 4, 3, 5, 0, tzinfo=UTC)


def test_5_the_clock_is_the_studys(write):
    """Kazakhstan moved from UTC+6 to UTC+5 on 1 March 2024."""
    file = write(
        ("submitted_at", "age"), ("01.02.2024 12:00", "25_35"), ("12.03.2024 12:00", "25_35")
    )
    assert [one.submitted_at.hour for one in read(file).responses] == [6, 7]


# ── 6. Nothing lost ──────────────────────────────────────────────────────────────────────────────


def test_6_answers_to_questions_that_were_not_to_be_asked_stay(write):
    file = write(("wrote", "answered"), ("never", "yes"))
    assert answers(read(file)) == [{"wrote": "never", "answered": "yes"}]


def test_6_rows_without_an_answer_are_responses_and_are_told_of(write):
    exchange = read(write(("id", "age"), ("1", ""), ("2", "25_35")))
    assert answers(exchange) == [{}, {"age": "25_35"}]
    assert any("1 row holds no answer" in str(note) for note in exchange.notes)


def test_6_what_qulaq_itself_wrote_comes_back_as_it_was(tmp_path):
    from qulaq.web.dashboard.downloads import write_answers as download

    before = read(EXPORTS / "kobo.csv", channel="whatsapp").responses
    download(FORM, before, file=tmp_path / "answers.csv", form="csv")
    after = read(tmp_path / "answers.csv").responses
    assert [(one.respondent, one.channel, one.answers) for one in after] == [
        (one.respondent, one.channel, one.answers) for one in before
    ]


def test_6_numbers_and_days_are_kept_as_answers_are(ask, write):
    form = ask(
        {"type": "decimal", "name": "x", "label": "X"},
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "date", "name": "d", "label": "D"},
    )
    file = write(
        ("x", "n", "d"), ("3,5", "3.0", "12.03.2024"), ("1 000,25", "-2", "2024-03-12 00:00:00"),
        ("көп", "2.5", "ертең"),
    )  # fmt: skip
    exchange = read(file, form)
    assert answers(exchange) == [
        {"x": "3.5", "n": "3", "d": "2024-03-12"}, {"x": "1000.25", "n": "-2", "d": "2024-03-12"}, {},
    ]  # fmt: skip
    assert told(exchange) == [(4, "x", "көп"), (4, "n", "2.5"), (4, "d", "ертең")]


@pytest.mark.parametrize("lines", [[], [("",)], [("Бір", "Екі")], [("Бір",), ("x",)]])
def test_6_a_file_without_questions_or_rows_gives_none(write, lines):
    file = write(*lines)
    try:
        exchange = read(file)
    except UnreadableExport:
        return  # nothing that could be a table
    assert not exchange.matches


# ── 7. Mappings ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mapped(tmp_path):
    def parse(text):
        file = tmp_path / "mapping.toml"
        file.write_text(text, encoding="utf-8")
        return read_mapping(file, FORM)

    return parse


def test_7_a_mapping_settles_columns_and_answers(mapped, write):
    mapping = mapped("""
        [[columns]]
        column = "Сколько полных лет"
        question = "age"
        [[columns]]
        column = "Новости?"
        question = "why_follow"
        choice = "news"
        [[columns]]
        column = "Дата"
        part = "ignored"
        [[columns]]
        column = "Заполнено"
        part = "moment"
        [[answers]]
        question = "age"
        given = ["молодой", "молодая"]
        choice = "18_24"
        [[answers]]
        question = "age"
        given = "не скажу"
        """)
    file = write(
        ("Дата", "Заполнено", "Сколько полных лет", "Новости?"),
        ("01.01.2024", "12.03.2024 14:05", "Молодая", "да"),
        ("01.01.2024", "12.03.2024 14:06", "не скажу", "нет"),
    )
    exchange = read(file, mapping=mapping)
    assert answers(exchange) == [{"age": "18_24", "why_follow": ["news"]}, {}]
    assert exchange.responses[0].submitted_at == AT_NINE
    assert (told(exchange), {one.how for one in exchange.matches}) == ([], {"mapping"})


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ('[[columns]]\ncolumn = "A"\nquestion = "agge"', 3, "no question “agge”"),
        ('[[columns]]\ncolumn = "A"\nquestion = "age"\nchoice = "old"', 4, "“old” is none"),
        ('[[columns]]\ncolumn = "A"\npart = "name"', 3, "“name” is not known"),
        ('[[columns]]\ncolumn = "A"\nquestio = "age"', 1, "“question” is missing"),
        ('[[answers]]\nquestion = "age"\ngiven = "x"\nchoise = "18_24"', 4, "not a setting"),
        ('[columns]\n"A" = "age"', 1, "“columns”"),
    ],
)
def test_7_a_mapping_that_does_not_fit_is_refused_with_its_line(mapped, text, line, found):
    with pytest.raises(StudyError, match=found) as refused:
        mapped(text)
    assert f"line {line}:" in str(refused.value)

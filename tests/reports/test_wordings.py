"""What the section on the language and the words of posts says, on posts counted by hand."""

from __future__ import annotations

from report_reading import rows, words
from report_town import POST_COLUMNS, posts

MANY = (
    "Мектепке автобус берілді",
    "Дороги ремонтируют",
    "Су жоқ, қашан болады? Когда будет вода?",
    "👍",
)


def test_languages_and_keywords_of_posts_stand_by_page(make_study, take_in, write):
    study = make_study(("many", "facebook"), ("one", "instagram"))
    take_in(
        study,
        "posts",
        POST_COLUMNS,
        [*posts("many", texts=MANY), *posts("one", texts=("Асфальт төселді",))],
    )

    html = write(study, "en")["en"]

    # Twenty posts of which each text has five.
    languages = next(line for line in rows(html) if line[-2:] == ["15", "5"])
    assert [cell.split()[0] for cell in languages[1:6]] == ["33.3%"] * 3 + ["0.0%"] * 2
    assert next(line for line in rows(html) if line[-2:] == ["20", "0"])[1].startswith("100.0%")
    assert "асфальт (20 posts; z" in words(html).replace("\u00a0", " ")


def test_a_study_without_posts_has_no_such_section(make_study, write):
    assert "The language and the words of posts" not in words(
        write(make_study(("a", "facebook")), "en")["en"]
    )

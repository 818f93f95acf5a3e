"""
What the survey has found so far, for those who work on the study. asel owns it, bolat codes, dina reads.

1.  Every question with choices: counts, percentages of valid answers, intervals, who was asked.
2.  By the answers to a question, by language or by channel; answers of few people are hidden.
3.  A stranger gets 404, and so does who asks for groups that there are none of.
4.  All of it in three languages; no page where there is no survey.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from survey_pages import ANSWERS, NOW

from qulaq.survey.responses import Response

LANGUAGES = ("kk", "ru", "en")
FEW = {"kk": "аз", "ru": "мало", "en": "few"}

pytestmark = pytest.mark.usefixtures("people")


def text(response):
    return response.content.decode()


def store(site, n, **answers):
    """
    So many responses like the one that all tests know, but for these answers.
    """
    for _ in range(n):
        number = store.number = store.number + 1
        site.responses.append(
            Response(
                survey=site.served.survey.name,
                respondent=f"{number:032}",
                submitted_at=NOW + timedelta(minutes=number),
                language=answers.get("language", "kk"),
                channel=answers.get("channel"),
                pilot=answers.get("pilot", False),
                answers=_given(answers.get("told", {})),
            )
        )


store.number = 0


def _given(told):
    return {name: answer for name, answer in (ANSWERS | told).items() if answer is not None}


def table(shown, caption):
    """
    The rows of the table of that question, each with its cells.
    """
    [found] = re.findall(rf">{re.escape(caption)}</h2>(.*?)</table>", shown, re.DOTALL)
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall("<tr>.*?</tr>", found)
    ]
    return {row[0]: [cell for cell in row[1:] if "<svg" not in cell and cell] for row in rows}


@pytest.fixture
def answered(site):
    """
    Thirty people, twelve of them older and with another view; two older ones came through another door.
    """
    store(site, 18, told={"age": "25_35", "effective": "yes"}, channel="whatsapp")
    store(site, 10, told={"age": "over_50", "effective": "no"}, language="ru")
    store(site, 2, told={"age": "over_50", "effective": "unsure"}, channel="poster", language="ru")
    return site


@pytest.mark.parametrize("name", ["asel", "bolat", "dina"])
def test_everybody_who_works_on_the_study_sees_results(answered, name):
    """
    Requirement 1.
    """
    browser = answered.user(name)
    shown = text(browser.get("/results/?lang=en"))
    rows = table(shown, "How old are you?")
    assert rows["25-35"][:2] == ["18", "60.0%"]
    assert rows["under 18"][:2] == ["0", "0.0%"]
    assert re.fullmatch(r"\d\d\.\d% – \d\d\.\d%", rows["25-35"][2])
    assert "30 asked, 30 answered, 0 missing." in shown
    assert "as if they had been drawn at random" in shown
    assert 'href="/results/"' in text(browser.get("/"))


def test_who_did_not_answer_is_missing_and_in_no_percentage(site):
    """
    Requirement 1.
    """
    store(site, 3, told={"trust": "telegram"})
    store(site, 1, told={"trust": None})
    shown = text(site.user("dina").get("/results/?lang=en"))
    rows = table(shown, "On which platform do you most trust state bodies&#39; information?")
    assert rows["Telegram"][:2] == ["3", "100.0%"]
    assert "4 asked, 3 answered, 1 missing." in shown


@pytest.mark.parametrize("path", ["/results/", "/results/?by=age", "/results/?by=nothing"])
def test_a_stranger_gets_404(answered, path):
    """
    Requirement 3.
    """
    assert answered.browser().get(path).status_code == 404


@pytest.mark.parametrize(
    "by", ["nothing", "suggestion", "why_follow", "a b", "x" * 400, "\n", "<b>"]
)
def test_groups_that_there_are_none_of_are_no_page(answered, by):
    """
    Requirement 3: open and multiple answers make no groups either.
    """
    assert answered.user("asel").get("/results/", {"by": by}).status_code == 404


def test_groups_are_set_side_by_side(answered):
    """
    Requirement 2.
    """
    store(answered, 12, told={"age": "over_50", "effective": "yes"})
    store(answered, 8, told={"age": "25_35", "effective": "no"})
    shown = text(answered.user("dina").get("/results/?by=age&lang=en"))
    rows = table(
        shown,
        "Do you think social media is an effective tool of communication between the state and the people?",
    )
    assert rows["Answer"] == ["25-35 (n\u00a0=\u00a026)", "over 50 (n\u00a0=\u00a024)"]
    assert rows["yes"] == ["18 (69.2%)", "12 (50.0%)"]
    assert rows["hard to say"] == ["few", "few"], "who alone gave an answer follows from its total"
    assert rows["no"] == ["few", "few"], "one hidden answer alone could be reckoned"
    assert "Cramér" in shown
    assert '<option value="age" selected>' in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_speak_three_languages(answered, language):
    """
    Requirement 4.
    """
    browser = answered.user("dina")
    label = answered.served.questionnaire.by_name["age"].label.to(language)
    for by in ("", "language", "channel", "effective"):
        shown = text(browser.get(f"/results/?by={by}&lang={language}"))
        assert f'<html lang="{language}">' in shown
        assert label in shown
        assert (f">{FEW[language]}<" in shown) == bool(by)


def test_groups_of_languages_bear_their_names(answered):
    """
    Requirement 2.
    """
    shown = text(answered.user("dina").get("/results/?by=language&lang=en"))
    assert table(shown, "How old are you?")["Answer"] == [
        "Қазақша (n\u00a0=\u00a018)",
        "Русский (n\u00a0=\u00a012)",
    ]


def test_the_channel_that_no_link_told_is_a_group(answered):
    """
    Requirement 2.
    """
    shown = text(answered.user("dina").get("/results/?by=channel&lang=ru"))
    assert "не указан (n\u00a0=\u00a010)" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_responses_the_page_says_so(site, language):
    """
    Requirements 1, 4.
    """
    shown = text(site.user("asel").get(f"/results/?lang={language}"))
    assert "<table" not in shown
    assert '<span class="figure">0</span>' in shown


def test_trial_answers_have_results_of_their_own(site):
    """
    Requirement 1.
    """
    store(site, 3, pilot=True)
    browser = site.user("asel")
    assert "<table" not in text(browser.get("/results/"))
    shown = text(browser.get("/results/?pilot=1&lang=en"))
    assert table(shown, "How old are you?")["25-35"][:2] == ["3", "100.0%"]
    assert "the trial answers" in shown


def test_another_language_leaves_the_groups_as_they_are(answered):
    """
    Requirement 4.
    """
    shown = text(answered.user("dina").get("/results/?by=age&lang=kk"))
    assert 'href="?by=age&amp;lang=ru"' in shown


def test_a_study_without_a_questionnaire_has_no_results(site):
    """
    Requirement 4.
    """
    from django.conf import settings

    settings.QULAQ_SERVED = replace(site.served, questionnaire=None)
    assert site.user("asel").get("/results/").status_code == 404

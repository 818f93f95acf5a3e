"""
The public survey, asked for without a script.

1.  One screen a group; back, forward and a change of language keep what was answered.
2.  A response is stored once, however often it is sent; a partial one is kept apart.
3.  Hidden answers are cleared, required ones asked for, by the form's own rules.
4.  The link's channel is stored; no address, no name, no cookie but the form's token.
5.  Days, screen-out, pilot mode, invitations, results, as study.toml says.
6.  Every page is small, speaks three languages and sets its headers.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from survey_pages import ANSWERS, NOW, Page

from qulaq.study import ScreenOut
from qulaq.survey.responses import as_table

LANGUAGES = ("kk", "ru", "en")
LARGEST = 30_000


def text(response):
    return response.content.decode()


def page(response):
    return Page(text(response))


# ── filling in ───────────────────────────────────────────────────────────────────────────────────


def test_answers_of_a_whole_way_are_stored_as_given(site):
    """
    Requirements 1, 2, 4.
    """
    response = site.fill_in(site.browser(), query="?from=WhatsApp&lang=ru")
    assert response.redirect_chain[-1][0].startswith(f"{site.path}thanks/")
    [stored] = site.responses.read()
    assert stored.answers == ANSWERS
    assert (stored.channel, stored.language, stored.pilot) == ("whatsapp", "ru", False)
    assert stored.submitted_at == NOW.replace(second=0)
    assert site.responses.find_partial(stored.respondent) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_small_and_in_its_language(site, language):
    """
    Requirement 6.
    """
    browser = site.browser()
    response = browser.get(f"{site.path}?lang={language}")
    seen = 0
    while page(response).action:
        seen += 1
        assert len(response.content) < LARGEST
        assert f'<html lang="{language}">' in text(response)
        own = {
            name: ANSWERS[name]
            for name in ANSWERS
            if name in page(response).offered or name in page(response).fields
        }
        response = site.send(browser, page(response), **own)
    assert seen >= 8
    assert f'<html lang="{language}">' in text(response)


def test_going_back_and_forth_keeps_the_answers(site):
    """
    Requirement 1: by the page's own buttons, by the browser's, and at the bare address.
    """
    browser = site.browser()
    third = site.fill_in(browser, until=4)
    back = site.send(browser, page(third), go="back", rating="5")
    assert page(back).fields["trust"] == ["telegram"] or page(back).fields["source"] == ["social"]
    again = browser.get(f"{site.path}4/")
    assert page(again).fields["rating"] == ["5"]
    assert page(browser.get(f"{site.path}2/")).fields["source"] == ["social"]
    assert page(browser.get(site.path)).fields["age"] == ["25_35"]


def test_going_back_asks_for_nothing_that_is_missing(site):
    """
    Requirement 1.
    """
    browser = site.browser()
    second = site.fill_in(browser, until=2)
    first = site.send(browser, page(second), go="back")
    assert page(first).action == f"{site.path}1/"
    assert first.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_at_any_time_and_keeps_what_was_typed(site, language):
    """
    Requirement 1.
    """
    browser = site.browser()
    last = site.fill_in(browser, until=9)
    changed = site.send(browser, page(last), go=f"lang:{language}", suggestion="Көбірек жауап")
    assert f'<html lang="{language}">' in text(changed)
    assert page(changed).fields["suggestion"] == ["Көбірек жауап"]
    assert page(browser.get(f"{site.path}2/")).fields["~lang"] == [language]
    site.send(browser, page(changed))
    assert [one.language for one in site.responses.read()] == [language]


def test_the_browser_chooses_the_first_language(site):
    """
    Requirement 6.
    """
    for wished, got in {"ru-KZ,ru;q=0.9": "ru", "en-GB": "en", "kk": "kk", "de": "kk"}.items():
        response = site.browser(accept_language=wished).get(site.path)
        assert f'<html lang="{got}">' in text(response), wished


def test_without_cookies_the_way_leads_through_all_the_same(site):
    """
    Requirement 1: where the browser refuses the cookie, the address carries the token.
    """
    browser = site.browser()
    response = browser.get(site.path)
    for _ in range(20):
        browser.cookies.clear()
        here = page(response)
        if not here.action:
            break
        own = {
            name: ANSWERS[name] for name in ANSWERS if name in here.offered or name in here.fields
        }
        response = browser.post(here.action, here.filled(**own))
        browser.cookies.clear()
        while response.status_code == 302:
            response = browser.get(response["Location"])
    assert [one.answers for one in site.responses.read()] == [ANSWERS]


def test_an_address_copied_out_of_the_browser_shares_no_answers(site):
    """
    Requirement 4: with the cookie taken, no address holds the token, and strangers begin anew.
    """
    browser = site.browser()
    response = site.fill_in(browser, until=3)
    assert "token" not in response.redirect_chain[-1][0]
    stranger = site.browser().get(f"{site.path}3/", follow=True)
    assert page(stranger).action == f"{site.path}1/"
    assert "age" not in page(stranger).fields


# ── once ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_sent_twice_is_stored_once(site):
    """
    Requirement 2.
    """
    browser = site.browser()
    last = page(site.fill_in(browser, until=9))
    for suggestion in ("бірінші", "екінші"):
        response = site.send(browser, last, suggestion=suggestion)
        assert response.redirect_chain[-1][0].startswith(f"{site.path}thanks/")
    assert [one.answers["suggestion"] for one in site.responses.read()] == ["бірінші"]


def test_a_screen_resent_after_the_end_begins_no_partial_response(site):
    """
    Requirement 2.
    """
    browser = site.browser()
    first = page(browser.get(site.path))
    site.fill_in(browser, until=2)
    third = page(site.fill_in(browser, until=3))
    site.fill_in(browser)
    for old in (first, third):
        site.send(browser, old, age="18_24")
    assert site.responses.tally(UTC).n == 1
    tokens = {one.action for one in (first, third)}
    assert len(tokens) == 2
    assert sum(site.responses.tally(UTC).left_at.values()) <= 1  # the first token was never used


def test_two_people_at_one_device_give_two_responses(site):
    """
    Requirement 2: after the end the device begins anew.
    """
    browser = site.browser()
    site.fill_in(browser)
    fresh = browser.get(site.path)
    assert "age" not in page(fresh).fields
    site.fill_in(browser, ANSWERS | {"age": "over_50"})
    assert [one.answers["age"] for one in site.responses.read()] == ["25_35", "over_50"]


def test_a_form_left_midway_is_kept_apart(site):
    """
    Requirement 2.
    """
    from qulaq.web.answers.models import Partial

    site.fill_in(site.browser(), until=4)
    kept = site.responses.find_partial(Partial.objects.get().respondent)
    assert kept.begun_at == NOW.replace(second=0)
    tally = site.responses.tally(UTC)
    assert tally.n == 0
    assert tally.left_at == {4: 1}
    assert as_table(site.responses.read()).num_rows == 0


def test_opening_the_link_stores_nothing_and_sets_no_cookie(site):
    """
    Requirement 4: messengers look at links too.
    """
    response = site.browser().get(site.path)
    assert not response.cookies
    assert site.responses.tally(UTC).left_at == {}


# ── the form's rules ─────────────────────────────────────────────────────────────────────────────


def test_a_required_question_is_asked_for_and_the_page_says_so(site):
    """
    Requirement 3.
    """
    browser = site.browser()
    first = page(browser.get(f"{site.path}?lang=en"))
    response = site.send(browser, first)
    assert response.status_code == 422
    assert 'href="#q-age"' in text(response)
    assert "This question must be answered." in text(response)


def test_answers_that_became_hidden_are_cleared_at_the_end(site):
    """
    Requirement 3.
    """
    browser = site.browser()
    response = site.fill_in(
        browser, ANSWERS | {"source": "other", "source_other": "көршіден"}, until=9
    )
    back = browser.get(f"{site.path}2/")
    site.send(browser, page(back), source="press")
    site.send(browser, page(response))
    [stored] = site.responses.read()
    assert stored.answers["source"] == "press"
    assert "source_other" not in stored.answers


def test_jumping_over_a_required_question_leads_back_to_it(site):
    """
    Requirement 3.
    """
    browser = site.browser()
    first = page(browser.get(site.path))
    response = browser.post(f"{site.path}9/", {"~token": first.token, "~go": "next"}, follow=True)
    assert page(response).action == f"{site.path}1/"
    assert 'aria-required="true"' in text(response) or "q-age" in text(response)
    assert 'class="problem"' in text(response)
    assert not list(site.responses.read())


def test_a_default_stands_in_the_form_until_it_is_taken_away(site, ask):
    """
    Requirement 3.
    """
    ask(
        {"type": "select_one yes_no", "name": "reads", "label": "?", "default": "yes"},
        {"type": "begin_group", "name": "g", "label": "G"},
        {"type": "text", "name": "town", "label": "?", "default": "Орал"},
        {"type": "select_multiple yes_no", "name": "both", "label": "?", "default": "yes no"},
        {"type": "end_group", "name": "g"},
    )
    browser = site.browser()
    first = page(browser.get(site.path))
    assert first.fields["reads"] == ["yes"]
    second = page(site.send(browser, first))
    assert (second.fields["town"], second.fields["both"]) == (["Орал"], ["yes", "no"])
    site.send(browser, second, town="")
    assert [one.answers for one in site.responses.read()] == [
        {"reads": "yes", "both": ["yes", "no"]}
    ]


def test_a_closing_note_that_hangs_on_answers_is_shown_before_the_end(site, ask):
    """
    Requirement 3: the thanks know no answers any more.
    """
    ask(
        {"type": "text", "name": "town", "label": "?"},
        {"type": "note", "name": "greeting", "label": "Сәлем, ${town}!"},
        {"type": "note", "name": "empty", "label": "Қала жоқ", "relevant": "${town} = ''"},
        {"type": "note", "name": "bye", "label": "Сау болыңыз"},
    )
    browser = site.browser()
    greeted = site.send(browser, page(browser.get(site.path)), town="Орал")
    assert "Сәлем, Орал!" in text(greeted)
    assert "Қала жоқ" not in text(greeted)
    ended = site.send(browser, page(greeted))
    assert "Сау болыңыз" in text(ended)
    assert "${" not in text(ended)


def test_a_form_that_changes_midway_loses_no_answer(site, ask):
    """
    Requirement 3: the screen that was sent may be one of other questions now, or of none.
    """
    group = ({"type": "begin_group", "name": "g", "label": "G"}, {"type": "end_group", "name": "g"})
    town = {"type": "text", "name": "town", "label": "?"}
    village = {"type": "text", "name": "village", "label": "?"}
    ask(town, group[0], village, group[1])
    browser = site.browser()
    second = page(site.send(browser, page(browser.get(site.path)), town="Орал"))
    ask({"type": "text", "name": "name_of_street", "label": "?"}, town, village)
    response = site.send(browser, second, village="Дарьинск")
    assert response.status_code == 409
    changed = page(response)
    assert (changed.fields["town"], changed.fields["village"]) == (["Орал"], ["Дарьинск"])
    site.send(browser, changed)
    assert [one.answers for one in site.responses.read()] == [
        {"town": "Орал", "village": "Дарьинск"}
    ]


def test_a_form_that_asks_nothing_today_says_so(site, ask):
    """
    Requirement 3.
    """
    ask({"type": "text", "name": "town", "label": "?", "relevant": "today() > '2027-01-01'"})
    assert site.browser().get(site.path).status_code == 403


# ── channel, headers ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "channel"),
    [
        ("", None),
        ("?from=facebook", "facebook"),
        ("?from=<script>", None),
        ("?from=" + "a" * 33, None),
    ],
)
def test_the_channel_is_the_links_or_unknown(site, query, channel):
    """
    Requirement 4.
    """
    site.fill_in(site.browser(), query=query)
    assert [one.channel for one in site.responses.read()] == [channel]


def test_pages_are_kept_nowhere_and_hold_no_script(site):
    """
    Requirements 4, 6.
    """
    response = site.fill_in(site.browser(), until=2)
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "<script" not in text(response)
    assert " style=" not in text(response)


def test_the_only_cookie_is_the_forms_signed_token(site):
    """
    Requirement 4.
    """
    browser = site.browser()
    here = page(site.fill_in(browser, until=3))
    assert {name: morsel.value for name, morsel in browser.cookies.items()} == {"form": here.token}
    assert browser.cookies["form"]["httponly"]
    assert browser.cookies["form"]["path"] == site.path
    assert not browser.cookies["form"]["max-age"]


# ── as study.toml says ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_and_after_its_days_the_survey_says_when(site, language):
    """
    Requirement 5.
    """
    told = set()
    for days in ({"opens": date(2026, 12, 1)}, {"closes": date(2026, 11, 26)}):
        site.change(opens=None, closes=None)
        site.change(**days)
        response = site.browser().get(f"{site.path}?lang={language}")
        assert response.status_code == 403
        assert "2026" in text(response)
        told.add(text(response))
    assert len(told) == 2


def test_the_days_are_those_of_the_studys_clock(site):
    """
    Requirement 5: at 20:00 UTC the next day has begun in Almaty.
    """
    site.change(closes=date(2026, 11, 27), clock=lambda: datetime(2026, 11, 27, 18, 59, tzinfo=UTC))
    assert site.browser().get(site.path).status_code == 200
    site.change(clock=lambda: datetime(2026, 11, 27, 19, 1, tzinfo=UTC))
    assert site.browser().get(site.path).status_code == 403


def test_a_survey_that_closes_midway_takes_no_more_and_says_so(site):
    """
    Requirement 5.
    """
    browser = site.browser()
    last = page(site.fill_in(browser, until=9))
    site.change(closes=date(2026, 11, 26))
    response = site.send(browser, last)
    assert response.status_code == 403
    assert not list(site.responses.read())


def test_few_days_before_the_end_the_end_is_told(site):
    """
    Requirement 5.
    """
    site.change(closes=NOW.date() + timedelta(days=2))
    assert "2 more days" in text(site.browser().get(f"{site.path}?lang=en"))
    site.change(closes=NOW.date() + timedelta(days=5))
    assert "more days" not in text(site.browser().get(f"{site.path}?lang=en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_minors_are_thanked_and_their_answer_is_thrown_away(site, language):
    """
    Requirement 5.
    """
    site.change(screen_out=ScreenOut(question="age", answers=("under_18",)))
    browser = site.browser()
    first = page(browser.get(f"{site.path}?lang={language}"))
    response = site.send(browser, first, age="under_18")
    assert response.redirect_chain[-1][0].startswith(f"{site.path}excused/")
    assert f'<html lang="{language}">' in text(response)
    tally = site.responses.tally(UTC)
    assert (tally.n, tally.left_at, tally.screened_out) == (0, {}, 1)
    again = site.send(browser, first, age="25_35")
    assert again.redirect_chain[-1][0].startswith(f"{site.path}excused/")


def test_trial_answers_are_marked_and_can_be_thrown_away(site):
    """
    Requirement 5.
    """
    site.change(pilot=True)
    browser = site.browser()
    assert "trial" in text(browser.get(f"{site.path}?lang=en"))
    site.fill_in(browser)
    site.change(pilot=False)
    site.fill_in(site.browser())
    assert site.responses.tally(UTC).n == 1
    assert site.responses.forget_pilot() == 1
    assert site.responses.tally(UTC, pilot=True).n == 0
    assert site.responses.tally(UTC).n == 1


def test_who_began_in_pilot_mode_stays_a_trial(site):
    """
    Requirement 5: what was said on the first page holds.
    """
    site.change(pilot=True)
    browser = site.browser()
    last = page(site.fill_in(browser, until=9))
    site.change(pilot=False)
    site.send(browser, last)
    assert [one.pilot for one in site.responses.read(pilot=True)] == [True]


def test_an_invitation_opens_the_survey_once(site):
    """
    Requirement 5.
    """
    site.change(invitations=True)
    [invitation] = site.responses.invite(1)
    assert site.browser().get(site.path).status_code == 403
    early = page(site.browser().get(f"{site.path}?invitation={invitation}"))
    browser = site.browser()
    site.fill_in(browser, query=f"?invitation={invitation}")
    assert site.browser().get(f"{site.path}?invitation={invitation}").status_code == 403
    late = site.browser().post(f"{site.path}9/", {"~token": early.token, "~go": "next"} | ANSWERS)
    assert late.status_code in {302, 403}
    assert site.responses.tally(UTC).n == 1


def test_two_forms_of_one_invitation_give_one_response(site):
    """
    Requirement 5.
    """
    site.change(invitations=True)
    [invitation] = site.responses.invite(1)
    browsers = [site.browser(), site.browser()]
    pages = [
        page(site.fill_in(one, query=f"?invitation={invitation}", until=9)) for one in browsers
    ]
    sent = [site.send(one, last) for one, last in zip(browsers, pages, strict=True)]
    assert [one.status_code for one in sent] == [200, 403]
    assert site.responses.tally(UTC).n == 1
    resent = site.send(browsers[0], pages[0])
    assert resent.status_code == 200


def test_results_so_far_are_shown_once_there_are_enough(site):
    """
    Requirement 5.
    """
    from django.core.cache import cache

    site.change(results=True)
    for i in range(20):
        cache.clear()  # they are counted anew once a minute
        response = site.fill_in(
            site.browser(), ANSWERS | {"age": "25_35" if i % 4 else "18_24"}, query="?lang=en"
        )
        assert ("<table" in text(response)) == (i == 19), i
    assert "75.0%" in text(response)
    site.change(results=False)
    assert "<table" not in text(site.fill_in(site.browser()))


@pytest.mark.parametrize("page", ["thanks", "excused"])
def test_who_gets_the_address_of_a_last_page_is_led_to_the_survey(site, page):
    """
    Requirement 5: results sway nobody who has yet to answer, and nobody is thanked for what was not stored.
    """
    site.change(results=True)
    shared = site.browser().get(f"{site.path}{page}/?lang=ru", follow=True)
    assert Page(text(shared)).action == f"{site.path}1/"
    assert '<html lang="ru">' in text(shared)
    forged = site.browser().get(f"{site.path}{page}/?ended={page}:forged", follow=True)
    assert Page(text(forged)).action == f"{site.path}1/"


def test_the_last_page_can_be_read_again_by_who_was_led_there(site):
    """
    Requirements 1, 4: in another language too, at an address that shares nothing, by a mark that tells of nobody.
    """
    browsers = [site.browser(), site.browser()]
    for browser in browsers:
        ended = site.fill_in(browser)
        assert ended.redirect_chain[-1][0] == f"{site.path}thanks/?lang=kk"
        assert "Рақмет" in text(browser.get(f"{site.path}thanks/?lang=kk"))
        assert "Thank you" in text(browser.get(f"{site.path}thanks/?lang=en"))
        excused = browser.get(f"{site.path}excused/", follow=True)
        assert Page(text(excused)).action == f"{site.path}1/"
    [mark] = {one.cookies["form"].value for one in browsers}
    assert re.fullmatch(r"thanks\.kk:[\w-]+", mark), "nothing that a cookie must quote"


def test_who_goes_back_from_the_thanks_is_thanked_again(site):
    """
    Requirement 1: an empty form there would look as if all was lost.
    """
    browser = site.browser(accept_language="en")
    site.fill_in(browser, query="?lang=ru")
    back = browser.get(f"{site.path}9/", follow=True)
    assert back.redirect_chain == [(f"{site.path}thanks/?lang=ru", 302)]
    assert Page(text(browser.get(site.path))).action == f"{site.path}1/", "the next one begins anew"


def test_invitations_that_are_asked_for_later_bind_who_began_before(site):
    """
    Requirement 5.
    """
    browser = site.browser()
    last = page(site.fill_in(browser, until=9))
    site.change(invitations=True)
    assert site.send(browser, last).status_code == 403
    assert not list(site.responses.read())


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_are_given_in_the_language_of_the_form(site, language):
    """
    Requirement 6.
    """
    response = site.fill_in(site.browser(), query=f"?lang={language}")
    assert f'<html lang="{language}">' in text(response)
    notes = site.served.questionnaire.by_name["thanks"].label
    assert notes.to(language) in text(response)
    assert re.search(r"<h1>\S+", text(response))


def test_another_name_is_no_survey(site):
    """
    Requirement 6.
    """
    assert site.browser().get("/s/other/").status_code == 404
    assert site.browser().get(f"{site.path}99/").status_code == 404

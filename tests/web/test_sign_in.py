"""
The door for those who work on the study.

1.  Who is known comes in and out again; who is not stays outside.
2.  Passwords are hashed with argon2 and cannot be easily guessed; guessing is stopped.
3.  A form sent from elsewhere is refused; the session's cookie is for us only.
4.  All of it in three languages.
"""

from __future__ import annotations

import logging

import pytest
from survey_pages import PASSWORD

from qulaq.errors import Misused, UnknownName

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def text(response):
    return response.content.decode()


def sign_in(browser, name="asel", password=PASSWORD, **headers):
    return browser.post("/sign-in/", {"username": name, "password": password}, **headers)


def test_who_knows_the_password_comes_in_and_goes_out(site, people):
    """
    Requirement 1.
    """
    browser = site.browser()
    assert sign_in(browser)["Location"] == "/"
    assert "asel" in text(browser.get("/"))
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/share/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_told_without_telling_who_exists(site, people, language):
    """
    Requirements 1, 4.
    """
    told = set()
    for name in ("asel", "nobody"):
        response = site.browser().post(
            f"/sign-in/?lang={language}", {"username": name, "password": "x"}
        )
        assert response.status_code == 403
        assert f'<html lang="{language}">' in text(response)
        told.add(text(response).replace(f'value="{name}"', "").split("csrfmiddlewaretoken")[0])
    assert len(told) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_guessing_is_stopped_for_that_name_from_that_address(site, people, language):
    """
    Requirements 2, 4.
    """
    browser = site.browser(accept_language=language)
    for _ in range(10):
        response = sign_in(browser, password="wrong")
    assert response.status_code == 429
    assert f'<html lang="{language}">' in text(response)
    assert sign_in(browser).status_code == 429
    elsewhere = sign_in(site.browser(), REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_passwords_are_hashed_with_argon2(site, people):
    """
    Requirement 2.
    """
    from qulaq.web.accounts.models import User

    assert User.objects.get(name="asel").password.startswith("argon2$argon2id$")


@pytest.mark.parametrize(
    "password", ["short", "1234567890123", "password123", "asel-asel-asel", ""]
)
def test_a_password_that_is_easily_guessed_is_refused_in_three_languages(site, password):
    """
    Requirements 2, 4.
    """
    from qulaq.web.accounts.users import add_user, list_users

    with pytest.raises(Misused) as refused:
        add_user("asel-asel", role="owner", password=password)
    assert len({refused.value.to(language) for language in LANGUAGES}) == 3
    assert list_users() == ()


def test_a_name_that_is_taken_and_a_role_that_is_none_are_refused(site, people):
    from qulaq.web.accounts.users import add_user, change_password, remove_user

    with pytest.raises(Misused):
        add_user("asel", role="owner", password=PASSWORD)
    with pytest.raises(UnknownName):
        add_user("erlan", role="king", password=PASSWORD)
    with pytest.raises(UnknownName):
        remove_user("erlan")
    with pytest.raises(UnknownName):
        change_password("erlan", password=PASSWORD)


def test_a_new_password_ends_the_sessions_of_the_old_one(site, people):
    """
    Requirement 2.
    """
    from qulaq.web.accounts.users import change_password

    browser = site.browser()
    sign_in(browser)
    change_password("asel", password="басқа төрт сөз құпия")
    assert browser.get("/share/").status_code == 404
    assert sign_in(site.browser()).status_code == 403
    assert sign_in(site.browser(), password="басқа төрт сөз құпия").status_code == 302


def test_a_form_from_elsewhere_is_refused(site, people):
    """
    Requirement 3.
    """
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    response = sign_in(browser)
    assert response.status_code == 403
    assert "<h1>" in text(response)


def test_the_sessions_cookie_is_for_us_only(site, people):
    """
    Requirement 3.
    """
    browser = site.browser()
    sign_in(browser)
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]

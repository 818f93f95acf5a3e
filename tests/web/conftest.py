"""
The web application in this process: a study with the standard questionnaire, its pages asked for by Django's
own client. Three people have rights: asel owns the study, bolat codes, dina reads; a stranger has none.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qulaq.sheets import write_xlsx
from qulaq.study import new_study, open_study
from qulaq.survey.standard import write_standard_questionnaire
from qulaq.survey.xlsform import read_questionnaire

sys.path.insert(0, str(Path(__file__).parent))
from survey_pages import ANSWERS, NOW, PASSWORD, ROLES, Page


@pytest.fixture(scope="session")
def asked(tmp_path_factory):
    """
    The study whose survey is held, with the database ready. Django serves one study a process.
    """
    from django.db import connections

    from qulaq.web.database import prepare_database, read_secret
    from qulaq.web.opening import open_web

    folder = tmp_path_factory.mktemp("asked") / "akimats"
    new_study(folder, today=date(2026, 11, 27))
    study = open_study(folder)
    write_standard_questionnaire(study.questionnaire)
    open_web(study, read_questionnaire(study.questionnaire), hosts=["testserver"])
    prepare_database()
    read_secret()
    yield study
    connections.close_all()


class Site:
    """
    The served study, and hands to ask for its pages.
    """

    def __init__(self, served):
        self._served = served

    @property
    def served(self):
        return self._served

    def change(self, *, study=None, questionnaire=None, clock=None, web=None, **survey):
        """
        Serve with other settings of [survey], another questionnaire, or the folder of another study.
        """
        from django.conf import settings

        study = replace(
            study or self._served.study,
            survey=replace(self._served.study.survey, **survey),
            web=web or self._served.study.web,
        )
        self._served = replace(
            self._served,
            study=study,
            questionnaire=questionnaire or self._served.questionnaire,
            clock=clock or self._served.clock,
        )
        settings.QULAQ_SERVED = self._served

    @property
    def responses(self):
        return self._served.responses

    @property
    def path(self):
        return f"/s/{self._served.survey.name}/"

    def browser(self, **headers):
        from django.test import Client

        return Client(headers=headers)

    def user(self, name):
        """
        A browser in which that person has signed in.
        """
        from django.contrib.auth import get_user_model

        browser = self.browser()
        user = get_user_model().objects.get(name=name)
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    def send(self, browser, page, *, go="next", **answers):
        return browser.post(page.action, page.filled(go, **answers), follow=True)

    def fill_in(self, browser, answers=None, *, query="", until=None):
        """
        Answer screen by screen; the response to the last one sent, or the page of the screen *until*.
        """
        answers = ANSWERS if answers is None else answers
        response = browser.get(f"{self.path}{query}")
        for _ in range(50):
            page = Page(response.content.decode())
            if not page.action or (until and page.action.endswith(f"/{until}/")):
                return response
            own = {name: answers[name] for name in answers if _holds(page, name)}
            response = self.send(browser, page, **own)
        raise AssertionError("the questionnaire does not end")


def _holds(page, name):
    return name in page.fields or name in page.offered


@pytest.fixture
def site(asked):
    from django.apps import apps
    from django.conf import settings
    from django.core.cache import cache

    before = settings.QULAQ_SERVED
    for model in apps.get_models():
        label = model._meta.app_label
        if (
            label in {"answers", "accounts", "decisions", "sessions", "axes"}
            and model.__name__ != "Secret"
        ):
            model.objects.all().delete()
    cache.clear()
    found = Site(before)
    found.change(clock=lambda: NOW)
    yield found
    settings.QULAQ_SERVED = before


@pytest.fixture
def ask(site, tmp_path):
    """
    A function that serves another form, made of rows of type, name and further columns by keyword.
    """

    def serve(*questions):
        columns = list(dict.fromkeys(key for question in questions for key in question))
        rows = [[question.get(column, "") for column in columns] for question in questions]
        choices = [("list_name", "name", "label"), ("yes_no", "yes", "иә"), ("yes_no", "no", "жоқ")]
        write_xlsx({"survey": [columns, *rows], "choices": choices}, tmp_path / "form.xlsx")
        site.change(questionnaire=read_questionnaire(tmp_path / "form.xlsx"))

    return serve


@pytest.fixture(scope="session")
def hashed_password(asked):
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@pytest.fixture
def people(site, hashed_password):
    """
    The three who work on the study.
    """
    from django.contrib.auth import get_user_model

    for name, role in ROLES.items():
        get_user_model().objects.create(name=name, role=role, password=hashed_password)
    return ROLES

"""Django, configured from a study instead of from a settings file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings

from qulaq.study import Study
from qulaq.survey.questionnaire import Questionnaire
from qulaq.web.database import describe_database

_HERE = Path(__file__).parent
_A_YEAR = 365 * 24 * 3600

LONGEST_REQUEST = (
    4 * 1024 * 1024
)  # bytes; a text of a megabyte is answered in words, more is refused
_NOTHING = "'none'"
_OURS = "'self'"


def open_web(
    study: Study, questionnaire: Questionnaire | None, *, hosts: Iterable[str] = ()
) -> None:
    """
    Configure Django for this process; it can serve one study only, and opening that one again changes no setting.

    *hosts* are further names under which the pages may be asked for. Raises RuntimeError for another study.
    """
    if not settings.configured:
        settings.configure(**_settings(study, tuple(hosts)))
        django.setup()
    elif settings.QULAQ_SERVED.study.folder != study.folder:
        raise RuntimeError(f"this process serves {settings.QULAQ_SERVED.study.folder} already")
    from qulaq.web.served import Served

    settings.QULAQ_SERVED = Served(study=study, questionnaire=questionnaire)


def _settings(study: Study, hosts: tuple[str, ...]) -> dict[str, Any]:
    return {
        "DEBUG": False,
        "SECRET_KEY": secrets.token_urlsafe(48),  # until that of the database is read
        "DATABASES": {"default": describe_database(study)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": False,  # phrases come from our own catalogues, see qulaq.web.speech
        "INSTALLED_APPS": _APPS,
        "MIDDLEWARE": _MIDDLEWARE,
        "ROOT_URLCONF": "qulaq.web.urls",
        "TEMPLATES": _TEMPLATES,
        "LOGGING": _LOGGING,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LONGEST_REQUEST,
        "FILE_UPLOAD_HANDLERS": ["qulaq.web.uploads.NoUploads"],
        **_of_address(study, hosts),
        **_STATIC,
        **_ACCOUNTS,
        **_HEADERS,
    }


def _of_address(study: Study, hosts: tuple[str, ...]) -> dict[str, Any]:
    outside = urlsplit(study.web.address)
    secure = outside.scheme == "https"
    known = {"localhost", "127.0.0.1", "[::1]", *hosts, *filter(None, [outside.hostname])}
    return {
        "ALLOWED_HOSTS": sorted(known),
        "CSRF_TRUSTED_ORIGINS": [study.web.address] if study.web.address else [],
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
    }


_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "qulaq.web.answers.apps.AnswersConfig",
    "qulaq.web.accounts.apps.AccountsConfig",
    "qulaq.web.decisions.apps.DecisionsConfig",
]

_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qulaq.web.pages.not_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "axes.middleware.AxesMiddleware",
]

_TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {"environment": "qulaq.web.pages.environment"},
    }
]

_STATIC = {
    "STATIC_URL": "/static/",
    "STATICFILES_DIRS": [_HERE / "static"],
    "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_MAX_AGE": _A_YEAR,  # their addresses carry a mark of their content
}

_ACCOUNTS = {
    "AUTH_USER_MODEL": "accounts.User",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ],
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 10},
        },
        {
            "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ("name",)},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    ],
    "SESSION_COOKIE_AGE": 12 * 3600,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "AXES_FAILURE_LIMIT": 10,
    "AXES_COOLOFF_TIME": timedelta(hours=1),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_DISABLE_ACCESS_LOG": True,  # addresses of those who signed in are nobody's business
    "AXES_LOCKOUT_CALLABLE": "qulaq.web.accounts.views.locked_out",
    "AXES_USERNAME_FORM_FIELD": "username",
    "AXES_VERBOSE": False,
}

_HEADERS = {
    "X_FRAME_OPTIONS": "DENY",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    # Not no-referrer: with it browsers send forms with "Origin: null", and we look at the origin.
    "SECURE_REFERRER_POLICY": "same-origin",
    "CSRF_FAILURE_VIEW": "qulaq.web.pages.not_ours",
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": [_NOTHING],
            "script-src": [_OURS],  # shortcuts for coders; no page needs them
            "style-src": [_OURS],
            "img-src": [_OURS],
            "form-action": [_OURS],
            "base-uri": [_NOTHING],
            "frame-ancestors": [_NOTHING],
        }
    },
}

_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "qulaq.web.pages.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {
            "handlers": ["stderr"],
            "level": "DEBUG" if os.environ.get("QULAQ_DEBUG") == "2" else "ERROR",
            "propagate": False,
        },
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}

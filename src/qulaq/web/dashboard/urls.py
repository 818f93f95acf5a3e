"""Addresses behind the sign-in."""

from __future__ import annotations

from django.urls import path

from qulaq.web.dashboard import reports, results, sharing, views

urlpatterns = [
    path("", views.door, name="door"),
    path("answers.<str:form>", views.answers, name="answers"),
    path("pilot/forget", views.forget_pilot, name="forget-pilot"),
    path("results/", results.results, name="results"),
    path("share/", sharing.share, name="share"),
    path("share/<slug:channel>.<slug:form>", sharing.qr_code, name="qr-code"),
    path("invitations", sharing.invite, name="invite"),
    path("reports/", reports.list_reports, name="reports"),
    path("reports/<path:file>", reports.show, name="report"),
]

"""Every address of the web application."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("s/<slug:name>/", include("qulaq.web.survey.urls")),  # first: the public comes in crowds
    path("coding/", include("qulaq.web.coding.urls")),
    path("", include("qulaq.web.accounts.urls")),
    path("", include("qulaq.web.dashboard.urls")),
]

handler400 = "qulaq.web.pages.not_understood"
handler403 = "qulaq.web.pages.not_ours"
handler404 = "qulaq.web.pages.not_found"
handler500 = "qulaq.web.pages.fault"

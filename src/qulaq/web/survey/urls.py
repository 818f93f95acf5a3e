"""Addresses of the public survey, below /s/<name>/."""

from __future__ import annotations

from django.urls import path

from qulaq.web.survey import endings, views

urlpatterns = [
    path("", views.begin, name="begin"),
    path("<int:number>/", views.screen, name="screen"),
    path("thanks/", endings.thanks, name="thanks"),
    path("excused/", endings.excused, name="excused"),
]

"""Addresses of the door for those who work on the study."""

from __future__ import annotations

from django.urls import path

from qulaq.web.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
]

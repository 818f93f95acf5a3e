"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from qulaq.web.coding import settling, views

urlpatterns = [
    path("", views.samples, name="coding"),
    path("<slug:name>/next/", views.next_unit, name="coding-next"),
    path("<slug:name>/undo/", views.undo, name="coding-undo"),
    path("<slug:name>/settle/", settling.next_open, name="settling-next"),
    path("<slug:name>/settle/<int:place>/", settling.settle_unit, name="settling"),
    path("<slug:name>/<int:place>/", views.code_unit, name="coding-unit"),
]

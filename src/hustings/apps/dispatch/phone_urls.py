"""Addresses of the pages at a table, below /w/t/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.dispatch import phone_views

app_name = "table"
urlpatterns = [
    path("<str:token>/", phone_views.arrive, name="arrive"),
    path("<str:token>/tell/", phone_views.tell, name="tell"),
]

"""Addresses of erasing, below the people's."""

from __future__ import annotations

from django.urls import path

from hustings.apps.erasure import views

app_name = "erasure"
urlpatterns = [
    path("erased/", views.erased, name="list"),
    path("<int:person_id>/erase/", views.erase, name="erase"),
]

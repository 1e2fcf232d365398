"""Addresses of the first page, below /c/<slug>/today/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("now/", views.now, name="now"),
]

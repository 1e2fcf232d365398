"""Addresses of copies, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.copies, name="list"),
    path("destroyed/", views.destroyed, name="destroyed"),
]

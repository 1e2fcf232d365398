"""Addresses of help and gifts, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.contributions import views

app_name = "contributions"
urlpatterns = [
    path("", views.everything, name="list"),
    path("help/new/", views.new_help, name="new-help"),
    path("help/<int:help_id>/", views.one_help, name="help"),
    path("help/<int:help_id>/change/", views.change_help, name="change-help"),
    path("help/<int:help_id>/decide/", views.decide, name="decide"),
]

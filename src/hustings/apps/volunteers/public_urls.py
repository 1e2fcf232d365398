"""Addresses of the join page, below /join/: outside the desk, behind that campaign's wall."""

from __future__ import annotations

from django.urls import path

from hustings.apps.volunteers import join_views

app_name = "join"
urlpatterns = [
    path("<slug:slug>/", join_views.page, name="page"),
    path("<slug:slug>/frame/", join_views.frame, name="frame"),
    path("<slug:slug>/again/", join_views.again, name="again"),
]

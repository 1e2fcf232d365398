"""A volunteer's own page, below /me/: whoever has the link sees it, and nobody else."""

from __future__ import annotations

from django.urls import path

from hustings.apps.volunteers import own_views

app_name = "me"
urlpatterns = [
    path("<str:token>/", own_views.page, name="page"),
    path("<str:token>/change/", own_views.change, name="change"),
    path("<str:token>/pays/", own_views.pays, name="pays"),
    path("<str:token>/leave/", own_views.leave, name="leave"),
]

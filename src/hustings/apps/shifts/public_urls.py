"""A volunteer's sessions, below /me/: whoever has the link sees them, and nobody else."""

from __future__ import annotations

from django.urls import path

from hustings.apps.shifts import own_views

app_name = "my-sessions"
urlpatterns = [
    path("<str:token>/sessions/", own_views.mine, name="mine"),
    path("<str:token>/sessions/mine.ics", own_views.feed, name="feed"),
    path("<str:token>/sessions/<int:session_id>/", own_views.session, name="session"),
    path("<str:token>/sessions/<int:session_id>/session.ics", own_views.one_ics, name="one-ics"),
    path("<str:token>/sessions/<int:session_id>/sign-up/", own_views.sign_up, name="sign-up"),
    path("<str:token>/sessions/<int:session_id>/confirm/", own_views.confirm, name="confirm"),
    path(
        "<str:token>/sessions/<int:session_id>/cannot-come/",
        own_views.cannot_come,
        name="cannot-come",
    ),
]

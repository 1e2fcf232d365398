"""Addresses of the room Sessions, below /c/<slug>/sessions/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.shifts import door_views, views

app_name = "sessions"
urlpatterns = [
    path("", views.everything, name="list"),
    path("new/", views.new, name="new"),
    path("<int:session_id>/", views.session, name="session"),
    path("<int:session_id>/change/", views.change, name="change"),
    path("<int:session_id>/do/", views.session_verb, name="session-verb"),
    path("<int:session_id>/sign-up/", views.sign_up, name="sign-up"),
    path("<int:session_id>/door/", door_views.door, name="door"),
    path("<int:session_id>/door/came/", door_views.came, name="came"),
    path("<int:session_id>/door/walk-in/", door_views.walk_in, name="walk-in"),
    path("sign-ups/<int:sign_up_id>/do/", views.sign_up_verb, name="sign-up-verb"),
    path("steps/<int:step_id>/back/", views.step_back, name="step-back"),
    path("edits/<int:edit_id>/back/", views.edit_back, name="edit-back"),
]

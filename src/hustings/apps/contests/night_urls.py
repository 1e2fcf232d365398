"""A reporter's phone, below /night/: whoever has the link reports, and nobody else."""

from __future__ import annotations

from django.urls import path

from hustings.apps.contests import night_views

app_name = "night"
urlpatterns = [
    path("app/", night_views.shell, name="shell"),
    path("service-worker.js", night_views.service_worker, name="service-worker"),
    path("<str:token>/", night_views.page, name="page"),
    path("<str:token>/facts/", night_views.facts, name="facts"),
    path("<str:token>/events/", night_views.events, name="events"),
    path("<str:token>/photos/<uuid:event_id>/", night_views.photo, name="photo"),
]

"""Addresses of checking in, below /w/safety/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.safety import api

app_name = "check-in"
urlpatterns = [
    path("<int:turf_id>/", api.offered, name="offered"),
    path("<int:turf_id>/signs/", api.signs, name="signs"),
]

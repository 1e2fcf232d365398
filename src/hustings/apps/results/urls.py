"""Addresses of the results' room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.results import views

app_name = "results"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("numbers/", views.numbers, name="numbers"),
    path("doors.geojson", views.doors_on_the_map, name="doors"),
    path("walks/<int:turf_id>.geojson", views.route, name="route"),
    path("results.json", views.as_json, name="json"),
    path("by-<str:by>.csv", views.as_csv, name="csv"),
]

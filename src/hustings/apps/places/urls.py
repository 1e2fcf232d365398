"""Addresses of the places' room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.places import views

app_name = "places"
urlpatterns = [
    path("", views.coverage, name="coverage"),
    path("upload/", views.upload, name="upload"),
    path("street/", views.street, name="street"),
    path("doors.csv", views.doors_csv, name="doors"),
]

"""Addresses of the people's room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.people import views

app_name = "people"
urlpatterns = [
    path("", views.search, name="search"),
    path("<int:person_id>/", views.person, name="person"),
]

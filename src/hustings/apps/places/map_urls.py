"""Addresses of the map, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.places import views

app_name = "map"
urlpatterns = [
    path("style.json", views.style, name="style"),
    path("<slug:digest>/<int:zoom>/<int:column>/<int:row>.mvt", views.map_tile, name="tile"),
]

"""Addresses of the organiser's page, below /c/<slug>/safety/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.safety import views

app_name = "safety"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("line/", views.line, name="line"),
    path("offer/", views.offer, name="offer"),
    path("alerts/<int:alert_id>/settle/", views.settle, name="settle"),
    path("settlements/<int:settlement_id>/back/", views.back, name="back"),
]

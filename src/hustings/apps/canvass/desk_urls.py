"""Addresses of the organiser's page of phones, below /c/<slug>/phones/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.canvass import desk

app_name = "phones"
urlpatterns = [
    path("", desk.phones, name="list"),
    path("lists/", desk.waiting, name="lists"),
    path("let-in/", desk.let_in, name="let-in"),
    path("walks/<int:turf_id>/paper/", desk.paper, name="paper"),
    path("walks/<int:turf_id>/knock/", desk.knock, name="knock"),
    path("tray/", desk.tray, name="tray"),
    path("tray/settle/", desk.settle, name="settle"),
    path("tray/settle-sums/", desk.settle_sums, name="settle-sums"),
    path("rounds/<int:action_id>/", desk.deliveries, name="round"),
    path("take-in/", desk.take_in, name="take-in"),
    path("take-back/", desk.take_back, name="take-back"),
]

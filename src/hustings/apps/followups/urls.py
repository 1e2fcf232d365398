"""Addresses of the tray, below /c/<slug>/follow-ups/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.followups import second_views, views

app_name = "followups"
urlpatterns = [
    path("", views.tray, name="tray"),
    path("do/", views.do, name="do"),
    path("knock-again/<int:action_id>/", second_views.knock_again, name="knock-again"),
    path("cards/", second_views.cards, name="cards"),
    path("cards/print/", second_views.print_cards, name="print-cards"),
]

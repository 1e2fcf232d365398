"""Addresses of the room where campaigns lend each other, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.lending import people_views, views

app_name = "lending"
urlpatterns = [
    path("", views.home, name="home"),
    path("take-in/", views.take_in, name="take-in"),
    path("parcels/<int:record_id>/", views.parcel, name="parcel"),
    path("offers/new/", people_views.new_offer, name="new-offer"),
    path("offers/<int:offer_id>/", people_views.offer, name="offer"),
    path("offers/<int:offer_id>/link/", people_views.new_link, name="new-link"),
    path("people/", people_views.people, name="people"),
    path("people/<int:referred_id>/delete/", people_views.delete, name="delete"),
]

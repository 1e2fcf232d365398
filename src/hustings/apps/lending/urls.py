"""Addresses of the room where campaigns lend each other, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.lending import events_views, people_views, views, works_views

app_name = "lending"
urlpatterns = [
    path("", views.home, name="home"),
    path("take-in/", views.take_in, name="take-in"),
    path("parcels/<int:record_id>/", views.parcel, name="parcel"),
    path("offers/new/", people_views.new_offer, name="new-offer"),
    path("offers/<int:offer_id>/", people_views.offer, name="offer"),
    path("offers/<int:offer_id>/link/", people_views.new_link, name="new-link"),
    path("lend/", works_views.lend, name="lend"),
    path("lend/<int:lent_id>/back/", works_views.call_back, name="call-back"),
    path("works/", works_views.works, name="works"),
    path("works/<int:record_id>/", works_views.work, name="work"),
    path("works/<int:record_id>/files/<str:sha256>/", works_views.file, name="file"),
    path("works/<int:record_id>/borrow/", works_views.borrow, name="borrow"),
    path("events/", events_views.events, name="events"),
    path("events/new/", events_views.new_event, name="new-event"),
    path("events/<str:key>/", events_views.event, name="event"),
    path("events/<str:key>/change/", events_views.change_event, name="change-event"),
    path("events/<str:key>/do/", events_views.event_verb, name="event-verb"),
    path("events/<str:key>/event.ics", events_views.ics, name="ics"),
    path("people/", people_views.people, name="people"),
    path("people/<int:referred_id>/delete/", people_views.delete, name="delete"),
]

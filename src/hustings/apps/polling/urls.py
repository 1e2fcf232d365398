"""Addresses of polling day, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.polling import views

app_name = "polling"
urlpatterns = [
    path("", views.day, name="day"),
    path("new/", views.new, name="new"),
    path("tell/", views.tell, name="tell"),
    path("marks/<int:mark_id>/back/", views.back, name="back"),
    path("days/<int:day_id>/end/", views.end, name="end"),
    path("people/<int:person_id>/promise/", views.promise, name="promise"),
    path("promises/<int:promise_id>/back/", views.promise_back, name="promise-back"),
]

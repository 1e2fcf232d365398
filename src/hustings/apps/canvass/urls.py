"""Addresses of the phone's pages, below /w/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.canvass import api, doorstep, replying, views

app_name = "phone"
urlpatterns = [
    path("", views.start, name="start"),
    path("events/", api.events, name="events"),
    path("app/", doorstep.app, name="app"),
    path("app/move/", doorstep.move, name="app-move"),
    path("move/<str:token>/", views.moved, name="moved"),
    path("app/leave/", doorstep.leave, name="app-leave"),
    path("app.webmanifest", doorstep.manifest, name="manifest"),
    path("service-worker.js", doorstep.service_worker, name="service-worker"),
    path("carried/", doorstep.carried, name="carried"),
    path("questions/<int:question_id>/", replying.reply, name="reply"),
    path("questions/<int:question_id>/data/", replying.reply_data, name="reply-data"),
    path("leave/", views.leave, name="leave"),
    path("in/<str:token>/", views.by_link, name="link"),
    path("walk/<int:turf_id>/", views.walk, name="walk"),
    path("walk/<int:turf_id>/changes/", api.walk_changes, name="changes"),
    path("walk/<int:turf_id>/script/", views.script, name="script"),
    path("walk/<int:turf_id>/receipt/", views.receipt, name="receipt"),
    path("walk/<int:turf_id>/data/", doorstep.walk_data, name="walk-data"),
    path("walk/<int:turf_id>/map/", doorstep.walk_map, name="walk-map"),
    path("walk/<int:turf_id>/receipt/data/", doorstep.receipt_data, name="receipt-data"),
    path("walk/<int:turf_id>/hand-back/", doorstep.hand_back, name="hand-back"),
    path("walk/<int:turf_id>/building/<int:building_id>/", views.building, name="building"),
    path("walk/<int:turf_id>/door/<int:door_id>/", views.door, name="door"),
    path("walk/<int:turf_id>/door/<int:door_id>/undo/", views.undo, name="undo"),
    path("walk/<int:turf_id>/door/<int:door_id>/add/", views.add, name="add"),
    path("<str:code>/", views.by_code, name="code"),
]

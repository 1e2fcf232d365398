"""Addresses of the register's room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.register import views

app_name = "register"
urlpatterns = [
    path("", views.batches, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<int:batch_id>/", views.batch, name="batch"),
    path("<int:batch_id>/progress/", views.progress, name="progress"),
    path("<int:batch_id>/problems.csv", views.problems_csv, name="problems"),
    path("<int:batch_id>/columns/", views.columns, name="columns"),
    path("<int:batch_id>/look-again/", views.recheck, name="recheck"),
    path("<int:batch_id>/bring-in/", views.commit, name="commit"),
    path("<int:batch_id>/undo/", views.undo, name="undo"),
    path("<int:batch_id>/drop/", views.drop, name="drop"),
]

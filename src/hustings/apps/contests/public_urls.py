"""What a campaign shows everyone of a contest, below /count/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.contests import public_views

app_name = "count"
urlpatterns = [
    path("<slug:slug>/<int:contest_id>/", public_views.page, name="page"),
    path("<slug:slug>/<int:contest_id>/numbers/", public_views.numbers, name="numbers"),
    path("<slug:slug>/<int:contest_id>/board.json", public_views.as_json, name="json"),
    path("<slug:slug>/<int:contest_id>/board.csv", public_views.as_csv, name="csv"),
    path("<slug:slug>/<int:contest_id>/count.json", public_views.count_file, name="count-file"),
]

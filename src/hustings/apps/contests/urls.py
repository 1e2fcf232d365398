"""Addresses of this room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.contests import (
    office_views,
    reporter_views,
    roster_views,
    season_views,
    taking_away_views,
    tray_views,
    unit_views,
    views,
)

app_name = "contests"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("new/", views.new, name="new"),
    path("season/", season_views.page, name="season"),
    path("season/standings.json", season_views.as_json, name="season-json"),
    path("season/standings.csv", season_views.as_csv, name="season-csv"),
    path("away/", taking_away_views.away, name="away"),
    path("<int:contest_id>/", views.contest, name="contest"),
    path("<int:contest_id>/away/", taking_away_views.contest_verb, name="contest-away"),
    path("<int:contest_id>/early/", tray_views.early, name="early"),
    path("<int:contest_id>/change/", views.change, name="change"),
    path("<int:contest_id>/candidates/", views.candidates, name="candidates"),
    path("<int:contest_id>/units/", unit_views.units, name="units"),
    path("<int:contest_id>/units/<int:unit_id>/", unit_views.unit, name="unit"),
    path("<int:contest_id>/units/away/", taking_away_views.units_away, name="units-away"),
    path("<int:contest_id>/photos/<int:photo_id>/", unit_views.photo, name="photo"),
    path("<int:contest_id>/roster/", roster_views.send, name="roster"),
    path("<int:contest_id>/roster/progress/", roster_views.progress, name="roster-progress"),
    path("<int:contest_id>/files/<int:file_id>/", roster_views.file, name="file"),
    path("<int:contest_id>/files/<int:file_id>/do/", roster_views.file_verb, name="file-verb"),
    path(
        "<int:contest_id>/files/<int:file_id>/rows/<int:row_id>/",
        roster_views.settle,
        name="file-row",
    ),
    path("<int:contest_id>/reporters/", reporter_views.reporters, name="reporters"),
    path("<int:contest_id>/reporters/mail/", reporter_views.mail, name="reporters-mail"),
    path("<int:contest_id>/reporters/new/", reporter_views.invite, name="invite"),
    path(
        "<int:contest_id>/reporters/<int:reporter_id>/",
        reporter_views.correct,
        name="reporter-correct",
    ),
    path(
        "<int:contest_id>/reporters/<int:reporter_id>/do/",
        reporter_views.verb,
        name="reporter-verb",
    ),
    path("<int:contest_id>/enter/", office_views.choose, name="enter-choose"),
    path(
        "<int:contest_id>/units/<int:unit_id>/enter/<str:phase>/", office_views.enter, name="enter"
    ),
    path("<int:contest_id>/tray/", tray_views.tray, name="tray"),
    path("<int:contest_id>/tray/<int:tray_id>/", tray_views.tray_verb, name="tray-verb"),
    path("<int:contest_id>/tray/lots/<int:lot_id>/", tray_views.tray_lot, name="tray-lot"),
]

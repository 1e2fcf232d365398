"""Addresses of what a contest shows while it is counted, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.contests import (
    audit_views,
    live_views,
    lot_views,
    official_views,
    support_views,
)

app_name = "live"
urlpatterns = [
    path("<int:contest_id>/live/", live_views.board, name="board"),
    path("<int:contest_id>/live/numbers/", live_views.numbers, name="numbers"),
    path("<int:contest_id>/live/board.json", live_views.as_json, name="json"),
    path("<int:contest_id>/live/board.csv", live_views.as_csv, name="csv"),
    path("<int:contest_id>/live/count.json", live_views.count_file, name="count-file"),
    path("<int:contest_id>/live/public/", live_views.publish, name="publish"),
    path("<int:contest_id>/lots/", lot_views.page, name="lots"),
    path("<int:contest_id>/lots/sealed/", lot_views.sealed, name="sealed"),
    path("<int:contest_id>/audits/", audit_views.page, name="audits"),
    path("<int:contest_id>/audits/<int:audit_id>/do/", audit_views.verb, name="audit-verb"),
    path("<int:contest_id>/official/", official_views.page, name="official"),
    path("<int:contest_id>/official/<int:file_id>/do/", official_views.verb, name="official-verb"),
    path("<int:contest_id>/support/", support_views.page, name="support"),
]

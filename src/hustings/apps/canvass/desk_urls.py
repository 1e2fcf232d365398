"""Addresses of the organiser's page of phones, below /c/<slug>/phones/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.canvass import desk, question_desk, tray_desk

app_name = "phones"
urlpatterns = [
    path("", desk.phones, name="list"),
    path("lists/", desk.waiting, name="lists"),
    path("let-in/", desk.let_in, name="let-in"),
    path("walks/<int:turf_id>/paper/", desk.paper, name="paper"),
    path("walks/<int:turf_id>/knock/", desk.knock, name="knock"),
    path("progress/", desk.progress, name="progress"),
    path("progress/teams/", desk.teams, name="teams"),
    path("tray/", desk.tray, name="tray"),
    path("tray/settle/", desk.settle, name="settle"),
    path("tray/settle-batch/", tray_desk.settle_batch, name="settle-batch"),
    path("tray/take-back/", tray_desk.take_back, name="unsettle"),
    path("tray/rule/", tray_desk.rule, name="rule"),
    path("tray/rulings/<int:ruling_id>/take-back/", tray_desk.unrule, name="unrule"),
    path("questions/", question_desk.questions, name="questions"),
    path("questions/ask/", question_desk.ask, name="ask"),
    path("questions/<int:question_id>/write-down/", question_desk.write_down, name="write-down"),
    path("questions/<int:question_id>/hold/", question_desk.hold, name="hold"),
    path("holds/<int:hold_id>/release/", question_desk.release, name="release"),
    path("tray/settle-sums/", desk.settle_sums, name="settle-sums"),
    path("rounds/<int:action_id>/", desk.deliveries, name="round"),
    path("take-in/", desk.take_in, name="take-in"),
    path("take-back/", desk.take_back, name="take-back"),
]

"""Addresses of the settings' room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.accounts import views

app_name = "settings"
urlpatterns = [
    path("", views.walk_settings, name="walks"),
    path("doors/", views.door_settings, name="doors"),
    path("law/", views.law_settings, name="law"),
    path("members/", views.members, name="members"),
    path("members/<int:member_id>/remove/", views.remove_member, name="remove-member"),
    path("members/<int:member_id>/status/", views.answer_status, name="answer-status"),
    path("members/<int:member_id>/speak/", views.let_speak, name="let-speak"),
    path("members/<int:member_id>/speak/end/", views.end_speaking, name="end-speaking"),
    path("audit/", views.audit, name="audit"),
]

"""Addresses of the volunteers' room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.volunteers import door_views, team_views, views

app_name = "volunteers"
urlpatterns = [
    path("", views.everybody, name="list"),
    path("<int:volunteer_id>/", views.one, name="one"),
    path("<int:volunteer_id>/welcome/", views.welcome, name="welcome"),
    path("<int:volunteer_id>/leave/", views.leave, name="leave"),
    path("<int:volunteer_id>/come-back/", views.come_back, name="come-back"),
    path("<int:volunteer_id>/team/", team_views.put_in, name="put-in"),
    path("places/<int:place_id>/take-out/", team_views.take_out, name="take-out"),
    path("places/<int:place_id>/put-back/", team_views.put_back, name="put-back"),
    path("teams/", team_views.teams, name="teams"),
    path("teams/<int:team_id>/", team_views.team, name="team"),
    path("teams/<int:team_id>/rename/", team_views.rename, name="rename-team"),
    path("teams/<int:team_id>/close/", team_views.close, name="close-team"),
    path("teams/<int:team_id>/reopen/", team_views.reopen, name="reopen-team"),
    path("teams/<int:team_id>/hand-over/", team_views.hand_over, name="hand-over"),
    path("teams/<int:team_id>/hand-back/", team_views.hand_back, name="hand-back"),
    path("join-page/", door_views.join_page, name="join-page"),
    path("join-page/close/", door_views.close, name="close"),
    path("join-page/invite/", door_views.invite, name="invite"),
]

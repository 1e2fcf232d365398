"""Addresses of the turf room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.outings import data_views, planning_views, views, workbench_views

app_name = "outings"
urlpatterns = [
    path("", views.action_list, name="list"),
    path("new/", planning_views.plan, name="new"),
    path("steps/", planning_views.steps, name="steps"),
    path("<int:action_id>/", views.action, name="action"),
    path("<int:action_id>/doors/", planning_views.choose, name="choose"),
    path("<int:action_id>/dial/", planning_views.dial, name="dial"),
    path("<int:action_id>/cut/", planning_views.cut_form, name="cut"),
    path("<int:action_id>/estimate/", planning_views.estimate, name="estimate"),
    path("cuts/<int:cut_id>/", views.cut_page, name="cut-page"),
    path("cuts/<int:cut_id>/progress/", views.cut_progress, name="cut-progress"),
    path("cuts/<int:cut_id>/split/", views.split_list, name="split"),
    path("cuts/<int:cut_id>/again/", planning_views.cut_again, name="cut-again"),
    path("cuts/<int:cut_id>/do/<slug:verb>/", planning_views.cut_verb, name="cut-verb"),
    path("cuts/<int:cut_id>/doors.geojson", data_views.doors, name="doors-data"),
    path(
        "cuts/<int:cut_id>/doors/<int:zoom>/<int:column>/<int:row>.json",
        data_views.doors_of_tile,
        name="doors-tile",
    ),
    path("cuts/<int:cut_id>/route/<int:number>.geojson", data_views.route, name="route-data"),
    path("map/style.json", data_views.map_style, name="map-style"),
    path("cuts/<int:cut_id>/workbench/", workbench_views.workbench, name="workbench"),
    path(
        "cuts/<int:cut_id>/workbench/news/", workbench_views.workbench_news, name="workbench-news"
    ),
    path(
        "cuts/<int:cut_id>/workbench/doors.geojson",
        workbench_views.workbench_doors,
        name="workbench-doors",
    ),
    path(
        "cuts/<int:cut_id>/workbench/preview/",
        workbench_views.workbench_preview,
        name="workbench-preview",
    ),
    path(
        "cuts/<int:cut_id>/workbench/step/", workbench_views.workbench_step, name="workbench-step"
    ),
    path("cuts/<int:cut_id>/workbench/areas/", workbench_views.draw_area, name="workbench-areas"),
    path("cuts/<int:cut_id>/workbench/pins/", workbench_views.pin_road, name="workbench-pins"),
    path("cuts/<int:cut_id>/pack.pdf", data_views.cut_pack, name="cut-pack"),
    path("walks/<int:turf_id>/", views.walk, name="walk"),
    path("walks/<int:turf_id>/why/<int:door_id>/", views.why, name="why"),
    path("walks/<int:turf_id>/pack.pdf", data_views.walk_pack, name="walk-pack"),
    path("walks/<int:turf_id>/check-out/", views.check_out, name="check-out"),
    path("walks/<int:turf_id>/extend/", views.extend, name="extend"),
    path("walks/<int:turf_id>/phone/", views.phone_link, name="phone-link"),
    path("walks/<int:turf_id>/do/<slug:verb>/", views.walk_verb, name="walk-verb"),
]

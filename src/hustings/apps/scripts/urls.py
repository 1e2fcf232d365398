"""Addresses of scripts and scales, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.scripts import languages_views, scale_views, views

app_name = "scripts"
urlpatterns = [
    path("", views.home, name="home"),
    path("draft/", views.draft, name="draft"),
    path("draft/do/", views.do, name="do"),
    path("draft/paste/", views.paste, name="paste"),
    path("draft/preview/", views.preview, name="preview"),
    path("draft/publish/", views.publish, name="publish"),
    path("draft/steps/<str:name>/", views.step, name="step"),
    path("versions/<int:number>/", views.version, name="version"),
    path("versions/<int:number>/again/", views.again, name="again"),
    path("versions/<int:number>/script.txt", views.as_text, name="as-text"),
    path("versions/<int:number>/script.json", views.as_json, name="as-json"),
    path("versions/<int:number>/languages/", languages_views.choose, name="choose"),
    path("versions/<int:number>/languages/<str:language>/", languages_views.words, name="words"),
    path("translations/<int:translation_id>/check/", languages_views.check, name="check"),
    path("scale/", scale_views.scale, name="scale"),
    path("scale/delete/", scale_views.delete, name="delete-level"),
]

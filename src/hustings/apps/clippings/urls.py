"""Addresses of the clippings desk, below the press desk's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.clippings import excerpt_views, views

app_name = "clippings"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("articles/<int:article_id>/", views.article, name="article"),
    path("articles/<int:article_id>/source/", views.source, name="source"),
    path("articles/<int:article_id>/mark/", views.mark, name="mark"),
    path("articles/<int:article_id>/throw-away/", views.throw_away, name="throw-away"),
    path("articles/<int:article_id>/<int:number>/confirm/", views.confirm, name="confirm"),
    path("articles/<int:article_id>/<int:number>/dismiss/", views.dismiss, name="dismiss"),
    path("articles/<int:article_id>/<int:number>/bring-back/", views.bring_back, name="bring-back"),
    path("excerpts/<int:excerpt_id>/", excerpt_views.excerpt, name="excerpt"),
    path("excerpts/<int:excerpt_id>/take-back/", excerpt_views.take_back, name="take-back"),
    path("excerpts/<int:excerpt_id>/carry/", excerpt_views.carry, name="carry"),
    path("between/us/", excerpt_views.timeline, name="timeline-of-ours"),
    path("between/<int:party_id>/", excerpt_views.timeline, name="timeline"),
    path("between/<int:party_id>/<int:other_id>/", excerpt_views.timeline, name="timeline-of-two"),
]

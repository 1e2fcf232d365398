"""Addresses of the materials' room, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.materials import making_views, views

app_name = "materials"
urlpatterns = [
    path("", views.list_of_designs, name="list"),
    path("new/", making_views.new, name="new"),
    path("designs/<int:design_id>/next/", making_views.next_version, name="next"),
    path("releases/<int:release_id>/", views.release, name="release"),
    path("releases/<int:release_id>/publish/", views.publish, name="publish"),
    path("releases/<int:release_id>/withdraw/", views.withdraw, name="withdraw"),
    path("releases/<int:release_id>/count/", views.count, name="count"),
    path("releases/<int:release_id>/sheet.pdf", views.pdf, name="pdf"),
    path("releases/<int:release_id>/picture.png", views.picture, name="picture"),
    path("places/", views.places, name="places"),
    path("copies/", views.copies, name="copies"),
    path("imprints/", views.imprints, name="imprints"),
    path("imprints/end/", views.end_imprint, name="end-imprint"),
]

"""What a campaign shows to everyone: its statements, the head of its log, and the page that verifies them."""

from __future__ import annotations

from django.urls import path

from hustings.apps.statements import public_views

app_name = "public"
urlpatterns = [
    path("<slug:slug>/", public_views.page, name="page"),
    path("<slug:slug>/feed.atom", public_views.atom, name="atom"),
    path("<slug:slug>/feed.json", public_views.feed, name="feed"),
    path("<slug:slug>/card.txt", public_views.card, name="card"),
    path("<slug:slug>/log/checkpoint", public_views.checkpoint, name="checkpoint"),
    path("<slug:slug>/<str:name>/", public_views.statement, name="statement"),
    path("<slug:slug>/<str:name>.svg", public_views.code_of_proof, name="code"),
    path("<slug:slug>/<str:name>.bundle", public_views.bundle, name="bundle"),
]

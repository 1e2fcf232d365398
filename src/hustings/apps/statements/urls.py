"""Addresses of the press desk, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.statements import matter_views, party_views, said_views, views, where_views

app_name = "statements"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("keys/", views.keys, name="keys"),
    path("keys/make/", views.make_keys, name="make-keys"),
    path("keys/next/", views.next_keys, name="next-keys"),
    path("keys/recovery/", views.recovery, name="recovery"),
    path("keys/card/", views.our_card, name="card"),
    path("draft/", views.new_draft, name="draft"),
    path("records/<int:record_id>/", said_views.record_page, name="record"),
    path("records/<int:record_id>/bundle/", said_views.bundle, name="bundle"),
    path("records/<int:record_id>/do/<str:verb>/", said_views.verb, name="verb"),
    path("records/<int:record_id>/announce/", said_views.announce, name="announce"),
    path("records/<int:record_id>/call/", said_views.call_sheet, name="call"),
    path("records/<int:record_id>/respond/", said_views.respond, name="respond"),
    path("records/<int:record_id>/withdraw/", said_views.retract, name="retract"),
    path("records/<int:record_id>/where/", where_views.where, name="where"),
    path("records/<int:record_id>/proof.svg", where_views.code_of_proof, name="code"),
    path("refused/<int:refusal_id>/", where_views.refusal, name="refusal"),
    path("matters/new/", matter_views.new_matter, name="new-matter"),
    path("matters/<int:matter_id>/", matter_views.matter, name="matter"),
    path("matters/<int:matter_id>/do/<str:verb>/", matter_views.do, name="matter-do"),
    path("receive/", party_views.receive, name="receive"),
    path("parties/new/", party_views.new_party, name="new-party"),
    path("parties/<int:party_id>/", party_views.between, name="between"),
    path("parties/<int:party_id>/meet/", party_views.meet, name="meet"),
    path("parties/<int:party_id>/claim/", party_views.claim, name="claim"),
    path("parties/<int:party_id>/hope/", party_views.hope, name="hope"),
    path("parties/<int:party_id>/word/", party_views.word, name="word"),
]

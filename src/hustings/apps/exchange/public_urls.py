"""What other servers ask of a campaign's node, below its public address."""

from __future__ import annotations

from django.urls import path

from hustings.apps.exchange import node_views

app_name = "node"
urlpatterns = [
    path("<slug:slug>/.well-known/campaign-node", node_views.card, name="card"),
    path("<slug:slug>/exchange/inbox", node_views.inbox, name="inbox"),
    path("<slug:slug>/log/entries", node_views.log_entries, name="entries"),
    path("<slug:slug>/log/inclusion", node_views.log_inclusion, name="inclusion"),
    path("<slug:slug>/log/consistency", node_views.log_consistency, name="consistency"),
    path("<slug:slug>/witness/add-checkpoint", node_views.witness, name="witness"),
    path("<slug:slug>/verify/<str:name>/", node_views.verify_record, name="verify"),
]

"""Addresses of the exchange, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.peers, name="peers"),
    path("take/", views.take, name="take"),
    path("<int:party_id>/", views.peer, name="peer"),
    path("<int:party_id>/address/", views.address, name="address"),
    path("<int:party_id>/send/", views.send, name="send"),
    path("<int:party_id>/give/", views.give, name="give"),
    path("<int:party_id>/again/<int:record_id>/", views.again, name="again"),
    path("<int:party_id>/evidence/<int:alarm_id>/", views.evidence, name="evidence"),
]

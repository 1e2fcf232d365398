"""Addresses of help and gifts, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.contributions import gift_views, views

app_name = "contributions"
urlpatterns = [
    path("", views.everything, name="list"),
    path("help/new/", views.new_help, name="new-help"),
    path("help/<int:help_id>/", views.one_help, name="help"),
    path("help/<int:help_id>/change/", views.change_help, name="change-help"),
    path("help/<int:help_id>/decide/", views.decide, name="decide"),
    path("gifts/new/", gift_views.new_gift, name="new-gift"),
    path("gifts/<int:gift_id>/", gift_views.one_gift, name="gift"),
    path("gifts/<int:gift_id>/step/", gift_views.step, name="step"),
    path("spending/new/", gift_views.new_spending, name="new-spending"),
    path("spending/<int:spending_id>/strike/", gift_views.strike_spending, name="strike"),
]

"""Addresses of the tables, below /c/<slug>/tables/."""

from __future__ import annotations

from django.urls import path

from hustings.apps.dispatch import views

app_name = "dispatch"
urlpatterns = [
    path("", views.table_list, name="tables"),
    path("new/", views.new_table, name="new"),
    path("ninety/", views.ninety, name="ninety"),
    path("<int:table_id>/", views.table_page, name="table"),
    path("<int:table_id>/now/", views.table_live, name="live"),
    path("<int:table_id>/print/", views.table_print, name="print"),
    path("<int:table_id>/arrivals/<int:arrival_id>/back/", views.take_back, name="back"),
    path("<int:table_id>/do/<slug:verb>/", views.table_verb, name="verb"),
]

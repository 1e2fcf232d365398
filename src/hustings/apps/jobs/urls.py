"""Addresses of jobs, below a campaign's own."""

from __future__ import annotations

from django.urls import path

from hustings.apps.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:job_id>/", views.progress, name="progress"),
    path("<int:job_id>.json", views.progress_json, name="progress-json"),
]

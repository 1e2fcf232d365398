"""The page of one volunteer, below /help/: whoever has the link sees it, and nobody else."""

from __future__ import annotations

from django.urls import path

from hustings.apps.lending import volunteer_views

app_name = "help"
urlpatterns = [path("<str:token>/", volunteer_views.page, name="page")]

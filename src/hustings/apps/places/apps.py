"""The places' room as a Django app: its jobs are found."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Loads the jobs."""

    name = "hustings.apps.places"

    def ready(self) -> None:
        from hustings.apps.places import background  # noqa: F401  # registers itself

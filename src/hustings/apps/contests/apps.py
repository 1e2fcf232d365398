"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ContestsConfig(AppConfig):
    """Stands on volunteers, who report from the rooms they are in, and on what counts: ``core/contest``."""

    name = "hustings.apps.contests"
    label = "contests"

    def ready(self) -> None:
        """Files of units and of official results are read in the background."""
        from hustings.apps.contests import (  # noqa: F401  # they register their jobs
            background,
            official_background,
        )

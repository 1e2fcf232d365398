"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Stands above every room that has something to say on the first page."""

    name = "hustings.apps.today"
    label = "today"

    def ready(self) -> None:
        """What is said on the page registers itself."""
        from hustings.apps.today import needs, sessions  # noqa: F401

"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class PollingConfig(AppConfig):
    """Tells the person's page who promised and who has voted."""

    name = "hustings.apps.polling"
    label = "polling"

    def ready(self) -> None:
        from hustings.apps.polling import person_section  # noqa: F401  # it registers

"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    """Stands on volunteers: a session is a time and a place that volunteers sign up for."""

    name = "hustings.apps.shifts"
    label = "shifts"

    def ready(self) -> None:
        from hustings.apps.shifts import leaving, own_section  # noqa: F401  # they register

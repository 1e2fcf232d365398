"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Stands on people: a volunteer is a person who said that they want to help."""

    name = "hustings.apps.volunteers"
    label = "volunteers"

    def ready(self) -> None:
        from hustings.apps.volunteers import person_section  # noqa: F401  # it registers

"""Starting this room: its background work, and what it tells the people's room."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The register's room."""

    name = "hustings.apps.register"

    def ready(self) -> None:
        """Register the jobs, and the section on a person's page."""
        from hustings.apps.register import background, person_section  # noqa: F401  # they register

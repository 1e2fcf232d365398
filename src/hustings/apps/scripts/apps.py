"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ScriptsConfig(AppConfig):
    """Stands below the turf room: what is said and asked at a door; keeps every version of it."""

    name = "hustings.apps.scripts"
    label = "scripts"

    def ready(self) -> None:
        from hustings.apps.scripts import versions  # noqa: F401  # it registers

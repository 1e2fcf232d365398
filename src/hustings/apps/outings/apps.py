"""The app, and the kinds of background work it brings."""

from __future__ import annotations

from django.apps import AppConfig


class OutingsConfig(AppConfig):
    """Registers ``turf.cut`` and ``turf.expire``, and where paper holds a statement."""

    name = "hustings.apps.outings"
    label = "outings"

    def ready(self) -> None:
        from hustings.apps.outings import background, on_paper  # noqa: F401  # they register

"""The app, and the kinds of background work it brings."""

from __future__ import annotations

from django.apps import AppConfig


class OutingsConfig(AppConfig):
    """Registers ``turf.cut`` and ``turf.expire``."""

    name = "hustings.apps.outings"
    label = "outings"

    def ready(self) -> None:
        from hustings.apps.outings import background  # noqa: F401  # registers the kinds of work

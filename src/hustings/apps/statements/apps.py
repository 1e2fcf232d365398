"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Keeps which texts hold which statement."""

    name = "hustings.apps.statements"
    label = "statements"

    def ready(self) -> None:
        from hustings.apps.statements import embedding  # noqa: F401  # it registers

"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Stands above the doorstep: whoever arrives is given a walk and a phone that carries it."""

    name = "hustings.apps.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from hustings.apps.dispatch import own_section  # noqa: F401  # registers «my walks»

"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    """Leaflets, badges and playbooks."""

    name = "hustings.apps.materials"
    label = "materials"

    def ready(self) -> None:
        from hustings.apps.materials import where_quoted  # noqa: F401  # it registers

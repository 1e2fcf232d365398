"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    """Leaflets, badges and playbooks."""

    name = "hustings.apps.materials"
    label = "materials"

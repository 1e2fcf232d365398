"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Stands above the doorstep: an answer that arrived may count as a sign of life."""

    name = "hustings.apps.safety"
    label = "safety"

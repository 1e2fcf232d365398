"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Copies of register rows."""

    name = "hustings.apps.exports"
    label = "exports"

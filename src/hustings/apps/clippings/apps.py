"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ClippingsConfig(AppConfig):
    """Newspaper articles and what was confirmed of them."""

    name = "hustings.apps.clippings"
    label = "clippings"

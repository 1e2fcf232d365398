"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class LendingConfig(AppConfig):
    """People, methods and designs that campaigns lend each other."""

    name = "hustings.apps.lending"
    label = "lending"

"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """Help from elsewhere, and gifts."""

    name = "hustings.apps.contributions"
    label = "contributions"

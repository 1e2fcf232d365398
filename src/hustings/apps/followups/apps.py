"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """Stands above the doorstep: what was heard there and wants doing."""

    name = "hustings.apps.followups"
    label = "followups"

"""The room of what is heard at doors."""

from __future__ import annotations

from django.apps import AppConfig


class CanvassConfig(AppConfig):
    """Tells the person's page what was heard, the page of a cut how long doors took, and where the script holds a statement."""

    name = "hustings.apps.canvass"

    def ready(self) -> None:
        from hustings.apps.canvass import (  # noqa: F401  # they register
            answers_by_code,  # it registers
            held,
            learned_minutes,
            person_section,
            script,
        )

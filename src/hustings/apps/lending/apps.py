"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class LendingConfig(AppConfig):
    """People, methods and designs that campaigns lend each other; tells the exchange what goes along with them."""

    name = "hustings.apps.lending"
    label = "lending"

    def ready(self) -> None:
        from hustings.apps.exchange.attachments import carrier
        from hustings.apps.lending.carrying import KIND, Parts

        carrier(KIND, Parts())

"""The exchange as a Django app: its jobs are found, and the press desk learns who saw our heads."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Loads the jobs and joins the press desk."""

    name = "hustings.apps.exchange"

    def ready(self) -> None:
        from hustings.apps.exchange import background as _background  # noqa: F401  # registers itself
        from hustings.apps.exchange import searching, witnessing
        from hustings.apps.statements import witnesses

        witnesses.join(seen=witnessing.seen_from, search=searching.searched)

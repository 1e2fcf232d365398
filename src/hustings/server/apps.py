"""The server as a Django app: its checks are found, its templates and words are its own."""

from __future__ import annotations

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """Loads the checks."""

    name = "hustings.server"

    def ready(self) -> None:
        from hustings.server import checks  # noqa: F401  # registers itself

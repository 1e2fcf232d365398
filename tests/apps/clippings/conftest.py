"""The clippings desk."""

from __future__ import annotations

from tests.apps.clippings.cuttings import cutter

__all__ = ["cutter"]

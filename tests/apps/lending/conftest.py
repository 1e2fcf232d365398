"""Two campaigns that met."""

from __future__ import annotations

from tests.apps.lending.lending import both
from tests.apps.statements.talking import harbour, riverside

__all__ = ["both", "harbour", "riverside"]

"""Two press desks."""

from __future__ import annotations

from tests.apps.statements.talking import harbour, riverside

__all__ = ["harbour", "riverside"]

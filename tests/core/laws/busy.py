"""How laws are tried on a machine that does other things: a slow case is no broken law."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

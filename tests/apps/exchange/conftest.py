"""Two campaigns on two servers, with nothing but a wire in the test between them."""

from __future__ import annotations

from tests.apps.exchange.wire import harbour, riverside, wire

__all__ = ["harbour", "riverside", "wire"]

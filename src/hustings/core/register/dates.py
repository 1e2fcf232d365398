"""Dates as registers write them: several shapes, tried in the order a layout gives."""

from __future__ import annotations

import re
from datetime import date, datetime

EVERY_SHAPE = ("%d/%m/%Y", "%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d")
"""Tried when a layout does not say; day before month."""

_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?$", re.IGNORECASE)


def parse_date(text: str, shapes: tuple[str, ...] = EVERY_SHAPE) -> date | None:
    """The date in ``text``, in the first shape that fits; nothing if none does. A clock time after it is ignored."""
    text = _CLOCK.sub("", text.strip())
    for shape in shapes:
        try:
            found = datetime.strptime(text, shape).date()  # noqa: DTZ007  # a date has no zone
        except ValueError:
            continue
        if 1880 <= found.year <= 2200:
            return found
    return None

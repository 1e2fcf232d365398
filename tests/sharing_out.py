"""
Which process runs what, and when: what is long is begun first.

In the browser a file's journeys stay together, for what they share; the screens share nothing, and are given out by the handful.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from zlib import crc32

from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    import pytest

LONG = (
    "test_saturday", "test_two_servers", "test_thirty_arrivals", "test_ten_thousand", "test_doorstep",
    "test_first_fifteen_minutes", "test_press_desk", "test_materials", "test_doorstep_killed",
    "test_today", "test_scripts", "test_live_results", "test_map_on_the_phone", "test_results_map",
)  # fmt: skip
"""The longest before all, or one process would still be at them when the other has nothing left."""
MANY = "test_every_screen"
"""Given out last, when what is left is best divided."""
HANDFULS = 20

PLACES = {name: at for at, name in enumerate((*LONG, "", MANY))}


def in_turn(items: list[pytest.Item]) -> None:
    """
    Long journeys and files with something slow before all others, the many screens after them.

    Tests that commit stay where pytest-django puts them: after those that take back what they wrote.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    slow -= {item.path for item in items if commits(item)}
    items.sort(key=lambda item: (place(item), item.path not in slow))


def place(item: pytest.Item) -> int:
    """Of a journey; everything else stands between the long ones and the many."""
    journey = item.path.stem if item.path.parent.name == "e2e" else ""
    return PLACES.get(journey, PLACES[""])


def commits(item: pytest.Item) -> bool:
    """Whether what it writes stays until the tables are emptied."""
    mark = item.get_closest_marker("django_db")
    return mark is not None and bool(mark.kwargs.get("transaction"))


class ByFileAndHandful(LoadFileScheduling):
    """In the order in which they stand (``--no-loadscope-reorder``)."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, name = nodeid.partition("::")
        many = PurePath(file).stem == MANY
        return f"{file} {crc32(name.encode()) % HANDFULS}" if many else file

"""
Rows planted once for a whole module, and to each of its tests as if they were new.

One transaction is around all tests of the module. What was planted stays in it; what a test writes is in a
savepoint inside, taken back at the test's end as everywhere else. It is not for modules with tests that commit.
The fixtures are Riverside and Hillside with all that the matrix knocks on: import them, and every test of the
module has them.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from hustings.apps.campaigns.actions import create_campaign
from tests.apps.knocking import plant, plant_rivals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World

__all__ = ["campaign", "planted", "planted_rivals", "rivals", "rivals_world", "world"]


@contextmanager
def for_the_module[Rows](blocker: DjangoDbBlocker, plant: Callable[[], Rows]) -> Iterator[Rows]:
    """What ``plant`` makes, in a transaction that is taken back at the end."""
    with blocker.unblock(), transaction.atomic():
        rows = plant()
        with blocker.block():
            yield rows
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Riverside, for as long as the module lasts."""
    with for_the_module(
        django_db_blocker, lambda: plant(create_campaign("riverside", "Riverside"))
    ) as riverside:
        yield riverside


@pytest.fixture(scope="module")
def planted_rivals(planted: World, django_db_blocker: DjangoDbBlocker) -> World:
    """Hillside, in the same transaction."""
    with django_db_blocker.unblock():
        return plant_rivals(create_campaign("hillside", "Hillside"))


@pytest.fixture
def world(planted: World, db: None) -> World:
    """Riverside; the objects are the test's own, as the rows are."""
    return deepcopy(planted)


@pytest.fixture
def campaign(world: World) -> Campaign:
    """Riverside itself."""
    return world.campaign


@pytest.fixture
def rivals_world(planted_rivals: World, db: None) -> World:
    """Hillside; the objects are the test's own, as the rows are."""
    return deepcopy(planted_rivals)


@pytest.fixture
def rivals(rivals_world: World) -> Campaign:
    """Hillside itself."""
    return rivals_world.campaign

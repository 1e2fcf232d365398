"""Knocking on every address of the matrix, as whoever it may be."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from tests.apps import isolation_matrix
from tests.apps.canvass import cast
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import member as cast_member
from tests.apps.isolation_matrix import PLANTERS, ROUTES, Route, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponseBase

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

IN_A_CAMPAIGN = sorted(
    name for name, route in ROUTES.items() if not route.open_to_all and not route.phone
)
ON_A_PHONE = sorted(name for name, route in ROUTES.items() if route.phone)


def names_of(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every route's full name; a route without one has its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}"


def plant(campaign: Campaign) -> World:
    """That campaign with a row of everything, and canaries in all of it."""
    planted = World(campaign)
    with tenant(campaign.pk):
        for planter in PLANTERS:
            planter(planted)
    return planted


def plant_rivals(rivals: Campaign) -> World:
    """That campaign planted the same way with a word of its own."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(isolation_matrix, "CANARY", "Hillsideown")
        # The six letters are Riverside's; a walk of Hillside's has none.
        here.setattr(cast, "WalkCode", SimpleNamespace(objects=SimpleNamespace(create=dict)))
        planted = plant(rivals)
        with tenant(rivals.pk):
            # One person may help two campaigns; here the two have nobody in common.
            planted.rows["member"].delete()
            planted.rows["member"] = cast_member(rivals, "Hilda", "organiser")
    return planted


@pytest.fixture
def world(campaign: Campaign) -> World:
    """Riverside, planted."""
    return plant(campaign)


@pytest.fixture
def rivals_world(rivals: Campaign) -> World:
    """Hillside, planted."""
    return plant_rivals(rivals)


def nobodys(world: World) -> World:
    """A world of ids that nobody has."""

    def nobody(row: Any) -> Any:
        if isinstance(row, list):
            return [nobody(one) for one in row]
        if isinstance(row, UUID):
            return uuid4()
        return SimpleNamespace(pk=10**12 + row.pk) if isinstance(row, Model) else row

    return World(world.campaign, {name: nobody(row) for name, row in world.rows.items()})


def knock(client: Client, name: str, world: World, campaign: Campaign) -> HttpResponseBase:
    """Ask for one address in that campaign, with the world's ids."""
    route: Route = ROUTES[name]
    return knock_with(client, name, campaign, dict(route.arguments(world)), route.send(world))


def knock_with(
    client: Client,
    name: str,
    campaign: Campaign,
    arguments: dict[str, Any],
    send: Any,
    *,
    method: str = "",
) -> HttpResponseBase:
    """Ask for one address with these arguments and this form."""
    route: Route = ROUTES[name]
    if not (route.open_to_all or route.phone) and "slug" not in arguments:
        arguments = {**arguments, "slug": campaign.slug}
    ask = getattr(client, method or route.method)
    answer: HttpResponseBase = ask(reverse(name, kwargs=arguments), send)
    return answer


def with_one_of(
    name: str, own: World, other: World
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The request with one's own ids, each in turn replaced by the other world's: which, arguments, form."""
    route = ROUTES[name]
    arguments, send = dict(route.arguments(own)), dict(route.send(own))
    for key, value in route.arguments(other).items():
        if value != arguments[key]:
            yield key, {**arguments, key: value}, dict(send)
    for key, value in route.send(other).items():
        if value != send[key] and key not in {"file", "form_id"}:
            yield key, dict(arguments), {**send, key: value}


def body(response: HttpResponseBase) -> str:
    """All that a stranger would read: headers and body, streams too."""
    content = (
        b"".join(response.streaming_content)  # type: ignore[attr-defined]  # only when streaming
        if response.streaming
        else response.content  # type: ignore[attr-defined]  # only when not
    )
    return str(response.headers) + content.decode("utf-8", "replace")


def a_phone(token: str) -> Client:
    """A phone's browser."""
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    return client


def phone_of_the_rivals(rivals: Campaign, charlie: Membership) -> Client:
    """A phone that carries a walk of its own, in the other campaign."""
    with tenant(rivals.pk):
        turf = a_walk(rivals, [1])
        _device, token = canvass.ask_for_walk(turf, "Rita", by=charlie.actor)
    assert token is not None
    return a_phone(token)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever was written is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

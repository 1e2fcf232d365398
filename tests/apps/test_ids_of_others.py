"""Somebody else's id, wherever a request carries one, is answered like an id that nobody has."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.cast import signed_in
from tests.apps.isolation_matrix import CANARY, ROUTES, Route
from tests.apps.knocking import (
    IN_A_CAMPAIGN,
    ON_A_PHONE,
    a_phone,
    body,
    knock_with,
    nobodys,
    with_one_of,
)
from tests.apps.planted import campaign, planted, planted_rivals, rivals, rivals_world, world

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World

__all__ = ["campaign", "planted", "planted_rivals", "rivals", "rivals_world", "world"]
NAMES_NO_ROW = {
    "people:search", "places:street", "places:upload", "register:upload", "results:csv", "map:tile",
    "phone:events", "materials:end-imprint", "volunteers:invite", "scripts:version", "scripts:words",
    "scripts:as-json", "scripts:as-text", "scripts:again", "scripts:step", "scripts:choose",
    "scripts:delete-level",
}  # fmt: skip
"""Words, files, sums, and numbers that each campaign counts from one; what phones send as JSON is below."""
PLAIN = Route()
NAMES_A_ROW = sorted(
    name
    for name in (*IN_A_CAMPAIGN, *ON_A_PHONE)
    if ROUTES[name].arguments is not PLAIN.arguments or ROUTES[name].send is not PLAIN.send
)


def plain(text: str, *ids: object) -> str:
    """Without tokens, times, and the ids that were asked for."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', r"\1", text)
    text = re.sub(r"'Expires': '[^']+'", "", text)
    text = re.sub(r'"at": ?"[^"]+Z"', "", text)
    for one in ids:
        text = re.sub(rf"(?<=[/=\"']){re.escape(str(one))}(?=[/&\"'])", "ID", text)
    return re.sub(r"'Content-Length': '\d+'", "", text)


@pytest.mark.trust(7)
@pytest.mark.parametrize("name", NAMES_A_ROW)
def test_an_id_of_another_campaign_is_answered_like_one_that_nobody_has(
    name: str, world: World, rivals_world: World, charlie: Membership, rivals: Campaign
) -> None:
    client = a_phone(rivals_world.rows["token"]) if name in ON_A_PHONE else signed_in(charlie)
    tried = 0
    for theirs, missing in zip(
        with_one_of(name, rivals_world, world),
        with_one_of(name, rivals_world, nobodys(rivals_world)),
        strict=True,
    ):
        key = theirs[0]
        answers = [
            knock_with(client, name, rivals, arguments, send)
            for _key, arguments, send in (theirs, missing)
        ]
        # Both ids are taken out of both: a small one may stand in a page as a width, too.
        asked = [
            one
            for _key, arguments, send in (theirs, missing)
            for one in (*arguments.values(), *send.values())
        ]
        texts = [plain(body(answer), *asked) for answer in answers]
        tried += 1
        assert answers[0].status_code == answers[1].status_code, key
        assert texts[0] == texts[1], key
        assert CANARY not in texts[0]
        if key in theirs[1]:
            assert answers[0].status_code == 404, key
    assert (tried == 0) == (name in NAMES_NO_ROW)


@pytest.mark.trust(7)
@pytest.mark.parametrize("key", ["turf", "door", "person", "corrects"])
def test_an_id_of_another_campaign_in_what_a_phone_sends_is_refused_like_one_that_nobody_has(
    key: str, world: World, rivals_world: World, charlie: Membership
) -> None:
    client = a_phone(rivals_world.rows["token"])
    own = {
        "turf": rivals_world.rows["walk"].pk,
        "door": rivals_world.rows["walk_doors"][0].pk,
        "kind": "no_answer",
        "occurred_at": timezone.now().isoformat(),
    }
    theirs = {
        "turf": world.rows["walk"].pk, "door": world.rows["walk_doors"][0].pk,
        "person": world.rows["person"].pk, "corrects": str(world.rows["event"]),
    }  # fmt: skip
    missing = {
        name: str(uuid4()) if isinstance(id_, str) else id_ + 10**9 for name, id_ in theirs.items()
    }

    def said(value: object, sequence: int) -> tuple[int, str]:
        more = {"kind": "answered", "support": "1"} if key == "person" else {}
        event = {**own, **more, "id": str(uuid4()), "sequence": sequence, key: value}
        answer = client.post(
            reverse("phone:events"),
            json.dumps({"events": [event]}),
            content_type="application/json",
        )
        return answer.status_code, plain(
            answer.content.decode(), theirs[key], missing[key], event["id"]
        )

    assert said(theirs[key], 900) == said(missing[key], 900)

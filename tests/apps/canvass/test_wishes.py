"""What is wished for at a door goes with what was said, and no finer than its walk keeps it."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.http import QueryDict

import hustings.apps.canvass
from hustings.apps.campaigns.precision import Precision
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.dial import of_the_door
from hustings.apps.canvass.forms import reports_of_door
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.canvass.report import report_from_json
from hustings.apps.canvass.residents import PersonAtDoor
from hustings.apps.canvass.wishes import Wish
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

STATIC = Path(hustings.apps.canvass.__file__).parent / "static/canvass"


def said(**more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "format": 2, "sequence": 1, "turf": 1, "door": 1,
        "kind": "answered", "support": "1", "occurred_at": NOON.isoformat(), **more,
    }  # fmt: skip


def test_the_phone_and_the_server_know_the_same_wishes_in_the_same_order() -> None:
    listed = re.search(r"WISHES = .*?\(\[(.*?)\]\)", (STATIC / "wishes.js").read_text("utf-8"))
    assert listed is not None
    assert re.findall(r'"(\w+)"', listed[1]) == list(Wish.values)


@pytest.mark.parametrize(
    "wrong",
    [
        {"wishes": "pony"},
        {"wishes": "lift poster"},
        {"wishes": "poster poster"},
        {"wish_note": "about nothing"},
        {"card_left": True},
        {"kind": "no_answer", "support": "", "wishes": "poster"},
        {"wishes": "poster", "wish_note": "x" * 201},
    ],
)
def test_a_report_with_a_wish_that_cannot_be_is_refused_in_a_sentence(
    wrong: dict[str, Any],
) -> None:
    with pytest.raises(BadInput, match=r"\."):
        report_from_json(said(**wrong))


def test_a_report_without_wishes_has_the_digest_it_always_had() -> None:
    plain = report_from_json(said())
    assert plain.digest() == report_from_json(said(id=str(plain.id), wishes="")).digest()
    assert plain.digest() != report_from_json(said(id=str(plain.id), wishes="poster")).digest()


def test_a_wish_and_its_note_are_kept_where_people_are_and_gone_where_they_are_not(
    campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        turf = a_walk(campaign, [1, 2])
        phone = a_phone(turf, "Bob", alice)
        wish = {"support": "1", "wishes": "poster lift", "wish_note": "Ann at the back"}
        actions.record(phone, [a_report(turf, 1, "answered", **wish)])
        turf.action.precision = Precision.HOUSEHOLD
        turf.action.save()
        coarse = a_report(turf, 2, "answered", sequence=2, **wish)
        actions.record(phone, [coarse])
        one, two = CanvassEvent.objects.order_by("position")
    assert (one.wishes, one.wish_note) == ("poster lift", "Ann at the back")
    assert (two.wishes, two.wish_note) == ("", "")
    assert of_the_door(coarse).wishes == ""


def test_a_card_that_was_left_is_kept_with_that_nobody_was_in(
    campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        turf = a_walk(campaign, [1])
        actions.record(
            a_phone(turf, "Bob", alice), [a_report(turf, 1, "no_answer", card_left=True)]
        )
        assert CanvassEvent.objects.get().card_left


def on_the_plain_page(*, already: str = "", **posted: Any) -> list[Any]:
    """What the form of a door says of its one elector, who said «1» before where ``already`` has wishes."""
    ann = PersonAtDoor(
        5, "Ann", met=False, absent="", last_asked=None, stopped="", event=uuid.uuid4(),
        kind="answered", support="1", strength=None, wishes=already, wish_note="",
    )  # fmt: skip
    form = QueryDict(mutable=True)
    form.update({"id-5": str(uuid.uuid4()), "id-door": str(uuid.uuid4())})
    for name, value in posted.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return reports_of_door(form, turf=1, door=1, people=[ann], sequence=1)


def test_the_plain_page_adds_wishes_to_an_answer_and_takes_them_off_again() -> None:
    said = {"said-5": "answered:1"}
    assert on_the_plain_page(**said) == []  # nothing new
    (added,) = on_the_plain_page(
        **said, **{"wish-5": ["lift", "poster"], "about-5": " the  window "}
    )
    assert (added.wishes, added.wish_note, added.support) == ("poster lift", "the window", "1")
    (off,) = on_the_plain_page(**said, already="poster")
    assert off.wishes == ""
    (moved,) = on_the_plain_page(**{"said-5": "moved", "wish-5": ["lift"]})
    assert moved.wishes == ""


def test_the_plain_page_says_that_a_card_was_left() -> None:
    (card,) = on_the_plain_page(whole_door="card_left")
    assert (card.kind, card.card_left, card.person) == ("no_answer", True, None)
    (none,) = on_the_plain_page(whole_door="no_answer")
    assert not none.card_left

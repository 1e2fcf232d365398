"""The codes that a phone shows of its unsent answers: any order, again and again, and what is missing is named."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import segno
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import codes
from hustings.apps.canvass.models import CanvassEvent
from hustings.core.errors import BadInput
from tests.apps.canvass.test_phone_page import Shift, a_batch, post
from tests.apps.canvass.test_taking_in import file_of

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

CASES = Path(__file__).resolve().parents[2] / "js/code_cases.json"
MOST = 1_000_000


def codes_of(content: bytes, letters: int = 40, *, packed: bool = True) -> list[str]:
    """As the phone makes them."""
    held = zlib.compress(content, wbits=-15) if packed else content
    name = base64.b32encode(hashlib.sha256(held).digest()[:5]).decode()
    text = base64.b32encode(held).decode().rstrip("=")
    pieces = [text[start : start + letters] for start in range(0, len(text), letters)]
    return [
        f"HU1{'Z' if packed else 'R'}:{name}:{nth}/{len(pieces)}:{piece}"
        for nth, piece in enumerate(pieces, 1)
    ]


CONTENT = json.dumps({"what": "unsent answers", "events": [{"id": n} for n in range(40)]}).encode()


@pytest.mark.parametrize("packed", [True, False])
def test_codes_in_any_order_twice_and_typed_untidily_are_the_file_again(packed: bool) -> None:
    shown = codes_of(CONTENT, packed=packed)
    assert len(shown) > 3

    untidy = "".join(
        [*reversed(shown), shown[1].lower(), "\n  " + shown[0][:20] + " " + shown[0][20:]]
    )

    assert codes.put_together(untidy, most_bytes=MOST) == codes.Codes([CONTENT], [], "")


def test_codes_that_are_missing_are_named_and_those_that_are_there_are_kept() -> None:
    shown = codes_of(CONTENT)
    some = [code for nth, code in enumerate(shown, 1) if nth not in {2, 4}]

    found = codes.put_together("\n".join(some), most_bytes=MOST)

    assert (found.files, found.missing) == ([], [(len(shown), [2, 4])])
    assert codes.missing_in_words(found.missing) == (
        f"Of {len(shown)} codes these are missing: 2, 4."
    )
    assert codes.put_together(found.rest + shown[1] + shown[3], most_bytes=MOST).files == [CONTENT]


def test_the_codes_of_two_phones_do_not_mix() -> None:
    other = CONTENT.replace(b"39", b"77")
    shown, theirs = codes_of(CONTENT), codes_of(other)
    mixed = [code for pair in zip(shown, theirs, strict=True) for code in pair][:-1]

    found = codes.put_together("".join(mixed), most_bytes=MOST)

    assert found.files == [CONTENT]
    assert found.missing == [(len(theirs), [len(theirs)])]


def test_a_wrong_letter_is_not_taken_for_an_answer() -> None:
    shown = codes_of(CONTENT)
    wrong = shown[0][:-1] + ("A" if shown[0][-1] != "A" else "B")

    with pytest.raises(BadInput, match="do not fit together"):
        codes.put_together("\n".join([wrong, *shown[1:]]), most_bytes=MOST)
    with pytest.raises(BadInput, match="Code 1 does not fit"):
        codes.put_together("\n".join([wrong, *shown]), most_bytes=MOST)


def test_another_text_is_refused_and_what_would_unpack_without_end_is_cut_off() -> None:
    with pytest.raises(BadInput, match="No code of unsent answers"):
        codes.put_together("https://example.org", most_bytes=MOST)

    found = codes.put_together("".join(codes_of(b"x" * 10_000_000, 9000)), most_bytes=1000)

    assert (
        len(found.files[0]) == 1001
    )  # too large for any file that a phone saves, and refused as one


def test_the_codes_that_the_phones_program_is_held_against_are_segnos() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))

    assert [cases_of(case["text"]) for case in cases] == cases


def cases_of(text: str) -> dict[str, Any]:
    """How segno draws it; a text that ends on a whole byte is padded otherwise there, and is none of the cases."""
    code = segno.make(text, error="m", mode="alphanumeric", micro=False, boost_error=False)
    rows = ["".join("#" if dark else "." for dark in row) for row in code.matrix]
    return {"text": text, "mask": code.mask, "rows": rows}


# --- at the desk ----------------------------------------------------------------------------------


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def take_in(client: Client, campaign: Campaign, *shown: str) -> HttpResponse:
    return client.post(  # type: ignore[return-value]  # the test client's own type
        reverse("phones:take-in", args=[campaign.slug]), {"codes": "\n".join(shown)}, follow=True
    )


@pytest.mark.django_db
def test_codes_and_the_phone_together_are_each_event_once(
    shift: Shift, alice_signed_in: Client
) -> None:
    unsent = [a_batch(shift), a_batch(shift, sequence=2, door=shift.doors[1].pk)]
    shown = codes_of(json.dumps(file_of(shift, *unsent)).encode(), 200)
    assert len(shown) > 1

    some = take_in(alice_signed_in, shift.campaign, *shown[1:])
    whole = take_in(alice_signed_in, shift.campaign, shown[0], *reversed(shown[1:]))
    again = take_in(alice_signed_in, shift.campaign, *shown)
    later = post(shift, *unsent)

    assert some.status_code == 422
    assert f"Of {len(shown)} codes these are missing: 1." in some.content.decode()
    assert shown[1] in some.content.decode()
    assert "2 new, 0 here already" in whole.content.decode()
    assert "0 new, 2 here already" in again.content.decode()
    assert [one["status"] for one in json.loads(later.content)["events"]] == ["known", "known"]
    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 2


@pytest.mark.django_db
def test_codes_of_another_campaigns_phone_are_nobodys_and_a_canvasser_takes_none_in(
    shift: Shift, charlie: Membership, charlie_signed_in: Client, bob_signed_in: Client
) -> None:
    shown = codes_of(json.dumps(file_of(shift, a_batch(shift))).encode(), 200)

    theirs = take_in(charlie_signed_in, charlie.campaign, *shown)
    bobs = take_in(bob_signed_in, shift.campaign, *shown)

    assert (theirs.status_code, bobs.status_code) == (422, 403)
    assert "No phone of this campaign" in theirs.content.decode()
    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 0

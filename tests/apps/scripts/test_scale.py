"""Levels are asked for, renamed, moved and retired; what was recorded stays what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.canvass.models import CanvassEvent, Tally
from hustings.apps.results.queries import effort, kinds_of_answers
from hustings.apps.scripts import queries, scale, versions
from hustings.apps.scripts.answers_held import answers_by_code
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.core.script.scripts import BRANCHING

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

Levels = list[tuple[str, str, bool]]


def today(campaign: Campaign) -> Levels:
    return [(level["code"], level["label"], False) for level in campaign.support_scale]


@pytest.fixture
def heard(campaign: Campaign, alice: Membership) -> Campaign:
    """Somebody strongly opposed at door 1, and two in a sum."""
    with tenant(campaign.pk):
        turf = a_walk(campaign, [1, 2])
        phone = a_phone(turf, "Bob", alice)
        version = canvass.wording_now(campaign).version
        report = a_report(turf, 1, "answered", support="5", wording_version=version)
        (outcome,) = canvass.record(phone, [report])
        assert outcome.status == "stored", outcome
        Tally.objects.create(
            campaign=campaign, turf=turf, device=phone, day="2026-06-13", standing="over",
            kind="answered", support="5", wording_version=version, doors=2,
        )  # fmt: skip
    return campaign


def test_answers_are_counted_by_code_with_those_in_sums(heard: Campaign) -> None:
    with tenant(heard.pk):
        assert answers_by_code(heard, "scale") == {"5": 3}
        assert answers_by_code(heard, "parties") == {}


def test_a_level_that_answers_hold_is_retired_and_says_so(
    heard: Campaign, alice: Membership
) -> None:
    scale.save(heard, "scale", today(heard)[:4], by=alice.actor)

    heard.refresh_from_db()
    assert [level["code"] for level in heard.support_scale] == ["1", "2", "3", "4"]
    assert heard.retired_choices == [
        {"code": "5", "label": "Strongly opposed", "of": "scale", "why": "retired"}
    ]
    with tenant(heard.pk):
        labels = {level.code: (level.label, level.count) for level in effort(heard).levels}
        event = CanvassEvent.objects.of(heard).select_related("wording").get()
    assert labels["5"][0] == "Strongly opposed (retired)"
    assert event.support == "5"
    assert event.wording is not None
    assert {"code": "5", "label": "Strongly opposed"} in event.wording.choices


def test_a_level_that_answers_hold_cannot_be_deleted(heard: Campaign, alice: Membership) -> None:
    scale.save(heard, "scale", today(heard)[:4], by=alice.actor)

    with pytest.raises(BadInput, match="3 answers hold this level"):
        scale.delete(heard, "scale", "5", by=alice.actor)

    heard.refresh_from_db()
    assert len(heard.retired_choices) == 1


def test_a_code_is_never_given_to_another_level(heard: Campaign, alice: Membership) -> None:
    scale.save(heard, "scale", today(heard)[:4], by=alice.actor)
    heard.refresh_from_db()
    scale.save(heard, "scale", [*today(heard), ("", "Against us", False)], by=alice.actor)

    heard.refresh_from_db()
    assert heard.support_scale[-1] == {"code": "6", "label": "Against us"}


def test_a_code_that_phones_were_given_is_never_given_to_another_level(
    heard: Campaign, alice: Membership
) -> None:
    was = today(heard)
    scale.save(heard, "scale", [*was, ("", "Do not know yet", False)], by=alice.actor)
    heard.refresh_from_db()
    assert heard.support_scale[-1]["code"] == "6"
    scale.save(heard, "scale", was, by=alice.actor)  # no answer arrived yet: phones may hold one
    heard.refresh_from_db()
    assert heard.retired_choices == []

    scale.save(heard, "scale", [*was, ("", "Firmly against", False)], by=alice.actor)

    heard.refresh_from_db()
    assert heard.support_scale[-1] == {"code": "7", "label": "Firmly against"}


def test_other_words_and_another_order_keep_the_codes(heard: Campaign, alice: Membership) -> None:
    levels = [("5", "Firmly against", False), *today(heard)[:4]]
    scale.save(heard, "scale", levels, by=alice.actor)

    heard.refresh_from_db()
    assert [level["code"] for level in heard.support_scale] == ["5", "1", "2", "3", "4"]
    assert heard.script_version == 2
    assert heard.retired_choices == []
    with tenant(heard.pk):
        was = CanvassEvent.objects.of(heard).select_related("wording").get().wording
    assert was is not None
    assert was.choices[4] == {"code": "5", "label": "Strongly opposed"}


def test_a_level_that_nobody_answered_goes_when_it_is_taken_out(
    heard: Campaign, alice: Membership
) -> None:
    scale.save(heard, "scale", [one for one in today(heard) if one[0] != "3"], by=alice.actor)

    heard.refresh_from_db()
    assert heard.retired_choices == []
    assert len(heard.support_scale) == 4


def test_a_retired_level_can_be_asked_for_again(heard: Campaign, alice: Membership) -> None:
    scale.save(heard, "scale", today(heard)[:4], by=alice.actor)
    heard.refresh_from_db()
    again = [*today(heard), ("5", "Strongly opposed", False)]
    scale.save(heard, "scale", again, by=alice.actor)

    heard.refresh_from_db()
    assert heard.retired_choices == []
    assert heard.support_scale[-1]["code"] == "5"


def test_opposition_that_is_not_stored_is_not_offered(heard: Campaign, alice: Membership) -> None:
    levels = [(code, label, code in {"4", "5"}) for code, label, _against in today(heard)]
    kinds = kinds_of_answers(heard)
    scale.save(heard, "scale", levels, stores_opposition=False, by=alice.actor)

    heard.refresh_from_db()
    assert [level["code"] for level in heard.support_scale] == ["1", "2", "3"]
    assert kinds_of_answers(heard) == {code: kinds[code] for code in ("1", "2", "3")}
    assert [level["code"] for level in queries.all_levels(heard, "scale")] == list("12345")
    with tenant(heard.pk):
        offered = {choice["code"] for choice in canvass.wording_now(heard).choices}
        phone = CanvassEvent.objects.of(heard).get().device
        turf = CanvassEvent.objects.of(heard).get().turf_id
        report = a_report(phone.grants.get().turf, 2, "answered", support="4", wording_version=2)
        (outcome,) = canvass.record(phone, [report])
    assert turf
    assert offered == {"1", "2", "3"}
    assert (outcome.status, outcome.message) == (
        "refused", "That answer was not among the choices.",
    )  # fmt: skip


def test_opposition_that_is_stored_again_comes_back_where_it_was(
    heard: Campaign, alice: Membership
) -> None:
    levels = [(code, label, code in {"2", "5"}) for code, label, _against in today(heard)]
    scale.save(heard, "scale", levels, stores_opposition=False, by=alice.actor)
    heard.refresh_from_db()
    scale.save(heard, "scale", levels, stores_opposition=True, by=alice.actor)

    heard.refresh_from_db()
    assert [level["code"] for level in heard.support_scale] == list("12345")
    assert heard.retired_choices == []
    assert not any("shade" in level for level in heard.support_scale)


def test_a_level_that_the_script_answers_with_stays_until_the_script_is_another(
    heard: Campaign, alice: Membership
) -> None:
    versions.publish(heard, BRANCHING, by=alice.actor)
    heard.refresh_from_db()

    with pytest.raises(BadInput, match="Step “start” of the script answers with “Not sure”"):
        scale.save(heard, "scale", [one for one in today(heard) if one[0] != "3"], by=alice.actor)
    with pytest.raises(BadInput, match="Step “start”"):
        scale.save(
            heard, "parties", [("", "Lake", False), ("", "Hill", False)], support_as="parties",
            by=alice.actor,
        )  # fmt: skip


def test_parties_are_asked_for_instead_and_their_codes_are_their_own(
    heard: Campaign, alice: Membership
) -> None:
    parties: Levels = [("", "Lake", False), ("", "Hill", True)]
    scale.save(heard, "parties", parties, support_as="parties", by=alice.actor)

    heard.refresh_from_db()
    assert heard.support_as == "parties"
    assert heard.parties == [{"code": "1", "label": "Lake"}, {"code": "2", "label": "Hill"}]
    assert len(heard.support_scale) == 5


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ([("1", "For", False)], "two to nine levels"),
        ([("", str(n), False) for n in range(10)], "two to nine levels"),
        ([("1", "For", False), ("2", "for", False)], "called the same"),
        ([("1", "For", False), ("2", " ", False)], "no words"),
        ([("1", "For", False), ("2", "w" * 61, False)], "longer than 60"),
        ([("1", "For", False), ("8", "New", False)], "no level “8” any more"),
    ],
)
def test_a_scale_that_cannot_be_asked_is_refused(
    campaign: Campaign, alice: Membership, levels: Levels, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        scale.save(campaign, "scale", levels, by=alice.actor)

    campaign.refresh_from_db()
    assert campaign.script_version == 1


def test_the_same_again_changes_nothing(campaign: Campaign, alice: Membership) -> None:
    scale.save(campaign, "scale", today(campaign), by=alice.actor)

    campaign.refresh_from_db()
    assert campaign.script_version == 1


def test_the_second_of_two_organisers_is_told_and_undoes_nothing(
    campaign: Campaign, alice: Membership, petra: Membership
) -> None:
    seen = scale.mark_of(campaign, "scale")
    levels = today(campaign)
    scale.save(campaign, "scale", [("1", "Firmly for us", False), *levels[1:]], seen=seen, by=alice.actor)  # fmt: skip

    with pytest.raises(BadInput, match="changed these levels meanwhile"):
        scale.save(campaign, "scale", [*levels[:4], ("5", "Never", False)], seen=seen, by=petra.actor)  # fmt: skip

    campaign.refresh_from_db()
    assert [level["label"] for level in campaign.support_scale] == [
        "Firmly for us", "Support", "Undecided", "Opposed", "Strongly opposed",
    ]  # fmt: skip


def test_what_is_asked_no_more_is_part_of_what_was_seen(heard: Campaign, alice: Membership) -> None:
    scale.save(heard, "scale", today(heard)[:4], by=alice.actor)
    heard.refresh_from_db()
    seen = scale.mark_of(heard, "scale")
    heard.retired_choices = []
    assert scale.mark_of(heard, "scale") != seen

"""
One Saturday, played through the real pages: from a cut to live numbers.

Alice plans, cuts, publishes and prints; Tom and Ann carry a walk each on their own phones; the numbers are
then asked for as a page, as CSV and as JSON.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from hustings.apps.accounts.models import Device
from hustings.apps.audit.actors import command
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings.models import Cut, Turf, TurfDoor
from hustings.apps.places.actions import import_places, precision_counts
from hustings.apps.places.models import Door
from hustings.apps.register.actions import import_file

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign

ME = command("tests")
SAID = ("answered:1", "no_answer", "answered:2", "refused", "answered:4", "answered:1",
        "no_answer", "answered:3", "come_back", "answered:5")  # fmt: skip
"""What is heard at ten doors; «no_answer» is said of the whole door, the others of its first person."""


def silent(share_done: float, note: str = "") -> None:
    """Nobody is watching."""


def bring_in(campaign: Campaign, register: Path, *places: Path) -> dict[str, float]:
    """The register, then the places; the share of doors at each precision, in per cent, printed too."""
    with tenant(campaign.pk):
        import_file(campaign, register, by=ME)
        for path in places:
            import_places(campaign, path, by=ME, progress=silent)
        counts = precision_counts(campaign)
    total = sum(counts.values())
    shares = {name: 100 * count / total for name, count in counts.items()}
    shown = ", ".join(f"{name} {share:.1f} %" for name, share in shares.items())
    sys.stdout.write(
        f"\n{register.name} + {[path.name for path in places]}: {total} doors: {shown}\n"
    )
    return shares


@dataclass
class Saturday:
    """A campaign whose doors are there, Alice's browser, and what the day brings."""

    campaign: Campaign
    alice: Client
    heard: dict[str, int] = field(default_factory=dict)
    cut: Cut = field(init=False)

    def at(self, name: str, **arguments: object) -> str:
        return reverse(name, kwargs={"slug": self.campaign.slug, **arguments})

    def post(self, address: str, **fields: object) -> str:
        """Alice sends a form; where she is sent on to."""
        answer = self.alice.post(address, fields)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        return str(answer["Location"])

    # --- cut, publish, print ---------------------------------------------------------------------

    def cut_and_publish(self, *, size: int = 60, districts: list[str] | None = None) -> list[Turf]:
        """Plan an action for these districts, cut it by doors and publish the walks."""
        fields: dict[str, object] = {"absent": "any", "name": "Saturday", "kind": "canvass"}
        if districts:
            fields["districts"] = districts
        onward = self.post(self.at("outings:new"), **fields)
        action = int(re.findall(r"/(\d+)/", onward)[-1])
        onward = self.post(
            self.at("outings:cut", action_id=action), units="doors", size=size,
            cross_districts="on", split_street="5",
        )  # fmt: skip
        cut_id = int(re.findall(r"/(\d+)/", onward)[-1])
        self.post(self.at("outings:cut-verb", cut_id=cut_id, verb="publish"))
        with tenant(self.campaign.pk):
            self.cut = Cut.objects.of(self.campaign).get(pk=cut_id)
            turfs = list(Turf.objects.of(self.campaign).filter(cut=self.cut).order_by("number"))
        assert turfs
        return turfs

    def doors_of(self, turf: Turf) -> list[Door]:
        """A walk's doors in walking order."""
        with tenant(self.campaign.pk):
            rows = TurfDoor.objects.of(self.campaign).filter(turf=turf).order_by("stop")
            ids = list(rows.values_list("door_id", flat=True))
            there = Door.objects.of(self.campaign).in_bulk(ids)
        return [there[door] for door in ids]

    def pack_lists_the_streets_in_walking_order(self, turf: Turf) -> None:
        """The printed walk: tagged, with its code, and street after street as it is walked."""
        answer = self.alice.get(self.at("outings:walk-pack", turf_id=turf.pk))
        assert answer.status_code == 200
        paper = PdfReader(io.BytesIO(answer.getvalue()))
        assert len(paper.pages) >= 1
        assert "/StructTreeRoot" in paper.trailer["/Root"]
        words = " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
        assert turf.code in words.replace(" ", "")
        # The walk's name on top tells streets too, so read on behind it.
        words = words[words.index(turf.name) + len(turf.name) :]
        streets: list[str] = []
        for door in self.doors_of(turf):
            if not streets or streets[-1] != door.street:
                streets.append(door.street)
        at = 0
        for street in streets:
            found = words.find(street, at)
            assert found >= 0, (street, streets, words[at : at + 400])
            at = found + len(street)

    # --- twenty results from two phones ------------------------------------------------------------

    def phone(self, turf: Turf, name: str) -> Client:
        """A phone that typed the walk's code and was let in by Alice."""
        phone = Client()
        phone.post(reverse("phone:start"), {"code": turf.code})
        phone.post(reverse("phone:code", args=[turf.code]), {"first_name": name})
        assert phone.get(reverse("phone:walk", args=[turf.pk])).status_code == 403
        with tenant(self.campaign.pk):
            device = Device.objects.of(self.campaign).get(label=name)
        self.post(self.at("phones:let-in"), phone=device.pk)
        assert phone.get(reverse("phone:walk", args=[turf.pk])).status_code == 200
        return phone

    def record_ten(self, phone: Client, turf: Turf) -> None:
        """Ten doors in walking order; the fourth form is sent twice, as a phone does on a bad line."""
        for place, (door, said) in enumerate(zip(self.doors_of(turf), SAID, strict=False)):
            address = reverse("phone:door", args=[turf.pk, door.pk])
            page = phone.get(address).content.decode()
            form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
            person = re.search(r'name="said-(\d+|door)"', page)
            assert person, page
            if said == "no_answer":
                fields = {**form, "whole_door": said}
            else:
                fields = {**form, f"said-{person[1]}": said}
            for _time in range(2 if place == 3 else 1):
                assert phone.post(address, fields).status_code == 302
            self.heard[said] = self.heard.get(said, 0) + 1

    def two_canvassers_bring_twenty_results(self, turfs: list[Turf]) -> None:
        """Tom and Ann with the first two walks that have ten doors."""
        first, second = [turf for turf in turfs if turf.door_count >= len(SAID)][:2]
        for turf, name in ((first, "Tom"), (second, "Ann")):
            self.record_ten(self.phone(turf, name), turf)
        assert sum(self.heard.values()) == 20

    # --- live numbers ------------------------------------------------------------------------------

    def numbers_are_what_was_heard(self, charlie: Client) -> None:
        """Page, CSV and JSON say the same, and that is what was recorded; Charlie is told nothing."""
        support = {
            code: self.heard.get(f"answered:{code}", 0) for code in ("1", "2", "3", "4", "5")
        }
        told: dict[str, Any] = self.alice.get(self.at("results:json")).json()
        assert told["total"]["knocked"] == 20
        assert told["total"]["come_back"] == self.heard["come_back"]
        assert told["total"]["answers"] == sum(support.values())
        assert {row["code"]: row["answers"] for row in told["support"]} == support
        assert {row["label"]: row["knocked"] for row in told["phones"]} == {"Tom": 10, "Ann": 10}

        by_support = self._csv("support")
        assert {row[0]: int(row[1]) for row in by_support[1:]} == {
            row["label"]: row["answers"] for row in told["support"]
        }
        by_walk = self._csv("walk")
        knocked = by_walk[0].index("Doors knocked")
        assert sum(int(row[knocked]) for row in by_walk[1:]) == 20

        page = " ".join(self.alice.get(self.at("results:overview")).content.decode().split())
        assert f"20 of {told['total']['doors']:,} doors on walks" in page
        assert f"Share of {told['total']['answers']} answers" in page
        for row in told["support"]:
            assert (
                f'</span><bdi>{row["label"]}</bdi></th><td class="num">{row["answers"]}</td>'
                in page
            )
        for name in ("overview", "numbers", "json"):
            assert charlie.get(self.at(f"results:{name}")).status_code == 404
        assert charlie.get(self.at("results:csv", by="walk")).status_code == 404

    def _csv(self, by: str) -> list[list[str]]:
        answer = self.alice.get(self.at("results:csv", by=by))
        assert answer.status_code == 200
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def play(self, charlie: Client, **wishes: Any) -> list[Turf]:
        """All of it."""
        turfs = self.cut_and_publish(**wishes)
        for turf in turfs[:3]:
            self.pack_lists_the_streets_in_walking_order(turf)
        self.two_canvassers_bring_twenty_results(turfs)
        self.numbers_are_what_was_heard(charlie)
        return turfs


def share_walked_by_number(day: Saturday, turfs: list[Turf]) -> float:
    """Of neighbours in a walk on one side of one street, the share that go on the way they went before."""
    on, turned = 0, 0
    for turf in turfs:
        way, before = 0, None
        for door in day.doors_of(turf):
            here = (door.street, door.postcode, (door.house or 0) % 2)
            if before is not None and before[0] == here and door.house != before[1]:
                going = 1 if (door.house or 0) > (before[1] or 0) else -1
                if way and going != way:
                    turned += 1
                else:
                    on += 1
                way = going
            elif before is not None and before[0] != here:
                way = 0
            before = (here, door.house)
    return on / max(on + turned, 1)

"""
Whom to visit: a choice of doors, and how many doors and people are left after each step of it.

People are chosen, doors are knocked on: a door is in when somebody behind it is. A door nobody is
registered at stays in as long as nothing is asked of people. Who asked not to be visited is left out
always, and a door that is already in a live walk of the same action as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

NOT_ASKED = ""
"""The support of somebody who was never asked; may be chosen like a level."""
MOST_CORNERS = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What an organiser asked for; an empty part asks for nothing.

    Parameters
    ----------
    area
        Corners of one polygon, (lon, lat) in degrees.
    districts, streets
        Names, as they stand in the register and at the doors.
    support
        Codes of the campaign's scale or of its parties; :data:`NOT_ASKED` for those never asked.
    not_contacted_days
        Only people nobody spoke to in that many days.
    absent
        Only absent voters, none of them, or any.
    """

    area: tuple[tuple[float, float], ...] = ()
    districts: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    not_contacted_days: int | None = None
    absent: Literal["any", "only", "none"] = "any"

    def __post_init__(self) -> None:
        if self.area and not 3 <= len(self.area) <= MOST_CORNERS:
            raise BadInput(_("An area needs three corners or more."), where=_("area"))
        for lon, lat in self.area:
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                raise BadInput(_("A corner is longitude and latitude in degrees."), where=_("area"))

    def as_json(self) -> dict[str, Any]:
        """What is kept with the action."""
        return {
            "area": [list(corner) for corner in self.area],
            "districts": list(self.districts),
            "streets": list(self.streets),
            "support": list(self.support),
            "not_contacted_days": self.not_contacted_days,
            "absent": self.absent,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Choice:
        """The inverse of :meth:`as_json`; what is missing asks for nothing."""
        return cls(
            area=tuple((float(lon), float(lat)) for lon, lat in kept.get("area", ())),
            districts=tuple(kept.get("districts", ())),
            streets=tuple(kept.get("streets", ())),
            support=tuple(kept.get("support", ())),
            not_contacted_days=kept.get("not_contacted_days"),
            absent=kept.get("absent", "any"),
        )


class Step(NamedTuple):
    """One step of a choice, and what is left after it."""

    label: str
    doors: int
    people: int


@dataclass(frozen=True, slots=True)
class Filter:
    """The steps of a choice as conditions on one person behind one door, with their values."""

    labels: tuple[str, ...]
    conditions: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """How many steps, in order, a row gets through; each condition is one of ours, never typed text."""
        cases = " ".join(
            f"when not coalesce({condition}, false) then {passed}"
            for passed, condition in enumerate(self.conditions)
        )
        return f"case {cases} else {len(self.conditions)} end"


def filter_of(
    campaign: Campaign, choice: Choice, action_id: int | None, *, beside: bool = False
) -> Filter:
    """
    The conditions of a choice, in the order in which the screen shows them.

    With ``beside`` doors of the action's live walks are wanted too, but for those that were knocked on.
    """
    steps: list[tuple[str, str]] = []
    values: dict[str, Any] = {"campaign": campaign.pk, "today": timezone.localdate()}
    if choice.area:
        steps.append((_("in the area"), "%(area)s::polygon @> point(d.lon, d.lat)"))
        values["area"] = "(" + ",".join(f"({lon},{lat})" for lon, lat in choice.area) + ")"
    if choice.districts:
        steps.append((_("in the districts"), "who.district = any(%(districts)s)"))
        values["districts"] = list(choice.districts)
    if choice.streets:
        steps.append((_("in the streets"), "d.street = any(%(streets)s)"))
        values["streets"] = list(choice.streets)
    steps.append((_("not asked to be left alone"), "not coalesce(who.refused, false)"))
    if choice.support:
        steps.append(
            (
                _("with that support"),
                "who.id is not null and coalesce(who.support, '') = any(%(support)s)",
            )
        )
        values["support"] = list(choice.support)
    if choice.not_contacted_days is not None:
        steps.append(
            (
                _("not spoken to lately"),
                "who.id is not null and "
                "(who.last_contact_at is null or who.last_contact_at < %(before)s)",
            )
        )
        values["before"] = timezone.now() - timedelta(days=choice.not_contacted_days)
    if choice.absent == "only":
        steps.append((_("absent voters"), "who.absent"))
    if choice.absent == "none":
        steps.append((_("voters at the station"), "who.id is not null and not who.absent"))
    # Where there is no map at all, doors without a place are walked by street and house number.
    steps.append(
        (
            _("with a place on the map"),
            "d.lon is not null or not exists "
            "(select from places_townmap m where m.campaign_id = d.campaign_id)",
        )
    )
    if action_id is not None:
        steps.append(
            (
                _("not in a walk of this action already"),
                "not exists (select from outings_turfdoor t where t.campaign_id = d.campaign_id "
                "and t.action_id = %(action)s and t.door_id = d.id and t.live"
                f"{' and t.knocked_at is not null' if beside else ''})",
            )
        )
        values["action"] = action_id
    return Filter(tuple(label for label, _c in steps), tuple(c for _l, c in steps), values)


ABSENT_AND_REFUSED = """
        exists (
            select from register_absentvote a
            where a.campaign_id = p.campaign_id and a.entry_id = e.id
            and (a.expires is null or a.expires >= %(today)s)
        ) as absent,
        exists (
            select from people_donotcontact n
            where n.campaign_id = p.campaign_id and n.person_id = p.id
            and n.lifted_at is null and n.channel in ('', 'door')
        ) as refused
"""
"""Of a person ``p`` with the register entry ``e``: whether they vote by post now, and whether no door may be knocked."""
PEOPLE_BEHIND_DOORS = f"""
who as (
    select p.id, p.household_id, e.district, s.support, s.last_contact_at,
        {ABSENT_AND_REFUSED}
    from people_person p
    left join register_registerentry e
        on e.campaign_id = p.campaign_id and e.person_id = p.id and e.removed_in is null
    left join people_personstanding s on s.campaign_id = p.campaign_id and s.person_id = p.id
    where p.campaign_id = %(campaign)s and (e.id is not null or p.origin <> 'register')
)
"""  # noqa: S608  # our own words, and no value
"""Everybody we may visit now, on the register or known from elsewhere; for a few doors, asked for by each door."""
EVERYBODY = PEOPLE_BEHIND_DOORS.replace("who as (", "who as materialized (")
"""
The same for a whole campaign, worked out once.

A database that has not counted its rows yet, in the minute after a register came in, would do it anew for each
door, and somebody who goes on at once would wait for minutes.
"""

DOORS_AND_PEOPLE = """
from places_door d
left join people_household h on h.campaign_id = d.campaign_id and h.door_id = d.id
left join who on who.household_id = h.id
where d.campaign_id = %(campaign)s
"""


def steps_of(campaign: Campaign, choice: Choice, action_id: int | None = None) -> list[Step]:
    """The count of doors and people to begin with and after each step, in one question to the database."""
    chosen = filter_of(campaign, choice, action_id)
    with connection.cursor() as cursor:
        cursor.execute(
            f"with {EVERYBODY}, "  # noqa: S608  # our own words; what was typed are values
            f"rows as (select d.id as door_id, who.id as person_id, {chosen.level} as level "
            f"{DOORS_AND_PEOPLE}), "
            "tops as (select door_id, max(level) as level from rows group by door_id) "
            "select level, 0, count(person_id) from rows group by level "
            "union all select level, count(*), 0 from tops group by level",
            chosen.values,
        )
        found = cursor.fetchall()
    labels = (_("every door"), *chosen.labels)
    return [
        Step(
            label,
            sum(doors for level, doors, _people in found if level >= passed),
            sum(people for level, _doors, people in found if level >= passed),
        )
        for passed, label in enumerate(labels)
    ]

"""Printed packs of walks: what the paper says, put together from rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.models import Campaign
from hustings.apps.exports.asking import NOTHING_SAID
from hustings.apps.exports.leaving import leave
from hustings.apps.outings import sources
from hustings.apps.outings.models import Action, Turf, TurfDoor
from hustings.apps.outings.on_paper import keep_printed
from hustings.apps.statements.embedding import as_plain_text
from hustings.core.errors import BadInput
from hustings.formats.osm import CREDIT
from hustings.formats.pack_pdf import Pack, PackDoor, PackPerson, PackWalk, pack_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.exports.asking import Asked

NOTHING_TO_SAY = ""
"""On a leaflet or poster round."""
MOST_DOORS_AT_ONCE = 6_000
"""In one file; more paper than anybody carries to a printer at once."""


def address_of_code(code: str) -> str:
    """Where a phone opens the walk of this code."""
    try:
        path = reverse("phone:code", kwargs={"code": code})
    except NoReverseMatch:
        path = f"/w/{code}/"
    return f"{settings.SITE_URL}{path}"


def address_of_link(token: str) -> str:
    """Where a phone lets itself in, once, with a link shown on a screen."""
    try:
        path = reverse("phone:link", kwargs={"token": token})
    except NoReverseMatch:
        path = f"/w/in/{token}/"
    return f"{settings.SITE_URL}{path}"


def fits_one_file(count: int) -> None:
    """Let so many doors through, or :class:`BadInput`."""
    if count > MOST_DOORS_AT_ONCE:
        raise BadInput(
            _("%(count)s doors are too many for one file; print the walks in several.")
            % {"count": count}
        )


def print_pack(
    campaign: Campaign,
    action: Action,
    turfs: Sequence[Turf],
    *,
    by: Actor,
    asked: Asked = NOTHING_SAID,
) -> bytes:
    """
    The packs of some walks of one action as one PDF: four questions however many walks.

    Raises
    ------
    BadInput
        When there are no walks, or too many doors for one file.
    MayNotLeave
        When the rules keep these rows here.
    """
    if not turfs:
        raise BadInput(_("No walk was chosen: there is nothing to print."))
    fits_one_file(sum(turf.door_count for turf in turfs))
    rows = list(
        TurfDoor.objects.of(campaign)
        .filter(turf__in=[turf.pk for turf in turfs], taken_at=None)
        .order_by("turf_id", "stop")
        .values_list("turf_id", "stop", "door_id")
    )
    ids = [door_id for _turf, _stop, door_id in rows]
    doors = sources.doors_by_id(campaign, ids)
    people = sources.people_at(campaign, ids) if action.keeps_people else {}
    by_turf: dict[int, list[PackDoor]] = defaultdict(list)
    for turf_id, stop, door_id in rows:
        door = doors[door_id]
        by_turf[turf_id].append(
            PackDoor(
                stop=stop,
                street=door.street or _("No street"),
                label=door.label,
                people=tuple(
                    PackPerson(
                        person.name or _("Anonymous elector"),
                        _("absent voter") if person.absent else "",
                    )
                    for person in people.get(door_id, ())
                ),
                note=door.access_note,
                lon=door.lon,
                lat=door.lat,
            )
        )
    leave(
        campaign, "pack", rows=sum(map(len, people.values())), by=by, asked=asked,
        subject="action", subject_id=action.pk,
    )  # fmt: skip
    streets = sources.street_network(campaign)
    pack = Pack(
        campaign=campaign.name,
        action=action.name,
        walks=tuple(_walk(turf, by_turf[turf.pk]) for turf in turfs),
        script=NOTHING_TO_SAY
        if action.is_delivery
        else as_plain_text(campaign, campaign.script_wording),
        answers=delivered_or_not() if action.is_delivery else answers_of(campaign),
        language=get_language() or campaign.language,
        credit=(sources.map_credit(campaign) or CREDIT) if streets is not None else "",
    )
    made = pack_pdf(pack, streets, words_of(action))
    if not action.is_delivery:
        keep_printed(campaign, turfs)
    record(
        by, "turf.print", subject="action", subject_id=action.pk, count=len(ids),
        detail={"walks": [turf.pk for turf in turfs], "people": sum(map(len, people.values()))},
    )  # fmt: skip
    return made


def _walk(turf: Turf, doors: Sequence[PackDoor]) -> PackWalk:
    held = turf.open_checkout
    return PackWalk(
        number=turf.number,
        name=turf.name,
        doors=tuple(doors),
        minutes=round(turf.minutes),
        metres=round(turf.walk_m),
        code=turf.code,
        address=address_of_code(turf.code) if turf.code else "",
        holder=held.holder if held else "",
        until=date_format(timezone.localtime(held.expires_at), "DATETIME_FORMAT") if held else "",
        route=tuple((float(lon), float(lat)) for lon, lat in turf.route),
    )


def answers_of(campaign: Campaign) -> tuple[tuple[str, str], ...]:
    """What is ticked: the campaign's scale, or its parties."""
    by_scale = campaign.support_as == Campaign.SupportAs.SCALE
    levels = campaign.support_scale if by_scale else campaign.parties
    return tuple((str(level["code"]), str(level["label"])) for level in levels)


def delivered_or_not() -> tuple[tuple[str, str], ...]:
    """What is ticked on a leaflet or poster round."""
    return (("d", _("delivered")), ("p", _("delivered in part")), ("n", _("not delivered")))


def words_of(action: Action) -> dict[str, str]:
    """The pack's fixed words for a round of this kind, that keeps so much."""
    words = words_here()
    if not action.keeps_people:
        words |= {"no_names": "", "care": _("Bring this list back or tear it up.")}
    if action.is_delivery:
        # A round has no boxes for who was not in; the sheet leaves out what it has no word for.
        words |= {"no_answer": "", "refused": "", "say": "", "name": _("How many")}
    return words


def words_here() -> dict[str, str]:
    """The pack's fixed words in the reader's language."""
    return {
        "walk": _("Walk"),
        "doors": _("doors"),
        "minutes": _("minutes"),
        "metres": _("m on foot"),
        "code": _("Code"),
        "code_help": _(
            "Type it on your phone, or point its camera here, to record at the door instead."
        ),
        "for": _("For"),
        "until": _("Back by"),
        "say": _("What to say"),
        "tick": _("What to tick"),
        "no_answer": _("nobody home"),
        "refused": _("would rather not"),
        "door": _("Door"),
        "name": _("Name"),
        "notes": _("Notes"),
        "page": _("Page"),
        "of": _("of"),
        "map_alt": _(
            "Map of the walk; the list that follows has the same doors in the same order."
        ),
        "qr_alt": _("The walk's address as a QR code"),
        "care": _("This list is about people. Bring it back or tear it up; do not photograph it."),
        "title": _("Walks"),
        "no_names": _("nobody on the register"),
    }

"""Making a contest, and saying who stands in it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.models import (
    Candidate,
    Contest,
    Lot,
    LotCall,
    OfficialResult,
    Poll,
    Report,
    TrayReport,
    UnitFile,
)
from hustings.apps.contests.pools import written_down
from hustings.core.errors import BadInput
from hustings.formats.contest import own_ruleset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

MOST_CANDIDATES = 60


def make(
    campaign: Campaign, kind: str, name: str, *, held_on: date, opens_at: datetime, time_zone: str,
    ruleset: str, seats: int | None, pools: Mapping[str, Any] | None = None, by: Actor,
) -> Contest:  # fmt: skip
    """
    A new contest; the values of its ruleset are written down with it.

    Raises
    ------
    BadInput
        When there is no such ruleset, or one of that name on that day is there already.
    """
    rules: dict[str, Any] = own_ruleset(ruleset) if ruleset else {}
    try:
        with transaction.atomic():
            contest: Contest = Contest.objects.create(
                campaign=campaign, kind=kind, name=name, held_on=held_on, opens_at=opens_at,
                time_zone=time_zone, ruleset=ruleset, rules=rules, seats=seats, pools=written_down(kind, pools or {}),
                made_by=by.label,
            )  # fmt: skip
    except IntegrityError as error:
        raise BadInput(_("There is a contest of this name on this day already.")) from error
    record(by, "contest.make", subject="contest", subject_id=contest.pk)
    return contest


def say_who_stands(contest: Contest, names: Sequence[str], *, ours: str = "", by: Actor) -> int:
    """
    Take these for those who stand, in this order; who was named before keeps their code. How many there are.

    Raises
    ------
    BadInput
        When a name is there twice, or somebody would go of whom a report, a poll, a lot or an official result speaks.
    """
    wanted = [" ".join(name.split())[:120] for name in names if name.strip()]
    if len(wanted) > MOST_CANDIDATES:
        raise BadInput(_("At most %(most)s may stand.") % {"most": MOST_CANDIDATES})
    if len({name.casefold() for name in wanted}) != len(wanted):
        raise BadInput(_("A name is there twice. Tell them apart."))
    rows = {
        one.name.casefold(): one
        for one in Candidate.objects.of(contest.campaign_id).filter(contest=contest)
    }
    going = [one for key, one in rows.items() if key not in {name.casefold() for name in wanted}]
    named = next((one for one in going if _is_named(contest, one.code)), None)
    if named is not None:
        raise BadInput(
            _("Numbers were reported already: %(name)s must stay.") % {"name": named.name}
        )
    for one in going:
        one.delete()
    taken = {one.code for one in rows.values()}
    for order, name in enumerate(wanted):
        found = rows.get(name.casefold())
        code = found.code if found else _code(name, taken)
        taken.add(code)
        Candidate.objects.update_or_create(
            campaign_id=contest.campaign_id, contest=contest, code=code,
            defaults={"name": name, "order": order, "ours": name.casefold() == ours.casefold()},
        )  # fmt: skip
    record(by, "contest.candidates", subject="contest", subject_id=contest.pk, count=len(wanted))
    return len(wanted)


def _is_named(contest: Contest, code: str) -> bool:
    """Whether anything that was written down speaks of this one; every report does, by leaving out or not."""
    campaign_id = contest.campaign_id
    rows = (
        Report.objects.of(campaign_id).filter(contest=contest),
        TrayReport.objects.of(campaign_id).filter(contest=contest, numbers__counts__has_key=code),
        Lot.objects.of(campaign_id).filter(contest=contest, among__contains=[code]),
        LotCall.objects.of(campaign_id).filter(contest=contest, among__contains=[code]),
        UnitFile.objects.of(campaign_id).filter(
            contest=contest, what=UnitFile.What.OFFICIAL, dropped_at=None, header__contains=[code]
        ),
        OfficialResult.objects.of(campaign_id).filter(
            unit__contest=contest, numbers__counts__has_key=code
        ),
    )
    if any(found.exists() for found in rows):
        return True
    tables = Poll.objects.of(campaign_id).filter(contest=contest).values_list("tables", flat=True)
    return any(
        code in band.get("counts", {})
        for said in tables
        for table in said.values()
        for band in table.get("bands", ())
    )


def _code(name: str, taken: set[str]) -> str:
    """A short word for files and the phone; the same in every contest, whatever letters the name is written in."""
    stem = (_stem(name) or "candidate")[:34].strip("-")
    code, nth = stem, 2
    while code in taken:
        code, nth = f"{stem}-{nth}", nth + 1
    return code


def _stem(name: str) -> str:
    """A name in other letters keeps them, with their vowel signs: without them two people would have one code."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    kinds = [(letter, unicodedata.category(letter)) for letter in plain]
    letters = (letter for letter, kind in kinds if kind[0] == "L" and kind != "Lm")
    if all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters):
        return slugify(name)
    return "-".join("".join(one if kind[0] in "LMN" else " " for one, kind in kinds).split())

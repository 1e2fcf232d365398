"""
The support scale and the parties: what is asked for, in which order, and what is asked no more.

An answer holds a code. A code that phones were given is never given to another level, whether an answer came or not,
and a level that answers hold is never taken away: it is retired, and says so.
"""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.accounts.actions import change_settings
from hustings.apps.audit.actions import record
from hustings.apps.campaigns import texts
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.shades import shade_of
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.scripts.answers_held import answers_by_code
from hustings.apps.scripts.models import ScriptVersion
from hustings.apps.scripts.versions import script_of
from hustings.core.errors import BadInput
from hustings.core.script.tree import SUPPORT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.audit.actors import Actor

FEWEST, MOST = 2, 9
LONGEST = 60
FIELDS: Mapping[str, str] = {"scale": "support_scale", "parties": "parties"}
RETIRED, OPPOSITION = "retired", "opposition"
"""Why a level is not asked for: an organiser retired it, or opposition is not stored."""

Level = dict[str, Any]


def asked(campaign: Campaign, of: str) -> list[Level]:
    """The levels (``scale``) or parties (``parties``) that are asked for now."""
    levels: list[Level] = getattr(campaign, FIELDS[of])
    return levels


def resting(campaign: Campaign, of: str) -> list[Level]:
    """Those that are not asked for any more."""
    return [level for level in campaign.retired_choices if level["of"] == of]


def mark_of(campaign: Campaign, of: str) -> str:
    """Tells whether what a form of these levels changes is still what it showed."""
    shown = [asked(campaign, of), resting(campaign, of), campaign.stores_opposition]
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def save(
    campaign: Campaign,
    of: str,
    levels: Sequence[tuple[str, str, bool]],
    *,
    support_as: str = "",
    stores_opposition: bool | None = None,
    seen: str | None = None,
    by: Actor,
) -> None:
    """
    Ask for these from now on, in this order: code (none for a new one), label, whether it is opposition.

    Whatever was asked for and is not named is retired, or gone where no answer holds it. Nothing that was
    recorded changes.

    Parameters
    ----------
    seen
        :func:`mark_of` what was looked at; None where nobody looked.

    Raises
    ------
    BadInput
        When somebody else was quicker, they are too few or too many, two are called the same, or the script that is said answers with one
        that would go.
    """
    with tenant(campaign.pk):
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        campaign.refresh_from_db()
        if seen is not None and seen != mark_of(campaign, of):
            raise BadInput(_("Somebody changed these levels meanwhile, so nothing was saved. What you typed still stands here: compare it with what is asked for now, then save again."))  # fmt: skip
        stores = campaign.stores_opposition if stores_opposition is None else stores_opposition
        kind = support_as or campaign.support_as
        wanted = _with_codes(campaign, of, levels)
        now, put_by = _sorted_out(campaign, of, wanted, stores_opposition=stores)
        _check(now, of)
        _check_script(campaign, of, kind, now)
        values = {
            FIELDS[of]: now,
            "retired_choices": [
                *(one for one in campaign.retired_choices if one["of"] != of),
                *put_by,
            ],
            "support_as": kind,
            "stores_opposition": stores,
        }
        if all(getattr(campaign, name) == value for name, value in values.items()):
            return
        _check_kind(campaign, values)
        if {FIELDS[of], "support_as"} & {
            name for name, value in values.items() if getattr(campaign, name) != value
        }:
            values["script_version"] = campaign.script_version + 1
        texts.saved(campaign, texts.SCRIPT, 0, campaign.script_wording)
        change_settings(campaign, values, by=by)
        if "script_version" in values:
            texts.asked_anew(campaign, by.label)
        record(by, "script.scale", subject="script", subject_id=campaign.script_version)


def _with_codes(
    campaign: Campaign, of: str, levels: Sequence[tuple[str, str, bool]]
) -> list[Level]:
    known = {level["code"]: level for level in [*asked(campaign, of), *resting(campaign, of)]}
    held = answers_by_code(campaign, of)
    used = [int(code) for code in {*known, *held, *_ever_asked(campaign, of)} if code.isdecimal()]
    fresh = max(used, default=0)
    found = []
    for code, label, against in levels:
        words = " ".join(label.split())
        if code and code not in known:
            raise BadInput(_("There is no level “%(code)s” any more. Load the page again.") % {"code": code})  # fmt: skip
        if not code:
            fresh += 1
        level: Level = {"code": code or str(fresh), "label": words}
        if against and of == "scale":
            level["against"] = True
        found.append(level)
    return found


def _ever_asked(campaign: Campaign, of: str) -> set[str]:
    """The codes of every version there was: a phone without a signal may still hold one of them."""
    rows = ScriptVersion.objects.of(campaign).filter(support_as=of)
    return {str(level["code"]) for level in chain.from_iterable(rows.values_list("choices", flat=True))}  # fmt: skip


def _sorted_out(
    campaign: Campaign, of: str, wanted: list[Level], *, stores_opposition: bool
) -> tuple[list[Level], list[Level]]:
    """What is asked for, and what is put by with the reason why."""
    held = answers_by_code(campaign, of)
    codes = {level["code"] for level in wanted}
    now, put_by = [], []
    hides = of == "scale" and not stores_opposition
    for place, level in enumerate(wanted):
        if hides and level.get("against"):
            put_by.append({**level, "of": of, "why": OPPOSITION, "place": place})
        elif hides:  # its colour stays, though its neighbours are not asked for
            now.append({**level, "shade": shade_of(place, len(wanted))})
        else:
            now.append(level)
    gone = [
        level
        for level in [*asked(campaign, of), *resting(campaign, of)]
        if level["code"] not in codes
    ]
    for level in gone:
        if held.get(level["code"]) or level.get("why") == RETIRED:
            kept: Level = {
                name: level[name] for name in ("code", "label", "against") if name in level
            }
            put_by.append({**kept, "of": of, "why": RETIRED})
    return now, put_by


def delete(campaign: Campaign, of: str, code: str, *, by: Actor) -> None:
    """
    Take a retired level away for good.

    Raises
    ------
    BadInput
        With how many answers hold it.
    """
    with tenant(campaign.pk):
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        campaign.refresh_from_db()
        if count := answers_by_code(campaign, of).get(code, 0):
            raise BadInput(_("%(n)s answers hold this level, so it stays, retired. What was recorded keeps its words.") % {"n": count})  # fmt: skip
        left = [
            level for level in campaign.retired_choices
            if (level["of"], level["code"], level["why"]) != (of, code, RETIRED)
        ]  # fmt: skip
        if left != campaign.retired_choices:
            change_settings(campaign, {"retired_choices": left}, by=by)
            record(by, "script.level_delete", subject="script", detail={"code": code})


def _check(now: list[Level], of: str) -> None:
    labels = [level["label"].casefold() for level in now]
    if not all(labels):
        raise BadInput(_("A level has no words. Write them, or retire it."))
    if any(len(label) > LONGEST for label in labels):
        raise BadInput(_("A level is longer than %(n)s characters and fits on no button. Shorten it.") % {"n": LONGEST})  # fmt: skip
    if len(set(labels)) < len(labels):
        raise BadInput(_("Two levels are called the same. Give one of them other words."))
    if of == "scale" and not FEWEST <= len(now) <= MOST:
        raise BadInput(_("A scale asks for two to nine levels; this one would ask for %(n)s.") % {"n": len(now)})  # fmt: skip


def _check_kind(campaign: Campaign, values: Mapping[str, Any]) -> None:
    parties = values.get("parties", campaign.parties)
    if values["support_as"] == Campaign.SupportAs.PARTIES and len(parties) < FEWEST:
        raise BadInput(_("Name at least two parties before support is asked for by party."))


def _check_script(campaign: Campaign, of: str, kind: str, now: list[Level]) -> None:
    """The script that is said must not offer an answer that would be refused."""
    codes = {level["code"] for level in now}
    if kind != of:
        codes = {level["code"] for level in asked(campaign, kind)}
    for step in script_of(campaign).steps:
        for answer in step.answers:
            if answer.holds == SUPPORT and (answer.code not in codes or kind != campaign.support_as):  # fmt: skip
                raise BadInput(
                    _("Step “%(step)s” of the script answers with “%(label)s”, which would not be asked for any more. Publish a script without it first.")
                    % {"step": step.name, "label": answer.label}
                )  # fmt: skip

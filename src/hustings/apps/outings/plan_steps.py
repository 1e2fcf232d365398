"""The steps that were made on a cut's workbench: which is undone next, what is new to a screen, and each in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Func, Max, Q, Subquery, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from hustings.apps.outings.models import PlanStep

if TYPE_CHECKING:
    from hustings.apps.outings.models import Cut


NEWEST = 20
"""Changes that a screen is told of at most, however long it was open."""


class Lately(NamedTuple):
    """
    Where a cut stands on the workbench, for its screen: see the four questions above and below.

    Its steps are for words: what each walk was before and after is not read, since every open screen asks again
    every few seconds.
    """

    change: int
    last: PlanStep | None
    again: PlanStep | None
    since: list[PlanStep]


def lately(cut: Cut, seen: int | None = None) -> Lately:
    """
    :func:`change_of`, :func:`to_undo`, :func:`to_redo` and the newest of :func:`steps_since` in one question.

    Nothing is new to a screen that is drawn now (``seen`` is None).
    """
    steps = PlanStep.objects.of(cut.campaign_id).filter(cut=cut)
    last = steps.filter(undone_at=None).order_by("-number").values("number")[:1]
    undone = steps.filter(undone_at__isnull=False, number__gt=Coalesce(Subquery(last), 0)).order_by(
        "number"
    )
    shown = Q(number=Subquery(last)) | Q(number=Subquery(undone.values("number")[:1]))
    newest_change = Subquery(steps.order_by("-change").values("change")[:1])
    shown |= Q(change=newest_change)
    if seen is not None:
        shown |= Q(change__gt=seen) & Q(change__gt=newest_change - NEWEST)
    touched = Func(
        KeyTransform("walks", "after"), output_field=TextField(),
        template="array_to_string(array(select jsonb_object_keys(%(expressions)s)), ', ')",
    )  # fmt: skip
    rows = list(
        steps.filter(shown).defer("before", "after").annotate(touched=touched).order_by("number")
    )
    standing = [step for step in rows if step.undone_at is None]
    newest = standing[-1].number if standing else 0
    change = max((step.change for step in rows), default=0)
    return Lately(
        change,
        standing[-1] if standing else None,
        next((step for step in rows if step.undone_at and step.number > newest), None),
        sorted(
            (
                step
                for step in rows
                if seen is not None and step.change > max(seen, change - NEWEST)
            ),
            key=lambda step: step.change,
        ),
    )


def to_undo(cut: Cut) -> PlanStep | None:
    """The step that undo undoes."""
    steps = PlanStep.objects.of(cut.campaign_id).filter(cut=cut, undone_at=None)
    found: PlanStep | None = steps.order_by("-number").first()
    return found


def to_redo(cut: Cut) -> PlanStep | None:
    """The step that redo makes again: the first of those undone that nothing was done after."""
    last = to_undo(cut)
    steps = PlanStep.objects.of(cut.campaign_id).filter(cut=cut, undone_at__isnull=False)
    later = steps.filter(number__gt=last.number if last else 0)
    found: PlanStep | None = later.order_by("number").first()
    return found


def change_of(cut: Cut) -> int:
    """How often the cut was changed on the workbench, undoing included."""
    most = PlanStep.objects.of(cut.campaign_id).filter(cut=cut).aggregate(most=Max("change"))
    return int(most["most"] or 0)


def steps_since(cut: Cut, seen: int) -> list[PlanStep]:
    """What was done to a cut after a screen was drawn, in order."""
    steps = PlanStep.objects.of(cut.campaign_id).filter(cut=cut, change__gt=seen)
    return list(steps.defer("before").order_by("change"))


def in_words(step: PlanStep) -> str:
    """A step as one sentence for whoever sees the cut."""
    froms = sorted({each[1] for each in step.moved if each[1]})
    tos = sorted({each[2] for each in step.moved if each[2]})
    touched = getattr(step, "touched", None)
    words = {
        "by": step.by,
        "count": len(step.moved),
        "from": ", ".join(map(str, froms)),
        "to": ", ".join(map(str, tos)),
        "walk": ", ".join(step.after.get("walks", {})) if touched is None else touched,
    }
    said = {
        PlanStep.What.MOVE: _("%(by)s moved doors (%(count)s) from walk %(from)s to walk %(to)s"),
        PlanStep.What.NEW_WALK: _("%(by)s made walk %(to)s of doors (%(count)s) of walk %(from)s"),
        PlanStep.What.TAKE_OUT: _("%(by)s took doors (%(count)s) of walk %(from)s out of the cut"),
        PlanStep.What.MERGE: _("%(by)s put walk %(from)s and walk %(to)s together"),
        PlanStep.What.LOCK: _("%(by)s locked walk %(walk)s"),
        PlanStep.What.UNLOCK: _("%(by)s unlocked walk %(walk)s"),
    }[PlanStep.What(step.what)] % words
    return _("%(said)s (undone)") % {"said": said} if step.undone_at else said

"""Steps on the workbench: doors from walk to walk, locks, walks that become one; undone, and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Avg, Count, Max, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access, plan_state
from hustings.apps.outings.models import Cut, PlanStep, Turf, TurfDoor
from hustings.apps.outings.plan_state import write
from hustings.apps.outings.plan_steps import change_of, in_words, steps_since, to_redo, to_undo
from hustings.apps.outings.publishing import DoorIsOut, NotNow
from hustings.apps.outings.queries import doors_twice
from hustings.apps.outings.step_in_thought import (
    NEW,
    OUT,
    Thought,
    may_change,
    thought_through,
    turfs_by_number,
)
from hustings.core.errors import BadInput, HustingsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


class Clash(HustingsError):
    """Somebody else changed the same walks since this screen was drawn."""

    def __init__(self, steps: Sequence[PlanStep]) -> None:
        self.steps = steps
        super().__init__(
            _(
                "Somebody changed the same walks since you looked: %(steps)s. Nothing of yours is lost."
            )
            % {"steps": "; ".join(in_words(step) for step in steps)}
        )


def preview(campaign: Campaign, cut_id: int, door_ids: Collection[int], to: int | str) -> Thought:
    """
    What moving these doors would do; nothing is written.

    Raises
    ------
    BadInput
        When there is nothing to move.
    NotNow
        When a walk may not be changed.
    """
    cut = access.cut_for(campaign, cut_id)
    here = TurfDoor.objects.of(campaign).filter(door_id__in=list(door_ids), taken_at=None)
    turfs = turfs_by_number(
        cut, Q(pk__in=here.values("turf_id")) | Q(number=0 if to in {NEW, OUT} else to)
    )
    return thought_through(cut, door_ids, to, turfs, with_route=False)


def move(
    campaign: Campaign,
    cut_id: int,
    door_ids: Collection[int],
    to: int | str,
    *,
    seen: int,
    by: Actor,
    what: str = "",
    spare: Collection[int] = (),
) -> PlanStep:
    """
    Move doors as one step.

    Parameters
    ----------
    to
        A walk's number, :data:`NEW` or :data:`OUT`.
    seen
        The change of the cut that the screen has seen (:func:`change_of`).
    spare
        Numbers of changes that the mover was told of and goes on in spite of.

    Raises
    ------
    Clash
        When somebody changed one of the same walks since ``seen``.
    BadInput, NotNow
        See :func:`preview`.
    """
    with tenant(campaign.pk):
        cut, turfs = _held(campaign, cut_id)
        if to == NEW and cut.published_at is not None:
            access.hold_action(campaign, cut.action_id)  # the number of a new walk is nobody else's
        thought = thought_through(cut, door_ids, to, turfs, what=what)
        _no_clash(cut, seen, set(thought.before["walks"]), spare)
        if thought.what == PlanStep.What.MERGE and "size" in thought.breaks:
            raise NotNow(_("Together these walks are larger than a walk may be."))
        return _step(cut, thought, turfs, by)


def merge(
    campaign: Campaign, cut_id: int, numbers: Collection[int], *, seen: int, by: Actor
) -> PlanStep:
    """
    Make one walk of several small ones: all doors go to the largest.

    Raises
    ------
    NotNow
        When together they are larger than a walk may be.
    """
    doors, to = leftovers(access.cut_for(campaign, cut_id), numbers)
    return move(campaign, cut_id, doors, to, seen=seen, by=by, what=PlanStep.What.MERGE)


def leftovers(cut: Cut, numbers: Collection[int]) -> tuple[list[int], int]:
    """The doors that go, and the walk they go to, when these walks become one."""
    turfs = turfs_by_number(cut)
    chosen = [turfs[number] for number in numbers if number in turfs]
    if len(chosen) < 2:
        raise BadInput(_("Choose two walks or more to make one of them."))
    largest = max(chosen, key=lambda turf: (turf.door_count, -turf.number))
    others = [turf.pk for turf in chosen if turf is not largest]
    doors = TurfDoor.objects.of(cut.campaign_id).filter(turf__in=others, taken_at=None)
    return list(doors.values_list("door_id", flat=True)), largest.number


def lock(
    campaign: Campaign, cut_id: int, number: int, *, locked: bool, seen: int, by: Actor
) -> PlanStep:
    """Let no step and no new cut change a walk, or let them again."""
    with tenant(campaign.pk):
        cut, turfs = _held(campaign, cut_id)
        if number not in turfs:
            raise BadInput(_("There is no walk %(number)s in this cut.") % {"number": number})
        _no_clash(cut, seen, {str(number)}, ())
        walks = plan_state.states_of(cut, turfs, [number])
        state = {"walks": walks, "streets": {}, "numbers": cut.numbers}
        after = {**state, "walks": {str(number): {**walks[str(number)], "locked": locked}}}
        what = PlanStep.What.LOCK if locked else PlanStep.What.UNLOCK
        return _step(cut, Thought(what, (), (), (), (), [], state, after), turfs, by)


def undo(campaign: Campaign, cut_id: int, *, seen: int, by: Actor) -> PlanStep:
    """
    Undo the last step of a cut, whoever made it.

    Raises
    ------
    Clash
        When there is a step that the screen has not seen.
    NotNow
        When there is none, or when a walk went on since: a door was knocked on, or it came back.
    """
    return _there_and_back(campaign, cut_id, seen=seen, by=by, undoing=True)


def redo(campaign: Campaign, cut_id: int, *, seen: int, by: Actor) -> PlanStep:
    """Make the step again that was undone last, while nothing else was done since."""
    return _there_and_back(campaign, cut_id, seen=seen, by=by, undoing=False)


def _there_and_back(
    campaign: Campaign, cut_id: int, *, seen: int, by: Actor, undoing: bool
) -> PlanStep:
    with tenant(campaign.pk):
        cut, turfs = _held(campaign, cut_id)
        _no_clash(cut, seen, None, ())
        step = to_undo(cut) if undoing else to_redo(cut)
        if step is None:
            raise NotNow(
                _("There is nothing to undo.") if undoing else _("There is nothing to redo.")
            )
        was, wanted = (step.after, step.before) if undoing else (step.before, step.after)
        numbers = [int(number) for number in was["walks"]]
        for number in numbers:
            if number in turfs:
                may_change(turfs[number], is_lock=not step.moved)
        now = plan_state.states_of(cut, turfs, numbers)
        for number, state in was["walks"].items():
            stood, stands = (set(each["doors"]) if each else set() for each in (state, now[number]))
            if stood != stands:
                raise NotNow(
                    _("Walk %(number)s is not as this step left it: it was put away or cut anew.")
                    % {"number": number}
                )
        _written(cut, wanted, turfs)
        step.undone_at = timezone.now() if undoing else None
        step.undone_by = by.label if undoing else ""
        step.change = change_of(cut) + 1
        step.save(update_fields=["undone_at", "undone_by", "change"])
        if undoing:
            record(
                by, "turf.undo_step", subject="cut", subject_id=cut.pk, detail={"step": step.number}
            )
        else:
            record(
                by, "turf.redo_step", subject="cut", subject_id=cut.pk, detail={"step": step.number}
            )
    return step


def _held(campaign: Campaign, cut_id: int) -> tuple[Cut, dict[int, Turf]]:
    """The cut and its walks; until the transaction ends nobody else changes them or hands one out."""
    cut = access.cut_for(campaign, cut_id, lock=True)
    if cut.state not in {Cut.State.DRAFT, Cut.State.PUBLISHED}:
        raise NotNow(_("This cut is %(state)s.") % {"state": cut.state_label})
    return cut, turfs_by_number(cut, lock=True)


def _no_clash(cut: Cut, seen: int, touched: set[str] | None, spare: Collection[int]) -> None:
    """Steps of others that the screen has not seen must have touched other walks (none, with None)."""
    theirs = [
        step
        for step in steps_since(cut, seen)
        if step.change not in spare and (touched is None or touched & set(step.after["walks"]))
    ]
    if theirs:
        raise Clash(theirs)


def _step(cut: Cut, thought: Thought, turfs: dict[int, Turf], by: Actor) -> PlanStep:
    _written(cut, thought.after, turfs)
    last = PlanStep.objects.of(cut.campaign_id).filter(cut=cut).aggregate(most=Max("number"))
    thought.after["numbers"] = cut.numbers = _numbers(cut, thought)
    cut.save(update_fields=["numbers"])
    step: PlanStep = PlanStep.objects.create(
        campaign_id=cut.campaign_id, cut=cut, number=int(last["most"] or 0) + 1,
        change=change_of(cut) + 1, what=thought.what, moved=thought.moved, before=thought.before,
        after=thought.after, broken=list(thought.breaks), by=by.label,
    )  # fmt: skip
    record(
        by, "turf.step", subject="cut", subject_id=cut.pk, count=len(thought.moved),
        detail={"step": step.number, "what": step.what},
    )  # fmt: skip
    return step


def _written(cut: Cut, state: dict[str, Any], turfs: dict[int, Turf]) -> None:
    """The database lets no door into two live walks of an action; whoever comes second is told."""
    try:
        with transaction.atomic():
            if cut.published_at is not None:
                access.hold_action(cut.campaign, cut.action_id)
            write(cut, state, turfs)
    except IntegrityError as error:
        raise DoorIsOut from error


def _numbers(cut: Cut, thought: Thought) -> dict[str, Any] | None:
    """The cut's numbers after a step: what is summed over its walks, and the streets that are split."""
    if cut.numbers is None or not thought.moved:
        return cut.numbers
    rows = Turf.objects.of(cut.campaign_id).filter(cut=cut, retired_at=None)
    sums = rows.aggregate(
        doors=Sum("door_count"), turfs=Count("id"), metres=Sum("walk_m"), all=Sum("minutes"),
        longest=Max("minutes"), shortest=Min("minutes"), mean=Avg("minutes"),
        most=Max("door_count"), fewest=Min("door_count"),
    )  # fmt: skip
    more = _split(thought.after["streets"].values()) - _split(thought.before["streets"].values())
    return {
        **cut.numbers,
        "doors": (sums["doors"] or 0) - doors_twice(cut),
        "turfs": sums["turfs"],
        "walk_m": round(sums["metres"] or 0),
        "minutes": round(sums["all"] or 0),
        "longest_minutes": round(sums["longest"] or 0, 1),
        "shortest_minutes": round(sums["shortest"] or 0, 1),
        "mean_minutes": round(sums["mean"] or 0, 1),
        "most_doors": sums["most"] or 0,
        "fewest_doors": sums["fewest"] or 0,
        "streets_split": max(0, cut.numbers.get("streets_split", 0) + more),
    }


def _split(said: Iterable[Any]) -> int:
    return sum(each is not None for each in said)

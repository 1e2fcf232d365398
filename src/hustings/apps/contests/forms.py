"""The forms of this room: a contest, who stands, a file of units, a reporter, and what the office takes down."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hustings.apps.contests import pools
from hustings.apps.contests.inviting import SOURCES
from hustings.apps.contests.models import Contest, Report
from hustings.core.errors import BadInput
from hustings.formats.contest import own_rulesets

if TYPE_CHECKING:
    from hustings.apps.contests.models import Candidate, Unit

ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
COUNTED_BY = {
    Contest.Kind.CAUCUS: "caucus", Contest.Kind.PRIMARY: "delegates",
    Contest.Kind.CONSTITUENCY: "plurality", Contest.Kind.MEMBERS: "omov",
}  # fmt: skip
"""By which method each kind of contest is counted; rules for another one mean nothing there."""


PARTS = ("districts", "at_large", "pleo")


class ContestForm(forms.Form):
    """When, where and by which rules; of a contest that is there, what it is stays, and is no field."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Contest.Kind)
    name = forms.CharField(label=_("What it is called"), max_length=120)
    held_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    opens_at = forms.TimeField(
        label=_("Reports are taken from"), initial=time(19),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("Before that, phones only practise."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone) for zone in ZONES])
    ruleset = forms.ChoiceField(
        label=_("Rules"), required=False,
        help_text=_("Their values are written down with the contest: later changes of the rules change no count."),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("Delegates or seats in all"), required=False, min_value=1, max_value=100_000
    )
    districts = forms.CharField(
        label=_("Pledged delegates of each district, a line each"), required=False,
        max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Like «1: 8». Each district is counted from its own units, whose district is a column of the roster."),
    )  # fmt: skip
    at_large = forms.IntegerField(
        label=_("Pledged delegates at large"), required=False, min_value=1,
        max_value=pools.MOST_DELEGATES,
    )  # fmt: skip
    pleo = forms.IntegerField(
        label=_("Pledged party leaders and elected officials"), required=False, min_value=1,
        max_value=pools.MOST_DELEGATES,
        help_text=_("For a primary or a caucus. These three may stay empty: then a primary gives all its delegates at large, and a caucus none."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, of: Contest | None = None, **options: Any) -> None:
        if of is not None:
            options["initial"] = {
                "name": of.name, "held_on": of.held_on, "ruleset": of.ruleset,
                "opens_at": of.opens_at.astimezone(of.zone).time(), "time_zone": of.time_zone,
                "seats": of.seats, "districts": pools.as_lines(of.pools),
                "at_large": of.pools.get("at_large"), "pleo": of.pools.get("pleo"),
            }  # fmt: skip
        super().__init__(*arguments, **options)
        self.of = of
        if of is not None:
            del self.fields["kind"]
        rules = self.fields["ruleset"]
        if isinstance(rules, forms.ChoiceField):
            rules.choices = [("", gettext("None: only the votes are added up")), *self._rulesets()]

    def _rulesets(self) -> list[tuple[str, str]]:
        """Those that fit; and the contest's own, should it be gone from here."""
        methods = [COUNTED_BY[Contest.Kind(self.of.kind)]] if self.of else COUNTED_BY.values()
        found = {
            name: str(said.get("title") or name)
            for name, said in own_rulesets().items()
            if said.get("method") in methods
        }
        if self.of and self.of.ruleset:
            found.setdefault(self.of.ruleset, str(self.of.rules.get("title") or self.of.ruleset))
        return list(found.items())

    def clean_districts(self) -> list[list[Any]]:
        try:
            return pools.districts_said(self.cleaned_data["districts"])
        except BadInput as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self._part(said)
        counted_by = said.get("ruleset", ""), said.get("seats")
        if self.of is not None and counted_by == (self.of.ruleset, self.of.seats):
            return said  # a day must be changed even where rules were taken that fit no longer
        kind = self.of.kind if self.of else said.get("kind", "")
        if "ruleset" in said and (wrong := _does_not_fit(kind, *counted_by)):
            self.add_error("ruleset", wrong)
        return said

    def _part(self, said: dict[str, Any]) -> None:
        """The pools, whose sum is the number in all."""
        said["pools"] = parted = {name: said[name] for name in PARTS if said.get(name)}
        if not parted or not self.errors.keys().isdisjoint(PARTS):
            return
        kind = self.of.kind if self.of else said.get("kind")
        if kind not in {Contest.Kind.PRIMARY, Contest.Kind.CAUCUS}:
            wrong = gettext("Only a primary and a caucus give delegates so; leave it empty here.")
            self.add_error(next(iter(parted)), wrong)
        elif said.get("seats") is None and "seats" not in self.errors:
            said["seats"] = pools.together(parted)
        elif said.get("seats") not in {None, pools.together(parted)}:
            told = gettext("The districts, at large and party leaders are %(n)s together.")
            self.add_error("seats", told % {"n": pools.together(parted)})

    @property
    def first(self) -> list[forms.BoundField]:
        """What every contest has."""
        return [field for field in self if field.name not in PARTS]

    @property
    def parts(self) -> list[forms.BoundField]:
        """What a primary and a caucus may have, folded away until somebody asks for it."""
        return [field for field in self if field.name in PARTS]

    @property
    def parts_said(self) -> bool:
        """Whether there is something to see among them."""
        return any(field.value() or field.errors for field in self.parts)

    @property
    def opens(self) -> datetime:
        """The moment from which reports are taken."""
        said = self.cleaned_data
        return datetime.combine(said["held_on"], said["opens_at"], ZoneInfo(said["time_zone"]))

    @property
    def planned(self) -> dict[str, Any]:
        """What a contest is made and changed with, besides its kind and its name."""
        said = self.cleaned_data
        return {
            "held_on": said["held_on"], "opens_at": self.opens, "time_zone": said["time_zone"],
            "ruleset": said["ruleset"], "seats": said["seats"], "pools": said["pools"],
        }  # fmt: skip


def _does_not_fit(kind: str, ruleset: str, seats: int | None) -> str:
    """A sentence where a contest of this kind cannot be counted by these rules."""
    method = own_rulesets().get(ruleset, {}).get("method")
    if kind == Contest.Kind.CAUCUS:
        return "" if method == "caucus" else gettext("A caucus needs the rules of a caucus.")
    if method == "caucus":
        return gettext("These are the rules of a caucus.")
    if method is not None and method != COUNTED_BY.get(Contest.Kind(kind)):
        return gettext("These rules are for another kind of contest.")
    if method is None and kind == Contest.Kind.MEMBERS:
        return gettext("A members’ ballot needs its rules: how its sections are counted together.")
    if method is None and kind == Contest.Kind.PRIMARY and seats:
        return gettext("Delegates are given by rules: choose them, or leave their number empty.")
    return ""


class CandidatesForm(forms.Form):
    """Those who stand, a line each."""

    names = forms.CharField(
        label=_("Who stands, a line each, in the order of the sheet"),
        widget=forms.Textarea(attrs={"rows": 8}), max_length=8_000, required=False,
    )  # fmt: skip
    ours = forms.CharField(
        label=_("Which of them is ours"), max_length=120, required=False,
        help_text=_("As it stands above; empty where none is."),
    )  # fmt: skip


class RosterForm(forms.Form):
    """A file of units."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("A row for each unit, with a header that has at least «name» or «precinct»."),
    )
    columns = forms.CharField(
        label=_("Where it has no header: its columns in order"), required=False, max_length=200,
        help_text=_("For example «-, area, name, delegates»; - leaves one out."),
    )  # fmt: skip

    def clean_columns(self) -> list[str]:
        return [
            part.strip().lower() for part in self.cleaned_data["columns"].split(",") if part.strip()
        ]


class ReporterForm(forms.Form):
    """Somebody who reports."""

    name = forms.CharField(label=_("Name"), max_length=120)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    source = forms.ChoiceField(
        label=_("Who it is"), choices=[(one.value, one.label) for one in SOURCES]
    )
    mail = forms.BooleanField(
        label=_("Send them their link by e-mail"), required=False, initial=True,
    )  # fmt: skip


class AddressForm(forms.Form):
    """Where a reporter who was invited is reached."""

    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False,
        help_text=_("Where a mail went to another address, the links that they had end: whoever has it could report in their name."),
    )  # fmt: skip
    mail = forms.BooleanField(
        label=_("Where it changes, send them a link at the new address"), required=False,
        initial=True,
    )  # fmt: skip


class EntryForm(forms.Form):
    """What the office takes down of one phase: a number for each who stands, and who says so."""

    source = forms.ChoiceField(label=_("Who says so"))
    said_by = forms.CharField(
        label=_("Name of whoever says so"), max_length=120, required=False,
        help_text=_("Needed for a caller who is not on the list."),
    )  # fmt: skip
    reporter = forms.ChoiceField(label=_("Which reporter"), required=False)
    event_id = forms.UUIDField(widget=forms.HiddenInput)

    UNTRUSTED = "untrusted"

    def __init__(
        self, unit: Unit, phase: str, candidates: list[Candidate], reporters: list[tuple[int, str]],
        *arguments: Any, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        self.phase, self.candidates = phase, candidates
        source, reporter = self.fields["source"], self.fields["reporter"]
        if isinstance(source, forms.ChoiceField):
            source.choices = [
                (Report.Source.OFFICE.value, gettext("somebody on the list, by telephone")),
                (Report.Source.PAPER.value, Report.Source.PAPER.label),
                (Report.Source.OFFICIAL.value, Report.Source.OFFICIAL.label),
                (self.UNTRUSTED, gettext("a caller whom nobody vouches for: to the tray")),
            ]
        if isinstance(reporter, forms.ChoiceField):
            reporter.choices = [("", gettext("none of them"))] + [
                (str(number), name) for number, name in reporters
            ]
        if phase == Report.Phase.FIRST:
            self._number("attendance", gettext("People who signed in"))
        for one in candidates:
            self._number(f"count_{one.code}", one.name)
        if phase == Report.Phase.FINAL and unit.contest.kind != Contest.Kind.CAUCUS:
            self._number("spoilt", gettext("Spoilt"))

    def _number(self, name: str, label: str) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, required=False, min_value=0, max_value=10_000_000,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )  # fmt: skip

    @property
    def number_fields(self) -> list[Any]:
        """The boxes for numbers, in the order of the sheet."""
        names = [
            name
            for name in self.fields
            if name.startswith("count_") or name in {"attendance", "spoilt"}
        ]
        return [self[name] for name in names]

    @property
    def numbers(self) -> dict[str, Any]:
        """The same as a report has it; a box that was left empty says nothing."""
        said = self.cleaned_data
        counts = {
            one.code: said[f"count_{one.code}"]
            for one in self.candidates
            if said.get(f"count_{one.code}") is not None
        }
        return {
            "counts": counts,
            **{name: said[name] for name in ("attendance", "spoilt") if said.get(name) is not None},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not any(said.get(f"count_{one.code}") is not None for one in self.candidates):
            self.add_error(None, gettext("Fill in at least one number."))
        if said.get("source") == self.UNTRUSTED and not said.get("said_by"):
            self.add_error(
                "said_by", gettext("Write down who called, so that they can be rung back.")
            )
        if said.get("source") == Report.Source.OFFICE and not said.get("reporter"):
            self.add_error("reporter", gettext("Say which reporter it is, or take it to the tray."))
        return said

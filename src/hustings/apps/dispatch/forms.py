"""What an organiser says of a table, and what somebody says who asks for a walk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hustings.apps.outings.queries import actions_of
from hustings.apps.shifts.letters import when_of
from hustings.apps.shifts.queries import coming

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session

STANDS_FOR = timedelta(hours=4)
TIMES = (
    ("45", _("45 minutes")), ("60", _("an hour")), ("90", _("an hour and a half")),
    ("120", _("two hours")), ("", _("as long as it takes")),
)  # fmt: skip
AT_ONCE = TIMES[:-1]
SESSIONS_WITHIN = timedelta(days=3)  # codes are printed on a Thursday for Saturday


class TableForm(forms.Form):
    """A table for one round."""

    action = forms.TypedChoiceField(label=_("For which round"), coerce=int)
    session = forms.TypedChoiceField(
        label=_("For which session"), coerce=int, required=False, empty_value=None,
        help_text=_("Whoever signed up for it and says who they are is signed in with their walk."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("What people call it"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("“Town hall”, “the car park”. It stands above the code."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where it stands"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Street and number. Whoever is on foot is handed a walk that begins near it."),
    )  # fmt: skip
    ends_at = forms.DateTimeField(
        label=_("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, campaign: Campaign, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.rounds = _choose_action(self, campaign)
        self.sessions = _sessions_soon(campaign)
        chosen = self.fields["session"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [
                ("", _("none")),
                *((key, f"{one.name}, {when_of(one)}") for key, one in self.sessions.items()),
            ]
        if not self.sessions:
            del self.fields["session"]
        asked = str(self.initial.get("session", ""))
        session = self.sessions.get(int(asked)) if asked.isdecimal() else None
        until = session.ends_at if session else timezone.now() + STANDS_FOR
        self.fields["ends_at"].initial = timezone.localtime(until).replace(second=0, microsecond=0)

    @property
    def chosen_session(self) -> Session | None:
        """The session that was chosen."""
        return self.sessions.get(self.cleaned_data.get("session") or 0)


class ArrivalForm(forms.Form):
    """Who came, and what fits; kept on their own phone for the next time."""

    first_name = forms.CharField(
        label=_("Your first name"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )  # fmt: skip
    minutes = forms.ChoiceField(
        label=_("How long have you got?"), choices=TIMES, required=False, initial="90",
        widget=forms.RadioSelect(),
    )  # fmt: skip
    on_foot = forms.BooleanField(label=_("I am on foot"), required=False)
    no_stairs = forms.BooleanField(label=_("No stairs, please"), required=False)
    partner = forms.BooleanField(label=_("Two of us share one walk"), required=False)
    who = forms.CharField(
        label=_("Your family name, if you signed up"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        help_text=_("Or the number on your own page. Then you need not sign in at the door."),
    )  # fmt: skip
    near = forms.CharField(
        label=_("Near which street or stop (need not be said)"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    pair = forms.IntegerField(
        label=_("My partner’s number (if they have one already)"), required=False,
        min_value=100, max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class NinetyForm(forms.Form):
    """A place and a time."""

    minutes = forms.TypedChoiceField(
        label=_("How long have you got?"), choices=AT_ONCE, coerce=int, initial="90",
        widget=forms.RadioSelect(),
    )  # fmt: skip
    address = forms.CharField(
        label=_("From where"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Street and number."),
    )  # fmt: skip
    no_stairs = forms.BooleanField(label=_("No stairs, please"), required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    once = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def point(self) -> tuple[float, float] | None:
        """Where their phone says they are: used for this answer and never kept."""
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return (lon, lat) if lon is not None and lat is not None else None


class DeskNinetyForm(NinetyForm):
    """The same for somebody who stands at the desk."""

    action = forms.TypedChoiceField(label=_("For which round"), coerce=int)
    holder = forms.CharField(label=_("Who takes it"), max_length=80)
    field_order = ("holder", "action", "minutes", "address", "no_stairs")

    def __init__(self, campaign: Campaign, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _choose_action(self, campaign)


def _sessions_soon(campaign: Campaign) -> dict[int, Session]:
    """Those that are on or begin within three days, by their number."""
    soon = timezone.now() + SESSIONS_WITHIN
    return {
        one.pk: one
        for one in coming(campaign)
        if one.cancelled_at is None and one.starts_at <= soon
    }


def _choose_action(form: forms.Form, campaign: Campaign) -> int:
    """Every round, newest first, with its free walks; returns how many there are."""
    field, rounds = form.fields["action"], actions_of(campaign)
    if isinstance(field, forms.ChoiceField):
        field.choices = [
            (
                row.action.pk,
                ngettext(
                    "%(name)s (%(free)d walk free)", "%(name)s (%(free)d walks free)", row.free
                )
                % {"name": row.action.name, "free": row.free},
            )
            for row in rounds
        ]
    return len(rounds)

"""What an organiser writes about a session."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.shifts.letters import contact_of
from hustings.apps.shifts.models import Session
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import BadInput
from hustings.core.register import fold
from hustings.core.shifts.clock import comes_twice, moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.campaigns.models import Campaign

YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
KNOWN: dict[str, bool | None] = {"": None, "yes": True, "no": False}
MOST_HOURS_OVER_MIDNIGHT = 12.0
"""An end that is earlier on the clock than the beginning is more likely a slip than a longer night."""


def _hours(cleaned: Mapping[str, Any]) -> float:
    """From the first of the two hours to the second, past midnight."""
    begins, ends = cleaned["begins"], cleaned["ends"]
    minutes: int = ((ends.hour - begins.hour) * 60 + ends.minute - begins.minute) % (24 * 60)
    return minutes / 60


def _known(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, required=False)


class SessionForm(forms.Form):
    """A session's own fields; the hours are those of a clock on the wall there."""

    name = forms.CharField(label=_("What it is called"), max_length=120)
    kind = forms.ChoiceField(label=_("What is done"), choices=Session.Kind.choices)
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=60,
        help_text=_("The hours are those of a clock there. For example: Europe/London."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where"), max_length=300)
    at_a_home = forms.BooleanField(
        label=_("It is somebody’s home: show the address only to whoever has a place"),
        required=False,
    )
    map_point = forms.CharField(
        label=_("Latitude and longitude, if you know them"), max_length=60, required=False,
        help_text=_("For example: 52.205, 0.119. With it people are asked to the session near them."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Whom to ask for"), max_length=200, required=False,
        help_text=_("A volunteer’s name, or words and a number. Only whoever has a place sees it."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("How many there is room for"), min_value=1, max_value=100_000, required=False,
        help_text=_("Empty: for everybody."),
    )  # fmt: skip
    sign_up_limit = forms.IntegerField(
        label=_("How many may sign up"), min_value=1, max_value=100_000, required=False,
        help_text=_("More than there is room for, since some will not come. Empty: as many as there is room for."),
    )  # fmt: skip
    step_free = _known(_("Without steps"))
    toilets = _known(_("Toilets"))
    parking = _known(_("Parking"))
    access_notes = forms.CharField(
        label=_("Getting in"), max_length=500, required=False,
        help_text=_("Everybody sees this; at a home only whoever has a place."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self, campaign: Campaign, data: Any = None, *, session: Session | None = None
    ) -> None:
        self.campaign, self.session = campaign, session
        self.twice: list[time] = []
        """Hours of a night in which the clock there is put back over them."""
        initial = self._of(session) if session else {"time_zone": campaign.time_zone}
        super().__init__(data, initial=initial)

    @staticmethod
    def _of(session: Session) -> dict[str, Any]:
        begins, ends = (one.astimezone(session.zone) for one in (session.starts_at, session.ends_at))  # fmt: skip
        words = {value: key for key, value in KNOWN.items()}
        point = "" if session.lat is None or session.lon is None else f"{session.lat}, {session.lon}"  # fmt: skip
        plain = ("name", "kind", "time_zone", "place", "at_a_home", "capacity", "sign_up_limit", "access_notes")  # fmt: skip
        return {
            **{name: getattr(session, name) for name in plain},
            **{name: words[getattr(session, name)] for name in ("step_free", "toilets", "parking")},
            "day": begins.date(), "begins": begins.time(), "ends": ends.time(), "map_point": point,
            "contact": contact_of(session),
        }  # fmt: skip

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"].strip()
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise forms.ValidationError(
                _("There is no time zone of this name. Write it like Europe/London or America/Chicago.")
            ) from error  # fmt: skip
        return name

    def clean_map_point(self) -> tuple[float, float] | None:
        text: str = self.cleaned_data["map_point"].strip()
        if not text:
            return None
        try:
            lat, lon = (float(part) for part in text.split(","))
        except ValueError as error:
            raise forms.ValidationError(
                _("Write two numbers with a comma between them, like 52.205, 0.119.")
            ) from error
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise forms.ValidationError(_("No place on earth has this latitude and longitude."))
        return lat, lon

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if all(cleaned.get(name) is not None for name in ("day", "begins", "ends", "time_zone")):
            self._moments(cleaned)
        room, limit = cleaned.get("capacity"), cleaned.get("sign_up_limit")
        if limit and room is None:
            self.add_error("capacity", _("Say how many there is room for."))
        elif limit and room and limit < room:
            self.add_error("sign_up_limit", _("Fewer than there is room for may sign up: make it at least as many."))  # fmt: skip
        return cleaned

    def _moments(self, cleaned: dict[str, Any]) -> None:
        """An end that is earlier on the clock is after midnight, where the session is no longer than half a day."""
        zone = ZoneInfo(cleaned["time_zone"])
        first: date = cleaned["day"]
        after = cleaned["ends"] < cleaned["begins"] and _hours(cleaned) <= MOST_HOURS_OVER_MIDNIGHT
        for name, hour, day in (
            ("starts_at", "begins", first),
            ("ends_at", "ends", first + timedelta(days=1) if after else first),
        ):
            at: time = cleaned[hour]
            wall = datetime.combine(day, at.replace(tzinfo=None))
            if comes_twice(wall, zone):
                self.twice.append(at)
            try:
                cleaned[name] = moment_of(wall, zone)
            except BadInput:
                self.add_error(hour, _("The clock is put forward over this hour on that day: choose another one."))  # fmt: skip
        if {"starts_at", "ends_at"} <= cleaned.keys() and cleaned["ends_at"] <= cleaned[
            "starts_at"
        ]:
            self.add_error("ends", _("It ends before it begins."))
        elif cleaned.get("ends_at") and self._is_put_into_the_past(cleaned["ends_at"]):
            self.add_error("day", _("That is over already. Look at the day and the year: choose a day that comes."))  # fmt: skip

    def _is_put_into_the_past(self, ends_at: datetime) -> bool:
        """What is over stays where it was; its other fields may still be put right."""
        before = self.session.ends_at if self.session else None
        return ends_at <= timezone.now() and ends_at != before

    @property
    def planned(self) -> Mapping[str, Any]:
        """The fields of a session."""
        said = self.cleaned_data
        lat, lon = said["map_point"] or (None, None)
        plain = ("name", "kind", "starts_at", "ends_at", "time_zone", "place", "at_a_home", "capacity", "sign_up_limit", "access_notes")  # fmt: skip
        return {
            **{name: said[name] for name in plain},
            **{name: KNOWN[said[name]] for name in ("step_free", "toilets", "parking")},
            "lat": lat, "lon": lon, **self._contact(said["contact"]),
        }  # fmt: skip

    def _contact(self, words: str) -> dict[str, Any]:
        """The one volunteer of that name; or else the words as they are."""
        if self.session and words == contact_of(self.session):
            return {"contact_id": self.session.contact_id, "contact_words": self.session.contact_words}  # fmt: skip
        forename, _space, surname = words.partition(" ")
        rows = Volunteer.objects.of(self.campaign).filter(
            left_at=None, person__name_key=fold(f"{surname} {forename}")
        )
        found = list(rows[:2]) if words else []
        if len(found) == 1:
            return {"contact_id": found[0].pk, "contact_words": ""}
        return {"contact_id": None, "contact_words": words}


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)


class WalkInForm(forms.Form):
    """Somebody nobody knew of."""

    name = forms.CharField(label=_("Somebody new: their name"), max_length=120)
    report_id = forms.UUIDField(widget=forms.HiddenInput)

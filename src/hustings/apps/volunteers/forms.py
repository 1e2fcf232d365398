"""What somebody who comes to help is asked, and what organisers write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hustings.apps.contributions.forms import UNITED_STATES, an_amount
from hustings.apps.contributions.models import Payment, Terms
from hustings.apps.volunteers.joining import Coming, FromAbroad
from hustings.apps.volunteers.models import Volunteer
from hustings.apps.volunteers.wording import (
    DAYS,
    PARTS,
    TIMES,
    WISHES,
    countries,
    languages,
)
from hustings.formats.register.contact_points import clean_email, clean_phone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign

LANGUAGE_FIELDS = ("language_1", "language_2", "language_3")
PAYER_ASKS = {
    Payment.What.TRAVEL: _("Who pays for your travel?"),
    Payment.What.STIPEND: _("A stipend or daily allowance?"),
    Payment.What.LODGING: _("Who pays for where you sleep?"),
    Payment.What.WAGE: _("Does anybody pay you for your time?"),
}
PAYERS = [
    ("", _("choose")),
    (Payment.Payer.NOBODY, _("nobody: there is none")),
    (Payment.Payer.SELF, _("I do")),
    (Payment.Payer.CAMPAIGN, _("the campaign I help")),
    (Payment.Payer.ORGANISATION, _("an organisation, my employer too")),
    (Payment.Payer.PERSON, _("another person")),
]
FOREIGN_STATUS = [
    ("", _("choose")),
    (Terms.Status.CITIZEN, _("a citizen of the United States")),
    (Terms.Status.NATIONAL, _("a US national")),
    (Terms.Status.RESIDENT, _("a permanent resident there")),
    (Terms.Status.FOREIGN, _("none of these")),
]


class CampaignForm(forms.Form):
    """A form of one campaign."""

    def __init__(self, *arguments: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.campaign = campaign


class AboutForm(CampaignForm):
    """Who they are and how they would like to help: on the join page, and on their own page later."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("One of the two is enough."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    near = forms.CharField(
        label=_("Where could you help?"),
        max_length=200,
        help_text=_("A postcode, a street or a place."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    times = forms.MultipleChoiceField(
        label=_("When could you?"), choices=[(code, code) for code in TIMES], required=False
    )
    wishes = forms.MultipleChoiceField(
        label=_("What would you like to do?"),
        choices=[*WISHES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    transport = forms.ChoiceField(
        label=_("How do you get about?"), choices=Volunteer.Transport.choices
    )
    no_stairs = forms.BooleanField(label=_("No stairs for me, please"), required=False)
    with_partner = forms.BooleanField(label=_("I would rather go with a partner"), required=False)

    def __init__(self, *arguments: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*arguments, campaign=campaign, **options)
        for number, name in enumerate(LANGUAGE_FIELDS, 1):
            self.fields[name] = forms.ChoiceField(
                label=_("Language %(number)s") % {"number": number},
                choices=[("", "–"), *languages()],
                required=False,
            )
        if not self.is_bound and not self.initial.get(LANGUAGE_FIELDS[0]):
            # The page is in a language that its reader reads; nobody is taken for a speaker of another.
            self.initial[LANGUAGE_FIELDS[0]] = (get_language() or campaign.language).split("-")[0]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_email(self) -> str:
        written = str(self.cleaned_data["email"]).strip()
        cleaned = clean_email(written) if written else ""
        if cleaned is None:
            raise forms.ValidationError(
                _("This is no e-mail address. Write it like vera@example.org.")
            )
        return cleaned

    def clean_phone(self) -> str:
        written = str(self.cleaned_data["phone"]).strip()
        cleaned = clean_phone(written, self.campaign.country or "GB") if written else ""
        if cleaned is None:
            raise forms.ValidationError(
                _("This is no telephone number. From another country, begin with + and its code.")
            )
        return cleaned

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        asked = ("email", "phone")
        if not any(cleaned.get(name) or self.has_error(name) for name in asked):
            self.add_error("email", _("Leave an e-mail address or a telephone number, so that somebody can answer."))  # fmt: skip
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Fields of :class:`Volunteer`."""
        said = self.cleaned_data
        spoken = [said[name] for name in LANGUAGE_FIELDS if said[name]]
        kept = ("near", "times", "wishes", "transport", "no_stairs", "with_partner")
        return {name: said[name] for name in kept} | {"languages": list(dict.fromkeys(spoken))}

    @property
    def week(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The days with their parts, each with its code and whether it is chosen."""
        chosen = {*(self["times"].value() or ())}
        return [
            (str(day_name), [(f"{day}-{part}", str(PARTS[part]), f"{day}-{part}" in chosen) for part in PARTS])
            for day, day_name in DAYS.items()
        ]  # fmt: skip

    @property
    def languages_fields(self) -> list[forms.BoundField]:
        """The languages, best first."""
        return [self[name] for name in LANGUAGE_FIELDS]


class AbroadForm(CampaignForm):
    """How somebody who lives abroad comes, and who pays for each thing: asked once, and judged by the rules."""

    def __init__(self, *arguments: Any, campaign: Campaign, **options: Any) -> None:
        payments: dict[str, Payment] = {one.what: one for one in options.pop("payments", ())}
        super().__init__(*arguments, campaign=campaign, **options)
        self.fields["home_country"] = forms.ChoiceField(
            label=_("Where do you live?"), choices=[("", _("choose")), *countries()], required=False
        )
        for name, label in (("from_on", _("First day here")), ("until_on", _("Last day here"))):
            self.fields[name] = forms.DateField(
                label=label, required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )  # fmt: skip
        if self.campaign.country == UNITED_STATES:
            self.fields["us_status"] = forms.ChoiceField(
                label=_("Are you …"), choices=FOREIGN_STATUS, required=False,
                help_text=_("The law there asks. Your answer and its day are kept, and no documents."),
            )  # fmt: skip
        for what in Payment.What.values:
            self._ask_who_pays(what, payments.get(what))

    def _ask_who_pays(self, what: str, said: Payment | None) -> None:
        fields = {
            "payer": forms.ChoiceField(
                label=PAYER_ASKS[Payment.What(what)], choices=PAYERS, required=False,
                initial=said.payer if said else "",
            ),
            "country": forms.ChoiceField(
                label=_("Their country"), choices=[("", _("choose")), *countries()], required=False,
                initial=said.payer_country if said else "",
            ),
            "amount": forms.CharField(
                label=_("About how much in all"), required=False, max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                initial=str(said.amount).split(" ")[0] if said and said.amount else "",
            ),
            "currency": forms.CharField(
                label=_("Currency, like GBP"), required=False, max_length=3,
                initial=said.currency if said else "",
            ),
        }  # fmt: skip
        for name, one in fields.items():
            self.fields[f"{what}_{name}"] = one

    @property
    def lives_abroad(self) -> bool:
        """Whether any of this is asked."""
        return True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.lives_abroad:
            self._need(cleaned)
            self.paid = [self._paid(what, cleaned) for what in Payment.What.values]
        return cleaned

    def _need(self, cleaned: dict[str, Any]) -> None:
        wanted = ["home_country", "from_on", "until_on"]
        wanted += [name for name in ("us_status",) if name in self.fields]
        wanted += [f"{what}_payer" for what in Payment.What.values]
        for name in wanted:
            if not cleaned.get(name) and not self.has_error(name):
                self.add_error(name, _("Please answer this: the rules depend on it."))
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day is before the first."))

    def _paid(self, what: str, cleaned: dict[str, Any]) -> dict[str, Any]:
        payer = cleaned.get(f"{what}_payer") or ""
        others = payer in (Payment.Payer.ORGANISATION, Payment.Payer.PERSON)
        country = cleaned.get(f"{what}_country") or "" if others else ""
        costs = others or payer == Payment.Payer.SELF
        written = str(cleaned.get(f"{what}_amount") or "").strip() if costs else ""
        currency = str(cleaned.get(f"{what}_currency") or "").strip()
        amount = an_amount(self, f"{what}_amount", written, currency)
        if others and not country:
            self.add_error(f"{what}_country", _("Say in which country they are."))
        if others and amount is None and not self.has_error(f"{what}_amount"):
            self.add_error(f"{what}_amount", _("Say about how much, so that it can be added up."))
        return {
            "what": what, "payer": payer, "payer_country": country,
            "amount_minor": amount.minor if amount else None,
            "currency": amount.currency if amount else "",
        }  # fmt: skip

    @property
    def from_abroad(self) -> FromAbroad | None:
        """As the rules are asked; nothing for those who live here."""
        if not self.lives_abroad:
            return None
        said = self.cleaned_data
        status = said.get("us_status", "")
        return FromAbroad(
            {
                "from_on": said["from_on"], "until_on": said["until_on"], "us_status": status,
                "us_status_on": timezone.localdate() if status else None,
            },
            self.paid,
        )  # fmt: skip

    @property
    def coming_fields(self) -> list[forms.BoundField]:
        """Where from, and when."""
        asked = ("home_country", "from_on", "until_on", "us_status")
        return [self[name] for name in asked if name in self.fields]

    @property
    def money_fields(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Who pays for each thing, and what is asked where somebody else does."""
        more = ("country", "amount", "currency")
        return [
            (self[f"{what}_payer"], [self[f"{what}_{name}"] for name in more])
            for what in Payment.What.values
        ]


class JoinForm(AboutForm, AbroadForm):
    """The whole join page."""

    abroad = forms.BooleanField(label=_("I live in another country"), required=False)
    agreed = forms.BooleanField(required=False)
    form_id = forms.CharField(widget=forms.HiddenInput, max_length=400, required=False)
    by = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, *arguments: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*arguments, campaign=campaign, **options)
        self.fields["agreed"].label = _(
            "%(campaign)s may write to me and ring me about helping. I can end that at any time."
        ) % {"campaign": campaign.name}

    @property
    def lives_abroad(self) -> bool:
        return bool(self.cleaned_data.get("abroad"))

    def clean_agreed(self) -> bool:
        if not self.cleaned_data["agreed"]:
            raise forms.ValidationError(_("Without this nobody may tell you where to be."))
        return True

    @property
    def coming(self) -> Coming:
        """What they told us."""
        said = self.cleaned_data
        facts = self.facts | {"home_country": said["home_country"] if said["abroad"] else ""}
        return Coming(
            said["name"], said["email"], said["phone"], facts, said["by"], self.from_abroad
        )


class AgainForm(forms.Form):
    """To which address the link to somebody's own page is sent again."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SitesForm(forms.Form):
    """Whose pages may show the join form in a frame."""

    sites = forms.CharField(
        label=_("Web sites that may show the form in their own pages, one a line"),
        required=False,
        max_length=2000,
        help_text=_("Like https://example.org. Leave it empty where a link is enough."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_sites(self) -> list[str]:
        lines = str(self.cleaned_data["sites"]).split()
        return sorted({_site(line) for line in lines})


def _site(line: str) -> str:
    parts = urlsplit(line)
    local = parts.hostname in ("localhost", "127.0.0.1")
    plain = set(line) <= set(_LETTERS)
    if not plain or not parts.hostname or parts.scheme not in (("https", "http") if local else ("https",)):  # fmt: skip
        raise forms.ValidationError(
            _("%(line)s is no address of a web site. Write it like https://example.org.")
            % {"line": line}
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:/_"


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(label=_("What the team is called"), max_length=120)
    area = forms.CharField(label=_("Its area"), max_length=200, required=False)


class HandOverForm(forms.Form):
    """Who leads a team and who looks after it."""

    lead = forms.TypedChoiceField(label=_("Team lead"), coerce=int, empty_value=None, required=False)  # fmt: skip
    organiser = forms.TypedChoiceField(label=_("Organiser"), coerce=int, empty_value=None, required=False)  # fmt: skip

    def __init__(
        self,
        *arguments: Any,
        leads: Iterable[tuple[int, str]],
        organisers: Iterable[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        for name, choices in (("lead", leads), ("organiser", organisers)):
            self.fields[name].choices = [("", _("nobody yet")), *choices]  # type: ignore[attr-defined]  # a choice field


class InviteForm(forms.Form):
    """To whom the join page is sent."""

    email = forms.CharField(
        label=_("E-mail address of somebody who may want to help"),
        max_length=254,
        widget=forms.EmailInput,
    )

    def clean_email(self) -> str:
        cleaned = clean_email(str(self.cleaned_data["email"]))
        if cleaned is None:
            raise forms.ValidationError(
                _("This is no e-mail address. Write it like vera@example.org.")
            )
        return cleaned

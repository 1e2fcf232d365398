"""Who helps, on which terms, and who pays for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.apps.contributions.models import Payment, Terms
from hustings.core.errors import BadInput
from hustings.core.law import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise

    from hustings.apps.statements.models import Party

MOST_PEOPLE = 10_000
UNITED_STATES = "US"


def two_letters(written: str) -> str:
    """A country as the rules name it."""
    country = written.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise forms.ValidationError(_("Write the country in two letters, like GB."))
    return country


class CountryField(forms.CharField):
    """A country in two letters."""

    def clean(self, value: Any) -> Any:
        return two_letters(super().clean(value))


def an_amount(form: forms.BaseForm, name: str, amount: str, currency: str) -> Money | None:
    """The amount of a form; what is wrong with it stands at the field."""
    if not amount:
        return None
    if not currency:
        form.add_error(name, _("Write the currency as well, like GBP."))
        return None
    try:
        return Money.written(f"{amount} {currency.upper()}")
    except BadInput:
        form.add_error(name, _("Write an amount like 16,140.00 and a currency like USD."))
        return None


class HelpForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """Terms, with who pays for travel, stipend, lodging and time, each by itself."""

    work_country = CountryField(
        label=_("Country of the campaign that is helped, in two letters"),
        help_text=_("Its law applies, wherever the helpers are from."),
    )
    other_country = CountryField(label=_("Its country, in two letters"), required=False)

    class Meta:
        model = Terms
        fields = (
            "direction", "other", "party", "other_country", "work_country", "people", "names",
            "from_on", "until_on", "duty", "us_status", "us_status_on",
        )  # fmt: skip
        labels: ClassVar[dict[str, str | Promise]] = {
            "direction": _("Who helps whom"),
            "other": _("The campaign, party or other organisation that lends them or is lent to"),
            "party": _("The same at the press desk"),
            "people": _("How many people"),
            "names": _("Names, only if somebody needs them"),
            "from_on": _("First day"),
            "until_on": _("Last day"),
            "duty": _("The most that any of them does"),
            "us_status": _("In the United States: what are they?"),
            "us_status_on": _("When did they answer that?"),
        }
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "other": _("Leave it empty where they come by themselves."),
            "us_status": _("If one of them is a foreign national, choose that. Ask once, and keep no documents."),
        }  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "other": forms.TextInput(),
            "names": forms.TextInput(),
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("from_on", "until_on", "us_status_on")
            },
        }

    def __init__(
        self,
        *arguments: Any,
        parties: Iterable[Party],
        payments: Sequence[Payment] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["party"] = forms.TypedChoiceField(
            label=self.fields["party"].label, required=False, empty_value=None,
            choices=[("", "–"), *((str(party.pk), party.name) for party in parties)],
        )  # fmt: skip
        self._parties = {str(party.pk): party for party in parties}
        if not self._parties:
            del self.fields["party"]
        self.fields["us_status"].required = self.fields["us_status_on"].required = False
        self.fields["people"].validators.append(forms.IntegerField(max_value=MOST_PEOPLE).validators[0])  # fmt: skip
        said = {payment.what: payment for payment in payments}
        for what in Payment.What.values:
            self._ask_who_pays(what, said.get(what))

    def _ask_who_pays(self, what: str, said: Payment | None) -> None:
        fields = {
            "payer": forms.ChoiceField(
                label=_("Who pays"),
                choices=[("", _("choose")), *Payment.Payer.choices],
                initial=said.payer if said else "",
            ),
            "country": CountryField(
                label=_("Payer’s country"), required=False, max_length=2,
                initial=said.payer_country if said else "",
            ),
            "amount": forms.CharField(
                label=_("Amount in all"), required=False, max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                initial=str(said.amount).split(" ")[0] if said and said.amount else "",
            ),
            "currency": forms.CharField(
                label=_("Currency"), required=False, max_length=3, min_length=3,
                initial=said.currency if said else "",
            ),
        }  # fmt: skip
        for name, field in fields.items():
            self.fields[f"{what}_{name}"] = field

    def clean_party(self) -> Party | None:
        chosen = self.cleaned_data.get("party")
        return self._parties[str(chosen)] if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day is before the first."))
        if cleaned.get("work_country") != UNITED_STATES:
            cleaned |= {"us_status": "", "us_status_on": None}
        self.paid = [self._paid(what, cleaned) for what in Payment.What.values]
        return cleaned

    def _paid(self, what: str, cleaned: dict[str, Any]) -> dict[str, Any]:
        payer = cleaned.get(f"{what}_payer", "")
        country = cleaned.get(f"{what}_country") or ""
        written = str(cleaned.get(f"{what}_amount") or "").strip()
        amount = an_amount(self, f"{what}_amount", written, cleaned.get(f"{what}_currency") or "")
        if payer in (Payment.Payer.ORGANISATION, Payment.Payer.PERSON):
            if not country and not self.has_error(f"{what}_country"):
                self.add_error(f"{what}_country", _("Say in which country they are."))
            if amount is None and not self.has_error(f"{what}_amount"):
                self.add_error(f"{what}_amount", _("Say how much, so that it can be added up."))
        return {
            "what": what, "payer": payer, "payer_country": country,
            "amount_minor": amount.minor if amount else None,
            "currency": amount.currency if amount else "",
        }  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        """The terms' own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    @property
    def people_fields(self) -> list[forms.BoundField]:
        """What is asked before the money."""
        return [self[name] for name in self.Meta.fields if name in self.fields]

    @property
    def money_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What is asked about each thing that costs something."""
        asked = ("payer", "country", "amount", "currency")
        return [
            (str(what.label), [self[f"{what}_{name}"] for name in asked]) for what in Payment.What
        ]

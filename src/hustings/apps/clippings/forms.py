"""What is dropped, and what a person takes an excerpt to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.apps.clippings.confirming import MOST_CHARACTERS, US, Taken
from hustings.apps.clippings.wording import DONE, KINDS, ROLES
from hustings.apps.statements.wording import AUTHORITIES
from hustings.apps.statements.wording import KINDS as STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.clippings.queries import Clipping
    from hustings.apps.statements.models import Party, Record

MOST_FILES = 50
SHOWN = 70
"""Characters of a word where one of many is chosen."""


class ManyFiles(forms.FileInput):
    """Several files at once; browsers take them dropped as well."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """As many files as were sent, also empty ones: each is answered for itself."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # Django's own shape
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(
                _("These are %(n)s files; drop at most %(most)s at a time.")
                % {"n": len(sent), "most": MOST_FILES}
            )
        return list(sent)


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, required=False, **options)


class SourceForm(forms.Form):
    """Where an article was printed, for what is confirmed of it from now on."""

    publication = forms.CharField(
        label=_("Which paper, agency or broadcaster?"), required=False, max_length=120
    )
    url = forms.URLField(
        label=_("Its address, if it has one"), required=False, max_length=500, assume_scheme="https"
    )
    published_on = _day(label=_("Which day?"))


class DropForm(SourceForm):
    """An article as text, or several as files."""

    text = forms.CharField(
        label=_("Paste an article: its text, or the page’s HTML"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    saved = Files(label=_("or drop saved pages and text files here"), required=False)
    published_on = _day(label=_("Which day, if it does not say?"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("saved"):
            self.add_error("text", _("Paste an article, or drop files."))
        return cleaned


class TakenForm(forms.Form):
    """What an excerpt is taken to be: everything but its words."""

    side = forms.ChoiceField(label=_("Whose word is it?"), required=False)
    about = forms.MultipleChoiceField(
        label=_("About whom?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=list(KINDS.items()))
    speaker = forms.CharField(label=_("Who speaks?"), required=False, max_length=200)
    role = forms.ChoiceField(
        label=_("Who is that?"), required=False, choices=[("", "–"), *ROLES.items()]
    )
    authority = forms.ChoiceField(
        label=_("Where it answers something: who of theirs says so?"),
        required=False,
        choices=[("", "–"), *AUTHORITIES.items()],
    )
    answers = forms.ChoiceField(label=_("What does it answer?"), required=False)
    record = forms.ChoiceField(
        label=_("Which word on the press desk does it belong to?"), required=False
    )
    said_on = _day(label=_("Said on"))
    due_on = _day(label=_("Speaks of the day"))
    ours = forms.ChoiceField(
        label=_("An event: is it a campaign’s?"),
        required=False,
        choices=[("", _("it does not say")), ("yes", _("yes")), ("no", _("no"))],
    )
    summary = forms.CharField(
        label=_("A fact or conflict in few words"), required=False, max_length=300
    )

    def __init__(
        self,
        *arguments: Any,
        campaign: Campaign,
        parties: Iterable[Party],
        answers: list[tuple[str, Clipping | str]],
        records: list[tuple[Record, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.sides: dict[str, Party | str] = {US: US} | {str(one.pk): one for one in parties}
        self.answerable = dict(answers)
        self.records = {str(row.pk): row for row, _words in records}
        named = [(US, campaign.name), *((str(one.pk), one.name) for one in parties)]
        self._choose("side", [("", _("only the paper says so")), *named])
        self._choose("about", named)
        self._choose("answers", [("", "–"), *((key, _short(one)) for key, one in answers)])
        self._choose(
            "record", [("", "–"), *((str(row.pk), words[:SHOWN]) for row, words in records)]
        )

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field's

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("side") and not cleaned.get("about"):
            self.add_error("side", _("Say whose word it is, or whom it is about."))
        return cleaned

    def taken(self) -> Taken:
        """The same as a value."""
        said = self.cleaned_data
        answered = self.answerable.get(said["answers"])
        return Taken(
            kind=said["kind"],
            speaker=said["speaker"],
            role=said["role"],
            authority=said["authority"],
            said_on=said["said_on"],
            due_on=said["due_on"],
            ours={"yes": True, "no": False}.get(said["ours"]),
            summary=said["summary"],
            by=self.sides.get(said["side"]),
            about=tuple(self.sides[side] for side in said["about"]),
            answers=None if answered is None or isinstance(answered, str) else answered.excerpt,
            awaits=said["answers"].removeprefix("awaits ") if isinstance(answered, str) else "",
            record=self.records.get(said["record"]),
        )


class MarkForm(TakenForm):
    """Words that the reader passed over."""

    words = forms.CharField(
        label=_("The exact words, copied from the article"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("words",)


class CarryForm(forms.Form):
    """What a word is kept as on the press desk."""

    kind = forms.ChoiceField(label=_("Keep it there as"), choices=list(STATEMENTS.items()))


def _short(one: Clipping | str) -> str:
    words = one if isinstance(one, str) else f"{DONE[one.meaning.kind]}: {one.excerpt.spoken}"
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"

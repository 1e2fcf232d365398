"""Versions in other languages: which words there are, who checked them, and what is carried over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.scripts.models import Translation, TranslationCheck
from hustings.core.errors import BadInput
from hustings.core.script.validating import LONGEST_LABEL, LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.scripts.models import ScriptVersion
    from hustings.core.script.tree import Script


def originals(script: Script) -> dict[str, str]:
    """What there is to translate, by key: a step's words, then its answers'."""
    found = {}
    for step in script.steps:
        found[step.name] = step.say
        found |= {f"{step.name}/{nth}": answer.label for nth, answer in enumerate(step.answers)}
    return found


def languages() -> list[tuple[str, str]]:
    """Every language a script may be translated into: its code and its own name."""
    named = {
        code: str(facts.get("name_local", facts.get("name", code)))
        for code, facts in LANG_INFO.items()
        if "fallback" not in facts
    }
    return sorted(named.items(), key=lambda one: one[1].casefold())


def name_of(language: str) -> str:
    """What a language calls itself."""
    return dict(languages()).get(language, language)


@dataclass(frozen=True, slots=True)
class Language:
    """How a version stands in one language."""

    code: str
    newest: Translation
    checked: Translation | None
    missing: int

    @property
    def name(self) -> str:
        """What it calls itself."""
        return name_of(self.code)

    @property
    def is_checked(self) -> bool:
        """Whether the newest words are checked, and so on the phones."""
        return self.checked is not None and self.checked.pk == self.newest.pk

    @property
    def checked_by(self) -> str:
        """Who read them."""
        return str(self.newest.checks.all()[0].checked_by) if self.is_checked else ""


def languages_of(version: ScriptVersion) -> list[Language]:
    """The languages of a version, by their own names."""
    rows = (
        Translation.objects.of(version.campaign_id)
        .filter(version=version)
        .prefetch_related("checks")
        .order_by("pk")
    )
    keys = originals(version.script)
    newest: dict[str, Translation] = {}
    checked: dict[str, Translation] = {}
    for row in rows:
        newest[row.language] = row
        if row.checks.all():
            checked[row.language] = row
    found = [
        Language(code, row, checked.get(code), sum(not row.texts.get(key) for key in keys))
        for code, row in newest.items()
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def translate(
    version: ScriptVersion, language: str, words: Mapping[str, str], *, by: Actor
) -> Translation:
    """
    Keep these words as a draft; what is not translated falls back to what was written.

    Raises
    ------
    BadInput
        When the language does not exist, is the campaign's own, or no word is there.
    """
    campaign = version.campaign
    if language not in dict(languages()):
        raise BadInput(_("There is no language by the code “%(code)s”.") % {"code": language})
    if language == campaign.language:
        raise BadInput(_("The script is written in this language. Choose another one."))
    keys = originals(version.script)
    kept = {key: words[key].strip() for key in keys if words.get(key, "").strip()}
    for key, said in kept.items():
        if len(said) > (LONGEST_LABEL if "/" in key else LONGEST_TEXT):
            raise BadInput(_("“%(words)s…” is too long. Shorten it.") % {"words": said[:40]})
    if not kept:
        raise BadInput(_("Nothing is translated yet. Write at least one step."))
    with tenant(campaign.pk):
        row: Translation = Translation.objects.create(
            campaign=campaign, version=version, language=language, texts=kept, made_by=by.label
        )
        record(
            by, "script.translate", subject="script", subject_id=version.number,
            detail={"language": language},
        )  # fmt: skip
    return row


def check(translation: Translation, *, by: Actor) -> None:
    """Somebody read it and found it right: from now on the phones offer it."""
    with tenant(translation.campaign_id):
        _row, is_new = TranslationCheck.objects.get_or_create(
            campaign_id=translation.campaign_id, translation=translation,
            defaults={"checked_by": by.label},
        )  # fmt: skip
        if is_new:
            record(
                by, "script.check", subject="script", subject_id=translation.version.number,
                detail={"language": translation.language},
            )  # fmt: skip


def carry_over(before: ScriptVersion, after: ScriptVersion) -> None:
    """
    Words of what did not change go with the new version.

    They stay checked where every original is the same; else somebody reads them again.
    """
    was, now = originals(before.script), originals(after.script)
    for language in languages_of(before):
        for row in dict.fromkeys(filter(None, (language.checked, language.newest))):
            texts = {key: said for key, said in row.texts.items() if now.get(key) == was.get(key)}
            if not texts:
                continue
            carried = Translation.objects.create(
                campaign_id=after.campaign_id, version=after, language=row.language, texts=texts,
                made_by=row.made_by,
            )  # fmt: skip
            if row.checks.all() and texts == row.texts:
                TranslationCheck.objects.create(
                    campaign_id=after.campaign_id, translation=carried,
                    checked_by=row.checks.all()[0].checked_by,
                )  # fmt: skip

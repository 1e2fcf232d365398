"""Forms that are filled in beforehand with what was read or confirmed, so that one press is enough."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.forms import MarkForm, TakenForm
from hustings.apps.clippings.guessing import Guess
from hustings.apps.clippings.queries import Clipping, Proposal, clippings_of
from hustings.apps.clippings.wording import DONE
from hustings.apps.statements.queries import between
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.wording import ALL_KINDS

if TYPE_CHECKING:
    from django.http import QueryDict

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.clippings.models import Article
    from hustings.apps.statements.models import Party, Record
    from hustings.apps.statements.queries import Word
    from hustings.apps.statements.reading import Ledger

MOST_RECORDS = 40
ANSWERABLE = ("claim", "hope", "praise", "offer of help", "denial", "correction")
COMING = ("event", "hope", "offer of help", "fact")


class Filling:
    """The choices and guesses that all forms of one page share."""

    def __init__(
        self,
        campaign: Campaign,
        article: Article | None = None,
        *,
        known: list[Clipping] | None = None,
    ) -> None:
        self.campaign, self.article = campaign, article
        ledger = ledger_of(campaign)
        self.parties = list(ledger.parties)
        self.may_carry = bool(ledger.us)
        self.known = clippings_of(campaign) if known is None else known
        self.records = self._records(ledger)
        self.guess = Guess(campaign, article, self.parties, self.known) if article else None

    def _records(self, ledger: Ledger) -> list[tuple[Record, str]]:
        words = [word for party in self.parties for word in between(ledger, party)]
        newest = sorted(words, key=lambda word: word.at, reverse=True)[:MOST_RECORDS]
        return [(word.row, _named(word)) for word in newest]

    def of_proposal(self, proposal: Proposal, sent: QueryDict | None = None) -> TakenForm:
        """One proposal as it was read, with the sides guessed."""
        said = proposal.said
        assert self.guess is not None and self.article is not None  # noqa: S101, PT018  # proposals come of an article
        by = self.guess.by(said)
        when = date.fromisoformat(said["when"]) if said["when"] else None
        printed = self.article.published_on
        coming = when is not None and said["kind"] in COMING and not (printed and when <= printed)
        initial: dict[str, Any] = {
            "side": _value(by),
            "about": [_value(side) for side in self.guess.about(said)],
            "kind": said["kind"],
            "speaker": said["speaker"][:200],
            "role": said["role"],
            "authority": said["authority"],
            "said_on": printed if coming or when is None else when,
            "due_on": when if coming else None,
            "ours": {True: "yes", False: "no"}.get(said["ours"], ""),
            "summary": said["summary"][:300],
        }
        answers = self._answerable()
        if said["answers"] is not None:
            key = self.article.reading["proposals"][said["answers"]]["key"]
            confirmed = self._confirmed(key)
            if confirmed is None:
                answers.insert(0, (f"awaits {key}", proposal.answers))
            initial["answers"] = str(confirmed.excerpt.pk) if confirmed else f"awaits {key}"
        return self._form(TakenForm, answers, sent, initial, f"p{proposal.number}")

    def of_words(self, sent: QueryDict | None = None) -> MarkForm:
        """Words that a person marks."""
        printed = self.article.published_on if self.article else None
        form = self._form(MarkForm, self._answerable(), sent, {"said_on": printed}, "mark")
        assert isinstance(form, MarkForm)  # noqa: S101  # what was asked for
        return form

    def of_clipping(self, clipping: Clipping, sent: QueryDict | None = None) -> TakenForm:
        """What a confirmed excerpt is taken to be now."""
        meaning = clipping.meaning
        answers = [(key, one) for key, one in self._answerable() if key != str(clipping.excerpt.pk)]
        answered = ""
        if clipping.answers is not None:
            answered = str(clipping.answers.excerpt.pk)
            if answered not in dict(answers):
                answers.insert(0, (answered, clipping.answers))
        elif meaning.awaits:
            answered = f"awaits {meaning.awaits}"
            answers.insert(0, (answered, meaning.awaits))
        if clipping.record and clipping.record.pk not in {row.pk for row, _words in self.records}:
            self.records.insert(0, (clipping.record, str(clipping.record)))
        initial = {
            "side": _value(clipping.by),
            "about": [_value(side) for side in clipping.about],
            "ours": {True: "yes", False: "no"}.get(meaning.ours, "")
            if meaning.ours is not None
            else "",
            "answers": answered,
            "record": str(clipping.record.pk) if clipping.record else "",
        }
        initial |= {
            name: getattr(meaning, name)
            for name in ("kind", "speaker", "role", "authority", "said_on", "due_on", "summary")
        }
        return self._form(TakenForm, answers, sent, initial, "taken")

    def _form(
        self,
        form: type[TakenForm],
        answers: list[Any],
        sent: QueryDict | None,
        initial: dict[str, Any],
        prefix: str,
    ) -> TakenForm:
        return form(
            sent, initial=initial, prefix=prefix, campaign=self.campaign, parties=self.parties,
            answers=answers, records=self.records,
        )  # fmt: skip

    def _answerable(self) -> list[Any]:
        newest = [one for one in reversed(self.known) if one.meaning.kind in ANSWERABLE]
        return [(str(one.excerpt.pk), one) for one in newest[:MOST_RECORDS]]

    def _confirmed(self, key: str) -> Clipping | None:
        assert self.article is not None  # noqa: S101  # proposals come of an article
        digest = self.article.sha256
        return next(
            (
                one
                for one in self.known
                if one.excerpt.sha256 == digest and one.excerpt.proposed == key
            ),
            None,
        )


def _named(word: Word) -> str:
    """A hope is called one wherever it can be chosen."""
    if word.look == "hoped":
        return f"{DONE['hope']}: {word.words}"
    return f"{DONE['claim'] if 'responses' in word.details else ALL_KINDS.get(word.kind, '')}: {word.words}"


def _value(side: Party | str | None) -> str:
    if side is None:
        return ""
    return US if isinstance(side, str) else str(side.pk)

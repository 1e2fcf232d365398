"""Words about words: how a statement, a claim or a hope is known, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from hustings.apps.statements.wording import ALL_KINDS, AUTHORITIES, EVIDENCE, ROLES, STATES

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.statements.answering import Answer
    from hustings.apps.statements.models import MatterStep, Party, Record
    from hustings.apps.statements.publishing import Published
    from hustings.apps.statements.queries import Word
    from hustings.apps.statements.responding import Standing

register = template.Library()


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F")


def _hour(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l H:i")


def _who(said: dict[str, Any]) -> str:
    return _("our press office") if said["ours"] else str(AUTHORITIES[said["authority"]])


@register.simple_tag
def kind_in_words(kind: str) -> str:
    """``a greeting, not an endorsement``: a kind, and what it must not be taken for."""
    words = str(ALL_KINDS.get(kind, kind))
    if kind in ("greeting", "support"):
        return _("%(kind)s, not an endorsement") % {"kind": words}
    return words


@register.simple_tag
def state_in_words(state: str) -> str:
    """A state of a draft or a statement."""
    return str(STATES.get(state, state))


@register.simple_tag
def evidence_in_words(evidence: str) -> str:
    """A grade of evidence."""
    return str(EVIDENCE.get(evidence, evidence))


@register.simple_tag
def approvals(roles: list[str]) -> str:
    """Whose approvals a statement names."""
    words = " + ".join(str(ROLES.get(role, role)) for role in roles)
    return _("approved by %(roles)s") % {"roles": words}


@register.simple_tag
def may_say(one: Answer) -> str:
    """What somebody who is asked at a door may say of their support, in one line."""
    if one.word is None:
        return _("Do not say that they support us.")
    if not one.word.details["public"]:
        return _("It is not public: say nothing of it.")
    until = one.word.details["not_before"]
    if until is not None and until > timezone.now():
        return _("Silence is asked for until %(day)s: say nothing of it yet.") % {
            "day": f"{_day(until)}, {_hour(until)}"
        }
    if one.verdict == "less":
        return _(
            "You may say that they greeted us, in these words. Do not say that they support us."
        )
    return _("You may say so, in these words.")


@register.simple_tag
def answer(said: dict[str, Any]) -> str:
    """What was answered to a claim, by whom, when and how well we know it."""
    words = {"deny": _("denied"), "confirm": _("confirmed"), "correct": _("corrected")}
    how = "" if said["evidence"] == "signed" else f" ({EVIDENCE[said['evidence']]})"
    return _("%(answer)s by %(who)s, %(when)s%(how)s:") % {
        "answer": words[said["decision"]],
        "who": _who(said),
        "when": _hour(said["at"]),
        "how": how,
    }


@register.simple_tag
def matter_tag(one: Standing) -> tuple[str, str]:
    """How a matter's clock stands, and the colour of it."""
    if one.end is not None:
        return str(one.end.get_kind_display()), "ok" if one.state == "answered" else ""
    if one.overdue:
        return _("overdue by %(time)s") % {"time": timesince(one.due_at, one.now)}, "bad"
    return _("due in %(time)s") % {"time": timeuntil(one.due_at, one.now)}, "signal"


@register.simple_tag
def step_in_words(step: MatterStep) -> str:
    """What somebody did about a matter."""
    words = {
        "taken": _("%(by)s took it"),
        "handed": _("%(by)s handed it over to %(to)s"),
        "moved": _("%(by)s gave it until %(until)s"),
        "answered": _("%(by)s: answered"),
        "left": _("%(by)s left it without an answer"),
    }[step.kind]
    until = f"{_day(step.due_at)} {_hour(step.due_at)}" if step.due_at else ""
    return words % {"by": step.by, "to": step.owner_name, "until": until}


@register.simple_tag
def record_title(row: Record) -> str:
    """What a record's page is called."""
    return {
        "statement": _("A statement"),
        "claim": _("A claim"),
        "expectation": _("A hope"),
    }.get(row.kind, _("What they said"))


@register.simple_tag
def published_how(item: Published) -> str:
    """The line over a word on the public page."""
    day = _day(_moment(item.at))
    if item.ended:
        return _("%(state)s; said on %(day)s") % {
            "state": str(STATES[item.ended]).capitalize(), "day": day
        }  # fmt: skip
    if item.evidence == "called_back":
        return _("Said by %(name)s, confirmed by telephone, exact words") % {"name": item.by}
    if item.by:
        return _("Signed by %(name)s, exact words") % {"name": item.by}
    return _("Signed on %(day)s, exact words") % {"day": day}


def _moment(text: str) -> datetime:
    from hustings.apps.statements.times import read_moment

    return read_moment(text)


@register.simple_tag
def how(word: Word, party: Party | None) -> str:
    """The line over a word between us and them: who, how well it is known, and where it stands."""
    make = {"signed": _statement, "told": _statement, "hoped": _hope}.get(word.look, _claim)
    if word.look == "denied" and "withdrawn" not in word.details:
        if word.details["ended"] == "denied":
            return _("They deny having said this")
        return _("Withdrawn by us") if word.ours else _("Withdrawn by them")
    if word.look == "signed" and "responses" in word.details:
        return _("Claimed, and confirmed by whom it is about")
    return make(word)


def _statement(word: Word) -> str:
    day = _day(word.at)
    if word.ours:
        state = str(STATES.get(word.state, word.state))
        return _("Signed by us on %(day)s: %(state)s") % {"day": day, "state": state}
    if word.details["ended"]:
        return _("By them on %(day)s, and %(state)s") % {
            "day": day, "state": STATES[word.details["ended"]]
        }  # fmt: skip
    if word.evidence == "called_back":
        return _("Said by them on %(day)s, confirmed by a call back, exact words") % {"day": day}
    if word.evidence == "published":
        return _("Published by them on %(day)s: not confirmed to us") % {"day": day}
    if word.evidence == "told":
        return _("Told by someone: no message is on record")
    return {
        "received": _("Signed by them on %(day)s, exact words"),
        "accepted": _("Signed by them on %(day)s, exact words; accepted by us"),
        "declined": _("Signed by them on %(day)s, exact words; declined by us"),
        "announced": _("Signed by them on %(day)s, exact words; announced by us"),
    }[word.state] % {"day": day}


def _hope(word: Word) -> str:
    return {
        "fulfilled": _("Hoped for, and received since"),
        "declined": _("Hoped for, and declined"),
        "lapsed": _("Hoped for; the time is over and nothing was received"),
    }.get(word.state, _("Hoped for, not received"))


def _claim(word: Word) -> str:
    who = _("us") if word.ours else _("them")
    details = word.details
    if word.look == "denied":
        parts = []
        denials = [said for said in details["responses"] if said["decision"] == "deny"]
        if denials and word.state != "withdrawn":
            parts.append(
                _("Denied by %(who)s, %(when)s") % {
                    "who": _who(denials[0]), "when": _hour(denials[0]["at"])
                }
            )  # fmt: skip
        if details["retractions"]:
            at = _hour(details["retractions"][0]["at"])
            parts.append(_("withdrawn by %(who)s %(when)s") % {"who": who, "when": at})
        return "; ".join(parts)
    return {
        "queried": _("Claimed by %(who)s: they were asked, no message on record"),
        "unanswered": _("Claimed by %(who)s: they were asked and did not answer"),
        "corrected": _("Claimed by %(who)s, and corrected"),
        "disputed": _("Claimed by %(who)s, disputed by somebody else; no message on record"),
    }.get(word.state, _("Claimed by %(who)s: no message on record")) % {"who": who}

"""Going on all the same: by a role that may, with a reason, and without touching a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput, HustingsError
from hustings.core.law.judging import Override

if TYPE_CHECKING:
    from datetime import date

    from hustings.core.law.judging import Answer


class MayNotOverride(HustingsError):
    """This rule cannot be set aside by this person."""


def override(
    answer: Answer, rule: str, case: str, *, by: str, role: str, reason: str, on: date
) -> Answer:
    """
    The same answer, with one blocking finding set aside.

    Raises
    ------
    MayNotOverride
        The rule lets nobody go on, or not this role.
    BadInput
        Nothing blocks under this name, or no reason is given.
    """
    finding = next((one for one in answer.stopping if (one.rule, one.case) == (rule, case)), None)
    if finding is None:
        raise BadInput(
            f"Nothing is blocked by {rule[:20]} ({case[:40]}), so there is nothing to set aside."
        )
    if not finding.overrides:
        raise MayNotOverride(f"{rule} cannot be set aside by anybody. {finding.sentence}")
    if role not in finding.overrides:
        raise MayNotOverride(
            f"{rule} can be set aside by {' or '.join(finding.overrides)} only; ask one of them."
        )
    if not reason.strip() or not by.strip():
        raise BadInput(f"To set {rule} aside, say who you are and why; both are kept.")
    return replace(
        answer,
        overrides=(*answer.overrides, Override(rule, case, by, role, reason.strip(), on)),
    )

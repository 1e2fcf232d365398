"""Every method of counting, one line each."""

from __future__ import annotations

from typing import Any

from hustings.core.contest.caucus.check import check as check_caucus
from hustings.core.contest.caucus.count import count as count_caucus
from hustings.core.contest.caucus.totals import check_totals, totals
from hustings.core.contest.delegates import check as delegates_check
from hustings.core.contest.delegates import count as delegates_count
from hustings.core.contest.many import checking_many, counting_many
from hustings.core.contest.members import check as members_check
from hustings.core.contest.members import count as members_count
from hustings.core.contest.method import Method
from hustings.core.contest.plurality import check as plurality_check
from hustings.core.contest.plurality import count as plurality_count
from hustings.core.contest.ranked.methods import IRV, STV


def _nothing(*_: Any) -> list[str]:
    """Where no totals stand beside the units, or they are judged with them."""
    return []


def _no_totals(*_: Any) -> dict[str, Any]:
    return {}


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method("caucus", "Precinct caucus", counting_many(count_caucus, totals), checking_many(check_caucus, check_totals)),
        Method("delegates", "Delegates in proportion, above a threshold", counting_many(delegates_count.count, delegates_count.totals), checking_many(delegates_check.check, delegates_check.check_totals)),
        Method("plurality", "First past the post", counting_many(plurality_count.count, plurality_count.totals), checking_many(plurality_check.check, plurality_check.check_totals)),
        Method("omov", "One member, one vote, by section", counting_many(members_count.count, _no_totals), checking_many(members_check.check, _nothing)),
        IRV,
        STV,
    )
}  # fmt: skip

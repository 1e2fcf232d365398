"""The two methods that count rankings, as the registry of methods takes them."""

from __future__ import annotations

from hustings.core.contest.method import Method
from hustings.core.contest.ranked.check import check_irv
from hustings.core.contest.ranked.check_stv import check_stv
from hustings.core.contest.ranked.irv import count_irv
from hustings.core.contest.ranked.stv_scottish import count_stv

IRV = Method(
    "irv", "Instant run-off and its multi-seat kin, by RCTab's parameters", count_irv, check_irv
)
STV = Method(
    "stv", "Single transferable vote of Scottish councils (SSI 2007/42)", count_stv, check_stv
)

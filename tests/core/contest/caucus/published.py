"""A row of the published results of 2020 as a report: only what was counted and printed, no verdict on it."""

from __future__ import annotations

from typing import Any


def as_report(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": f"{row['county']}, {row['precinct']}",
        "delegates": row["county_delegates"],
        "first": row["first"],
        "final": row["final"],
        "awarded": row["reported_delegates"],
    }

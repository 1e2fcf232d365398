"""Contests: the calendar, the units, who reports from where, and every report as it came in. Nothing here counts by itself."""

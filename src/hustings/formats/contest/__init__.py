"""Rulesets of contests: TOML in, plain values out."""

from hustings.formats.contest.rulesets import own_ruleset, own_rulesets, read_ruleset

__all__ = ["own_ruleset", "own_rulesets", "read_ruleset"]

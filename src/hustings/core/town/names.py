"""Invented names of streets and places: neutral, pronounceable, each given once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

BEGINNINGS = (
    "Al Am Ar Ash Bar Bel Ben Ber Bram Bren Cal Car Cor Cran Dal Dar Del Dor El Em Far Fen Fer Gal "
    "Gar Gren Hal Har Hol Kel Ken Kil Lan Lar Lin Lor Mal Mar Mel Mer Mil Mor Nor Ol Or Pel Pen Per "
    "Ran Ros Sal Sel Sher Sil Tal Tam Tor Val Ver Wal Wen Wil"
).split()
MIDDLES = ["", "a", "e", "i", "an", "en", "in", "er", "is", "ing", "or", "as"]
ENDINGS = (
    "bank beck bourne bridge brook burn bury by combe cote croft dale den field ford gate ham hay "
    "hill holt hurst land ley low mead mere mond more mouth ness ridge shaw side stead stoke stone "
    "thorpe ton vale ville well wick wood worth"
).split()
TOWN_KINDS = (
    "Street Street Street Road Road Avenue Terrace Row Walk Gardens Grove Crescent Place"
).split()
LANE_KINDS = ["Lane", "Road"]
DEAD_END = "Close"


def stems(count: int, rng: np.random.Generator) -> list[str]:
    """As many different words as asked for; beyond 31,000 of them a number is added."""
    every = len(BEGINNINGS) * len(MIDDLES) * len(ENDINGS)
    # short words are likelier than long ones, but none comes twice
    order = rng.permutation(every)
    plain = len(BEGINNINGS) * len(ENDINGS)
    short_first = [*order[order < plain], *order[order >= plain]]
    return [_word(int(short_first[i % every]), i // every) for i in range(count)]


def _word(index: int, round_: int) -> str:
    index, beginning = divmod(index, len(BEGINNINGS))
    middle, ending = divmod(index, len(ENDINGS))
    word = BEGINNINGS[beginning] + MIDDLES[middle] + ENDINGS[ending]
    return f"{word} {round_ + 1}" if round_ else word

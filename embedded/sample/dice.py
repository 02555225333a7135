"""Chance that is the same on every Python: only random() is used, which is fixed by its seed."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS = _LETTERS + "0123456789"


class Dice:
    """A source of chance of its own, so that one part of the sample does not shift another."""

    def __init__(self, seed: int, name: str) -> None:
        self.roll = random.Random(f"{seed} {name}").random

    def below(self, number: int) -> int:
        """A whole number in [0, number)."""
        return int(self.roll() * number)

    def among(self, things: Sequence[T]) -> T:
        """One of them, all alike."""
        return things[int(self.roll() * len(things))]

    def favoured(self, things: Sequence[T], skew: float) -> T:
        """One of them, the first ones more often."""
        return things[int(self.roll() ** skew * len(things))]

    def between(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self.roll()

    def waiting(self, mean: float) -> float:
        """The time until the next of things that come by chance."""
        return -math.log(1.0 - self.roll()) * mean

    def happens(self, chance: float) -> bool:
        """Whether it happens."""
        return self.roll() < chance

    def letters(self, count: int) -> str:
        """Upper letters."""
        return "".join(self.among(_LETTERS) for _ in range(count))

    def code(self, count: int) -> str:
        """Upper letters and digits."""
        return "".join(self.among(_SIGNS) for _ in range(count))

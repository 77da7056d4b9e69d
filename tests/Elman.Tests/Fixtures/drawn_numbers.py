"""The numbers that a seed stands for in the fixtures: drawn alike in Python and in C# (SplitMix64.cs), so that no file stores them."""

import numpy as np


class Numbers:
    """SplitMix64 (Steele, Lea and Flood, 2014), many values at a time."""

    def __init__(self, seed):
        self.state = seed

    def bits(self, count):
        gamma = 0x9E3779B97F4A7C15
        z = np.uint64(self.state) + np.uint64(gamma) * np.arange(1, count + 1, dtype=np.uint64)
        self.state = (self.state + gamma * count) % 2**64
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    def below(self, bound, count):
        return (self.bits(count) >> np.uint64(32)).astype(np.int64) % bound

    def even(self, bound, *shape):
        """Even over [-bound, bound) in steps of bound/1024; the bound is a power of two, so each is exact."""
        k = (self.bits(int(np.prod(shape))) >> np.uint64(53)).astype(np.float64) - 1024
        return (k * (bound / 1024)).reshape(shape)


def scale(n):
    """The largest power of two not above 1/sqrt(n)."""
    return 0.5 ** (((n - 1).bit_length() + 1) // 2)


def deal(values, count, numbers):
    """As many values as asked for, from one shuffled deck after the other: each comes up equally often."""
    dealt = []
    while len(dealt) < count:
        dealt += [values[i] for i in np.argsort(numbers.bits(len(values)))]
    return dealt[:count]

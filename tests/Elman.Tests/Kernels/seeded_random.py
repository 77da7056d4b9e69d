"""The known answers of SeededRandomTests: xoshiro256** with its state filled by SplitMix64, in Python's unbounded integers.

Written from D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators" (2021), and G. Steele, D. Lea and
C. Flood, "Fast splittable pseudorandom number generators" (2014). Prints the theory data of the tests.
"""

WORD = 2**64


def split_mix(seed):
    state = seed % WORD
    while True:
        state = (state + 0x9E3779B97F4A7C15) % WORD
        z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % WORD
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % WORD
        yield z ^ (z >> 31)


def rotate_left(x, bits):
    return (x * 2**bits % WORD) + (x >> (64 - bits))


def xoshiro256_starstar(state):
    a, b, c, d = state
    while True:
        yield rotate_left(b * 5 % WORD, 7) * 9 % WORD
        # The linear engine: every new word from the old ones at once.
        a, b, c, d = a ^ b ^ d, a ^ b ^ c, a ^ c ^ (b * 2**17 % WORD), rotate_left(b ^ d, 45)


if __name__ == "__main__":
    # The first outputs for the state 1, 2, 3, 4: the check that is passed around among implementations.
    check = xoshiro256_starstar([1, 2, 3, 4])
    assert [next(check) for _ in range(4)] == [11520, 0, 1509978240, 1215971899390074240]

    for seed in (0, 1, 42, -1, 2**63 - 1, -(2**63)):
        filled = split_mix(seed)
        numbers = xoshiro256_starstar([next(filled) for _ in range(4)])
        first = [next(numbers) for _ in range(5)]
        for _ in range(994):
            next(numbers)
        answers = ", ".join(f"0x{n:016X}" for n in first + [next(numbers)])
        print(f"    [InlineData({seed}L, {answers})]".replace("-9223372036854775808L", "long.MinValue"))

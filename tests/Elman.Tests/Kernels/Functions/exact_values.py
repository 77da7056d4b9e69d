"""Writes exact_values.txt: arguments, and the five functions there to twice the precision of a double.

A line holds the bits, in hexadecimal, of x and then of two doubles for each function, whose sum is the value.
Run: python3 exact_values.py [count] > exact_values.txt       (needs mpmath)
"""

import math
import random
import struct
import sys

from mpmath import mp, mpf

mp.prec = 1400  # e^-746 beside one

LN2 = math.log(2)


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def bits(x):
    return f"{struct.unpack('Q', struct.pack('d', x))[0]:016X}"


def rounded(value):
    """The nearest double; mpmath's own conversion rounds twice below the normal numbers."""
    if abs(value) >= mpf(2) ** -1022:
        return float(value)
    return math.ldexp(int(mp.nint(value * mpf(2) ** 1074)), -1074)


def pair(value):
    high = rounded(value)
    return bits(high), bits(0.0 if math.isinf(high) else rounded(value - mpf(high)))


def functions(x):
    x = mpf(x)
    e = mp.exp(x)
    return mp.tanh(x), e, 1 / (1 + mp.exp(-x)), e - 1, mp.log(1 + e)


def arguments(count):
    random.seed(20)
    for k in range(-60, 61):
        yield (k + 0.5) * LN2
        yield k * LN2
    for limit in (8.664, 10, 18, 18.7149, 20, 38, 80, 87.3365, 88.7228, 89, 103.97, 104, 700, 708.39, 709.78, 710, 745.1, 746):
        for x in (limit, -limit):
            yield x
            yield math.nextafter(x, math.inf)
            yield math.nextafter(x, -math.inf)
    for x in (2.0**-149, 2.0**-126, 2.0**-1022, 5e-324, 2.0**-60, 2.0**-25, 0.5, 1.0, 2.0):
        yield x
        yield -x
    for i in range(count):
        sign = random.choice((-1, 1))
        kind = i % 4
        if kind == 0:
            yield sign * math.exp(random.uniform(math.log(1e-10), math.log(700)))
        elif kind == 1:
            yield sign * random.uniform(0, 2)
        elif kind == 2:
            yield sign * random.uniform(0, 40)
        else:
            yield single(sign * random.uniform(0, 20))


if __name__ == "__main__":
    for x in arguments(int(sys.argv[1]) if len(sys.argv) > 1 else 600):
        print(bits(x), *(b for value in functions(x) for b in pair(value)))

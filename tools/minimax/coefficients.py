"""Prints every polynomial coefficient of src/Elman/Kernels/Functions as it stands there, and the error it brings.

Run: python3 tools/minimax/coefficients.py        (needs mpmath; numpy gives the shortest decimal form of a float)
"""

from mpmath import mp, mpf
import numpy as np

from remez import minimax

# A hair more than the range a reduction can leave, its own rounding included.
HALF_LN2 = mp.log(2) / 2 * (1 + mpf(10) ** -4)


def exp_tail(r):
    """(e^r - 1 - r)/r^2, by its series: the closed form cancels near zero."""
    return mp.polyval([1 / mp.factorial(k + 2) for k in range(30, -1, -1)], r)


def exp_tail_weight(r):
    """Turns an error of the tail into the relative error of e^r - 1 = r + r^2*tail."""
    return abs(r * exp_tail(r) / (1 + r * exp_tail(r))) if r else mpf(10) ** -30


def atanh_tail(z):
    """(atanh(s)/s - 1)/z where z = s^2."""
    if z < mpf(10) ** -20:
        return mpf(1) / 3 + z / 5
    s = mp.sqrt(z)
    return (mp.atanh(s) / s - 1) / z


def literal(c, single):
    """The shortest decimal that reads back as the constant rounded to the format."""
    return np.format_float_positional(np.float32(float(c))) if single else repr(float(c))


def show(name, single, f, low, high, degree, weight=lambda z: 1):
    p, error = minimax(f, low, high, degree, weight)
    print(f"{name}, {'float' if single else 'double'}, degree {degree}: error 2^{float(mp.log(error, 2)):.1f}; highest power first")
    for c in reversed(p):
        print(f"    {literal(c, single)}")


def split(name, value, bits, single):
    """value = high + low, where high has so few bits that its product with any exponent is exact."""
    scale = mpf(2) ** bits
    high = mp.nint(value * scale) / scale
    print(f"{name}, {'float' if single else 'double'}: high {literal(high, single)}, low {literal(value - high, single)}")


if __name__ == "__main__":
    split("ln 2", mp.log(2), 15, True)
    split("ln 2", mp.log(2), 41, False)
    print(f"1/ln 2: {literal(1 / mp.log(2), False)}")
    show("Exponential tail", True, exp_tail, -HALF_LN2, HALF_LN2, 4, exp_tail_weight)
    show("Exponential tail", False, exp_tail, -HALF_LN2, HALF_LN2, 10, exp_tail_weight)
    show("Area tangent tail", True, atanh_tail, 0, mpf(1) / 9, 4)
    show("Area tangent tail", False, atanh_tail, 0, mpf(1) / 9, 9)

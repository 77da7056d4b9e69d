"""The Remez exchange: the polynomial whose greatest relative error on an interval is least.

The theory is in J.-M. Muller, Elementary Functions: Algorithms and Implementation, 3rd ed. (2016), chapter 3.
"""

from mpmath import mp, mpf

mp.dps = 60


# Digits carried; the double constants need 17.
mp.dps = 50


def polynomial(coefficients, z):
    """The value at z; the lowest power comes first."""
    return mp.polyval(coefficients[::-1], z)


def level(f, weight, nodes):
    """The polynomial with weight*(P/f - 1) = +E, -E, +E, ... at the nodes; and E."""
    count = len(nodes)
    a, b = mp.matrix(count, count), mp.matrix(count, 1)
    for i, z in enumerate(nodes):
        for j in range(count - 1):
            a[i, j] = z**j
        a[i, count - 1] = -((-1) ** i) * f(z) / weight(z)
        b[i] = f(z)
    x = mp.lu_solve(a, b)
    return [x[j] for j in range(count - 1)], x[count - 1]


def extrema(error, low, high, samples):
    """Where |error| is greatest between one change of its sign and the next, both ends included."""
    places = [low + (high - low) * (1 - mp.cos(mp.pi * i / samples)) / 2 for i in range(samples + 1)]
    values = [error(z) for z in places]
    found, start = [], 0
    for i in range(1, samples + 2):
        if i <= samples and values[i] * values[start] > 0:
            continue
        k = max(range(start, i), key=lambda at: abs(values[at]))
        start = i
        left, right = places[max(k - 1, 0)], places[min(k + 1, samples)]
        for _ in range(50):
            third = (right - left) / 3
            if abs(error(left + third)) < abs(error(right - third)):
                left += third
            else:
                right -= third
        found.append((left + right) / 2)
    return found


def minimax(f, low, high, degree, weight=lambda z: 1):
    """The coefficients, lowest power first, and the greatest weight*|P/f - 1| on [low, high]."""
    low, high, count = mpf(low), mpf(high), degree + 2
    nodes = [low + (high - low) * (1 - mp.cos(mp.pi * (2 * i + 1) / (2 * count))) / 2 for i in range(count)]
    for _ in range(30):
        p, _level = level(f, weight, nodes)

        def error(z):
            return weight(z) * (polynomial(p, z) / f(z) - 1)

        nodes = extrema(error, low, high, 40 * count)
        if len(nodes) != count:
            raise ArithmeticError(f"{len(nodes)} extrema where {count} were expected")
        peaks = [abs(error(z)) for z in nodes]
        if max(peaks) <= min(peaks) * (1 + mpf(10) ** -6):
            return p, max(peaks)
    raise ArithmeticError("the exchange did not settle")

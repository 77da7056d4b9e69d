#!/usr/bin/python3
"""Dynamic time warping as a plain loop over the whole matrix, and ridge regression with its penalty chosen by leave-one-out by scikit-learn.

Run it without arguments; it needs NumPy and scikit-learn. It writes baselines_dtw.json and baselines_ridge.json. All inputs are multiples of
1/64, so they are exact in float.
"""

import json
import math

import numpy as np
from sklearn.linear_model import Ridge, RidgeCV


def warp(a, b, radius):
    """The least sum of squared distances; step i may meet step j where min(0, m - n) - radius <= j - i <= max(0, m - n) + radius."""
    n, m = len(a), len(b)
    d = np.full((n + 1, m + 1), np.inf)
    d[0, 0] = 0
    for i in range(n):
        for j in range(m):
            if min(0, m - n) - radius <= j - i <= max(0, m - n) + radius:
                d[i + 1, j + 1] = np.sum((a[i] - b[j]) ** 2) + min(d[i, j], d[i, j + 1], d[i + 1, j])
    return d[n, m]


def drawn(random, *shape):
    return random.integers(-128, 129, shape) / 64


def dtw_cases(random):
    for n, m, channels, window in [
            (1, 1, 1, 0), (1, 5, 2, 0), (5, 1, 2, 0), (2, 2, 1, 0), (2, 2, 1, 1), (8, 8, 1, 0), (8, 8, 1, 0.1), (9, 9, 3, 0.2), (20, 20, 1, 0.1),
            (20, 20, 2, 1), (12, 19, 1, 0), (19, 12, 1, 0), (12, 19, 4, 0.1), (19, 12, 4, 0.1), (7, 29, 12, 0.1), (29, 7, 12, 0.5), (33, 31, 1, 0.05),
            (30, 30, 1, 0.1)]:
        a, b = drawn(random, n, channels), drawn(random, m, channels)
        radius = math.ceil(round(window * max(n, m), 6))
        yield {"channels": channels, "window": window, "radius": radius, "a": a.ravel().tolist(), "b": b.ravel().tolist(), "distance": warp(a, b, radius)}


def ridge_cases(random):
    for n, features, outputs, noise in [(3, 1, 1, 1), (12, 4, 1, 0.5), (30, 5, 3, 1), (6, 10, 2, 0.3), (9, 9, 2, 1), (10, 9, 1, 0.1), (40, 3, 2, 30)]:
        x = drawn(random, n, features)
        y = np.round((x @ random.normal(size=(features, outputs)) + noise * random.normal(size=(n, outputs)) + 3) * 64) / 64
        alphas = n * 10.0 ** (-np.arange(-6, 13) / 2)
        together = RidgeCV(alphas).fit(x, y)
        each = RidgeCV(alphas, alpha_per_target=True).fit(x, y)
        left_out = np.zeros((n, outputs))
        for i in range(n):
            others = np.arange(n) != i
            left_out[i] = Ridge(together.alpha_).fit(x[others], y[others]).predict(x[[i]])[0]
        yield {
            "x": x.tolist(), "y": y.T.tolist(), "lambda": together.alpha_ / n, "lambdas": (np.atleast_1d(each.alpha_) / n).tolist(),
            "weights": np.atleast_2d(together.coef_).reshape(outputs, features).tolist(), "biases": np.atleast_1d(together.intercept_).tolist(),
            "leftOut": left_out.T.tolist()}


def write(name, cases):
    with open(f"{name}.json", "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if __name__ == "__main__":
    write("baselines_dtw", dtw_cases(np.random.default_rng(1)))
    write("baselines_ridge", ridge_cases(np.random.default_rng(2)))

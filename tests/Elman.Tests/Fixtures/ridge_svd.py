#!/usr/bin/python3
"""Ridge regression by singular values, its penalty chosen by the error of cases left out, in NumPy.

Run it without arguments; it needs NumPy and scikit-learn. It checks what cases are given without themselves against scikit-learn's RidgeCV,
and writes ridge_svd.json. Features and classes are drawn from seeds (drawn_numbers.py), alike in C#.
"""

import json
import pathlib

import numpy as np
from sklearn.linear_model import RidgeCV

from drawn_numbers import Numbers

PENALTIES = np.logspace(-4, 2, 13)


def draw(n, p, classes, seed):
    """Features that follow from eight causes, and noise; each case has the class of one of its causes."""
    numbers = Numbers(seed)
    causes, ways, noise = numbers.even(1.0, n, 8), numbers.even(1.0, 8, p), numbers.even(0.5, n, p)
    x = (causes @ ways + noise).astype(np.float32).astype(float)
    label = np.argmax(causes[:, :classes], axis=1)
    flipped = numbers.below(5, n) == 0
    label[flipped] = (label[flipped] + 1) % classes
    return x, np.eye(classes)[label]


def leave_one_out(x, y):
    """For every penalty what each case is given without itself; and the weights and biases of the features as they are."""
    n, p = x.shape
    mean, deviation, middle = x.mean(0), x.std(0), y.mean(0)
    left, singular, right = np.linalg.svd((x - mean) / deviation, full_matrices=False)
    real = singular > 1e-9 * singular[0]  # where n <= p, centring leaves one direction with nothing in it
    left, singular, right = left[:, real], singular[real], right[real]
    for penalty in PENALTIES:
        kept = singular**2 / (singular**2 + p * penalty)
        residual = y - middle - left @ (kept[:, None] * (left.T @ (y - middle)))
        leverage = 1 / n + left**2 @ kept
        weights = (right.T @ ((kept / singular)[:, None] * (left.T @ (y - middle)))) / deviation[:, None]
        yield y - residual / (1 - leverage)[:, None], weights, middle - mean @ weights


def check_against_scikit_learn(x, y, results):
    """RidgeCV adds alpha·‖w‖² to the sum of squares, so alpha = p·penalty; it learns standardised features."""
    z = (x - x.mean(0)) / x.std(0)
    try:
        found = RidgeCV(alphas=PENALTIES * x.shape[1], store_cv_results=True).fit(z, y).cv_results_
    except TypeError:
        found = RidgeCV(alphas=PENALTIES * x.shape[1], store_cv_values=True).fit(z, y).cv_values_
    ours = np.stack([(y - left_out) ** 2 for left_out, _, _ in results], axis=-1)
    assert np.allclose(found, ours, rtol=1e-6, atol=1e-9), np.abs(found - ours).max()


def main():
    cases = []
    for i, (n, p, classes) in enumerate([(12, 5, 2), (20, 19, 3), (20, 20, 2), (20, 40, 3), (60, 30, 4), (30, 200, 3), (200, 25, 2)]):
        x, y = draw(n, p, classes, seed=1000 + i)
        results = list(leave_one_out(x, y))
        check_against_scikit_learn(x, y, results)
        errors = [float(((y - left_out) ** 2).mean()) for left_out, _, _ in results]
        best = int(np.argmin(errors))
        left_out, weights, biases = results[best]
        cases.append({
            "rows": n, "features": p, "classes": classes, "seed": 1000 + i, "penalty": float(PENALTIES[best]), "errors": errors,
            "leftOut": left_out.ravel().tolist(), "weights": weights[: 5].ravel().tolist(), "biases": biases.tolist(),
        })
        print(n, p, classes, "penalty", PENALTIES[best], "error", errors[best])
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()

"""Figures of scikit-learn and intervals of SciPy for random predictions, as oracles of evaluations.

python3 evaluation_figures.py > evaluation_figures.json
"""
import json

import numpy as np
from scipy.stats import binomtest, norm, t
from sklearn.metrics import average_precision_score, balanced_accuracy_score, f1_score, log_loss, roc_auc_score

random = np.random.default_rng(11)


def case(count, classes, steps):
    labels = random.integers(0, classes, count)
    scores = random.random((count, classes)) + 0.8 * np.eye(classes)[labels]
    rows = np.round(scores / scores.sum(1, keepdims=True) * steps) / steps  # few different values, so that many are equal
    rows = (rows + 0.001) / (rows + 0.001).sum(1, keepdims=True)
    rows = rows.astype(np.float32)
    predicted = rows.argmax(1)
    return {
        "labels": labels.tolist(),
        "rows": rows.tolist(),
        "averagePrecision": [average_precision_score(labels == c, rows[:, c]) for c in range(classes)],
        "rocAuc": [roc_auc_score(labels == c, rows[:, c]) for c in range(classes)],
        "balancedAccuracy": balanced_accuracy_score(labels, predicted),
        "macroF1": f1_score(labels, predicted, average="macro"),
        "logLoss": -float(np.mean(np.log(rows[np.arange(count), labels].astype(float)))),
    }


wilson = []
for right, cases, level in [(0, 10, 0.95), (20, 20, 0.95), (7, 9, 0.9), (570, 600, 0.95), (1, 1000, 0.99)]:
    interval = binomtest(right, cases).proportion_ci(level, method="wilson")
    wilson.append([right, cases, level, interval.low, interval.high])

print(json.dumps({
    "cases": [case(40, 3, 8), case(25, 2, 5), case(200, 6, 20)],
    "wilson": wilson,
    "mcnemar": [[b, c, binomtest(min(b, c), b + c).pvalue] for b, c in [(1, 9), (5, 5), (0, 6), (30, 12), (200, 260)]],
    "normal": [[p, norm.ppf(p)] for p in [1e-6, 0.005, 0.025, 0.3, 0.5, 0.9, 0.975, 0.99999]],
    "student": [[p, n, t.ppf(p, n)] for p in [0.95, 0.975, 0.995] for n in [3, 5, 10, 30]],
}, indent=1))

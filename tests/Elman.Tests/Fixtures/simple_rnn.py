#!/usr/bin/python3
"""The simple recurrent classifier in NumPy: the oracle the C# tests are held against.

Run it without arguments; it needs only NumPy. It checks its own gradients against central
differences, then writes two files beside itself:

    simple_rnn.json   one entry per case: name, activation, sizes, seed
    simple_rnn.bin    the expected results of all cases in turn, little-endian float64

Inputs, labels and initial weights are not stored. Both sides draw them from the seed with the
same integer generator; every number drawn is exact in float as well as in double.
With another build of NumPy the results may differ in their last bits, far below any tolerance.
"""

import json
from pathlib import Path

import numpy as np

from drawn_numbers import Numbers, deal, scale

# --- Activations: f and its derivative, both as functions of the sum a ---------------------------

ALPHA, BETA = 1.7159, 2 / 3


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


ACTIVATIONS = {
    "tanh": (np.tanh, lambda a: 1 - np.tanh(a) ** 2),
    "sigmoid": (sigmoid, lambda a: sigmoid(a) * (1 - sigmoid(a))),
    "relu": (lambda a: np.maximum(a, 0), lambda a: np.where(a > 0, 1.0, 0.0)),
    "identity": (lambda a: a, np.ones_like),
    "softsign": (lambda a: a / (1 + abs(a)), lambda a: 1 / (1 + abs(a)) ** 2),
    "softplus": (lambda a: np.logaddexp(a, 0), sigmoid),
    "elu": (lambda a: np.where(a > 0, a, np.expm1(a)), lambda a: np.where(a > 0, 1.0, np.exp(a))),
    "leaky-relu": (lambda a: np.where(a > 0, a, 0.01 * a), lambda a: np.where(a > 0, 1.0, 0.01)),
    "hard-sigmoid": (lambda a: np.clip(0.2 * a + 0.5, 0, 1), lambda a: np.where(abs(a) < 2.5, 0.2, 0.0)),
    "affine": (lambda a: a, np.ones_like),
    "thresholded-relu": (lambda a: np.where(a >= 1, a, 0.0), lambda a: np.where(a >= 1, 1.0, 0.0)),
    "scaled-tanh": (lambda a: ALPHA * np.tanh(BETA * a), lambda a: ALPHA * BETA * (1 - np.tanh(BETA * a) ** 2)),
}

# Where the derivative jumps, or the function itself.
KINKS = {"relu": [0.0], "leaky-relu": [0.0], "hard-sigmoid": [-2.5, 2.5], "thresholded-relu": [1.0]}

# --- The network ---------------------------------------------------------------------------------

LEARNING_RATE = 0.01
UPDATES = 20


def states_of(x, wx, wh, b, f):
    """The sums a_1 … a_T and the states h_0 … h_T, each [batch, nodes], of inputs [batch, steps, features]."""
    sums, states = [], [np.zeros((len(x), len(wh)))]
    for t in range(x.shape[1]):
        sums.append(x[:, t] @ wx + states[-1] @ wh + b)
        states.append(f(sums[-1]))
    return sums, states


def forward(weights, x, f):
    """The sums, the states and the probabilities [batch, outputs]."""
    wx, wh, b, w_out, b_out = weights
    sums, states = states_of(x, wx, wh, b, f)
    logits = states[-1] @ w_out + b_out
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return sums, states, e / e.sum(axis=1, keepdims=True)


def cross_entropy(y_pred, y_true):
    """The mean over the batch."""
    return -np.sum(y_true * np.log(y_pred)) / len(y_true)


def backward(weights, x, y_true, sums, states, y_pred, df):
    """The gradients of the loss in the order of the weights, by back-propagation through every step."""
    wx, wh, b, w_out, _ = weights
    d_logits = (y_pred - y_true) / len(x)
    d_wx, d_wh, d_b = np.zeros_like(wx), np.zeros_like(wh), np.zeros_like(b)
    d_h = d_logits @ w_out.T
    for t in reversed(range(x.shape[1])):
        d_a = d_h * df(sums[t])
        d_wx += x[:, t].T @ d_a
        d_wh += states[t].T @ d_a  # states[t] is the state before this step
        d_b += d_a.sum(axis=0)
        d_h = d_a @ wh.T
    return [d_wx, d_wh, d_b, states[-1].T @ d_logits, d_logits.sum(axis=0)]


def run(case, weights, x, y_true):
    """The results in the order they are written, and how near any sum of any update comes to a kink."""
    f, df = ACTIVATIONS[case["activation"]]
    losses, clearance, first = [], np.inf, None
    for _ in range(UPDATES):
        sums, states, y_pred = forward(weights, x, f)
        gradients = backward(weights, x, y_true, sums, states, y_pred, df)
        losses.append(cross_entropy(y_pred, y_true))
        first = first or [y_pred, states[-1], losses[0], *gradients]
        for kink in KINKS.get(case["activation"], []):
            clearance = min(clearance, np.abs(np.array(sums) - kink).min())
        weights = [w - LEARNING_RATE * g for w, g in zip(weights, gradients)]
    return [*first, *weights, losses], clearance


# --- The cases -----------------------------------------------------------------------------------


def draw(case):
    """Initial weights, inputs and one-hot labels."""
    numbers = Numbers(case["seed"])
    features, nodes, outputs = case["features"], case["nodes"], case["outputs"]

    weights = [
        numbers.even(scale(features), features, nodes),
        numbers.even(scale(nodes), nodes, nodes),
        numbers.even(0.5, nodes),
        numbers.even(4 * scale(nodes), nodes, outputs),
        numbers.even(0.5, outputs),
    ]
    x = numbers.even(4.0, case["batch"], case["steps"], features)
    return weights, x, np.eye(outputs)[numbers.below(outputs, case["batch"])]


def cases():
    """Each activation in turn, each size in its turn on every axis."""
    count, numbers = 4 * len(ACTIVATIONS), Numbers(1990)
    sizes = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65]
    columns = {
        "activation": list(ACTIVATIONS) * 4,
        "features": deal(sizes, count, numbers),
        "nodes": deal(sizes, count, numbers),
        "outputs": deal([1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 16, 17, 20, 33, 65], count, numbers),
        "batch": deal([1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33], count, numbers),
        "steps": deal([1, 2, 3, 4, 5, 7, 8, 10, 13, 16, 21, 25, 31, 37, 40], count, numbers),
    }
    for i in range(count):
        case = {column: values[i] for column, values in columns.items()}
        name = "{i:02}-{activation}-f{features}-n{nodes}-o{outputs}-b{batch}-s{steps}".format(i=i, **case)
        yield {"name": name, **case, "seed": 1000 * i}


# --- The checks on the oracle itself -------------------------------------------------------------


def check_gradients(case, weights, x, y_true, gradients):
    """Central differences on up to 40 places of every array."""
    f, _ = ACTIVATIONS[case["activation"]]
    step = 2.0**-21
    for name, w, gradient in zip(["Wx", "Wh", "B", "WOut", "BOut"], weights, gradients):
        for i in np.unique(np.linspace(0, w.size - 1, 40).astype(int)):
            kept, losses = w.flat[i], []
            for moved in (kept + step, kept - step):
                w.flat[i] = moved
                losses.append(cross_entropy(forward(weights, x, f)[2], y_true))
            w.flat[i] = kept
            difference = (losses[0] - losses[1]) / (2 * step)
            error = abs(difference - gradient.flat[i])
            assert error < 1e-8 + 1e-7 * abs(gradient).max(), (case["name"], name, i, difference, gradient.flat[i])


def check_worked_example():
    x = np.array([[[1, 2], [2, 3], [3, 4]]]) / 100
    wx = np.array([[1, 3, 5, 7], [3, 5, 7, 8]]) / 100
    wh = np.array([[1, 3, 5, 7], [2, 4, 6, 8], [3, 5, 7, 8], [4, 6, 8, 10]]) / 100
    last = states_of(x, wx, wh, 1, np.tanh)[1][-1][0]
    assert np.allclose(last, [0.79494228, 0.81839002, 0.83939649, 0.85584174], rtol=0, atol=5e-9), last
    print("worked example:", ", ".join(map(repr, last.tolist())))


def main():
    check_worked_example()
    folder, index, values = Path(__file__).parent, [], []
    for case in cases():
        # Take the first seed that keeps every sum clear of the kinks, so that float and double
        # (and both ends of a central difference) lie on the same side.
        while True:
            weights, x, y_true = draw(case)
            results, clearance = run(case, weights, x, y_true)
            if clearance > 4e-6:
                break
            case["seed"] += 1
        check_gradients(case, weights, x, y_true, results[3:8])
        index.append(case)
        values += [np.ravel(result) for result in results]
        print(case["name"], "seed", case["seed"], "loss", results[2], "->", results[-1][-1])
    lines = ",\n".join("  " + json.dumps(case) for case in index)
    (folder / "simple_rnn.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    (folder / "simple_rnn.bin").write_bytes(np.concatenate(values).astype("<f8").tobytes())


if __name__ == "__main__":
    main()

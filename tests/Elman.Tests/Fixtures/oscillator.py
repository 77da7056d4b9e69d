#!/usr/bin/python3
"""The reservoir of linear oscillators in NumPy with complex numbers, step by step, with all its gradients: training does not use them, but
the cell has them. What the readouts count is in oscillator_counts.py.

Run it without arguments; it needs only NumPy. It checks its gradients against central differences and writes oscillator.json and
oscillator.bin (see cell_cases.py).
"""

import numpy as np

import cell_cases
import cell_variants


def weights_of(w, name="rnn.0"):
    """lambda, mu and c of every unit."""
    parts = np.split(w[f"{name}.u"], 6)
    return [parts[i] + 1j * parts[i + 1] for i in (0, 2, 4)]


def forward(case, w, x):
    decay, second, phase = weights_of(w)
    s = r = np.zeros(case["nodes"], complex)
    steps = []
    y = np.zeros(case["nodes"])
    for x_t in x:
        before = (x_t, s, r)
        s = decay * s + x_t @ w["rnn.0.wx"] + w["rnn.0.b"]
        r = second * r + s
        y = (phase * r).real
        steps.append((*before, r))
    return [y], steps


def backward(case, w, steps, dy, d):
    # The gradient by a complex number z stands for dL/d(Re z) + i dL/d(Im z).
    decay, second, phase = weights_of(w)
    ds = dr = np.zeros(case["nodes"], complex)
    for x_t, s, r, r_next in reversed(steps):
        dr = dr + dy * phase.conj()
        ds = ds + dr
        by = [ds * s.conj(), dr * r.conj(), dy * r_next.conj()]
        d["rnn.0.u"] += np.concatenate([part for z in by for part in (z.real, z.imag)])
        d["rnn.0.wx"] += np.outer(x_t, ds.real)
        d["rnn.0.b"] += ds.real
        ds, dr = ds * decay.conj(), dr * second.conj()
        dy = np.zeros_like(dy)


def main():
    cell_variants.CELLS["oscillator"] = (forward, backward)
    index, values = [], []
    for i, batch in enumerate(cell_cases.batches(7, seed=4000, nodes=[1, 2, 5, 8, 16, 17, 33])):
        case = cell_cases.new_case(i, "oscillator", "oscillator", {}, batch, seed=1000 * (i + 1) + 500)
        outcomes, trained = cell_cases.train(case, cell_variants.evaluate)
        while outcomes[0]["loss"] > 3.5:  # the updates would be leaps, in which float soon goes its own way
            case["seed"] += 1
            outcomes, trained = cell_cases.train(case, cell_variants.evaluate)
        cell_variants.check_gradients(case, outcomes[0]["gradients"])
        index.append(case)
        values.append(cell_cases.results(outcomes, trained))
        print(case["name"], "seed", case["seed"], "loss", outcomes[0]["loss"], "->", outcomes[-1]["loss"])
    cell_cases.write("oscillator", index, values)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""The leaky units of an echo-state network (Jaeger and others, 2007), in NumPy, step by step, with all their gradients: training does
not use those of the reservoir, but the cell has them.

Run it without arguments; it needs only NumPy. It checks its gradients against central differences, its units without leak against the
simple recurrent network of PyTorch (torch_cells.bin), and writes echo_state.json and echo_state.bin (see cell_cases.py).
"""

import numpy as np

import cell_cases
import cell_variants


def leaky_forward(case, w, x):
    leak, h, steps = case["leakRate"], np.zeros(case["nodes"]), []
    for x_t in x:
        f = np.tanh(x_t @ w["rnn.0.wx"] + h @ w["rnn.0.wh"] + w["rnn.0.b"])
        steps.append((x_t, h, f))
        h = (1 - leak) * h + leak * f
    return [h], steps


def leaky_backward(case, w, steps, dh, d):
    leak = case["leakRate"]
    for x_t, h, f in reversed(steps):
        da = dh * leak * (1 - f * f)
        d["rnn.0.wx"] += np.outer(x_t, da)
        d["rnn.0.wh"] += np.outer(h, da)
        d["rnn.0.b"] += da
        dh = (1 - leak) * dh + da @ w["rnn.0.wh"].T


def check_against_torch():
    cell_variants.CELLS["rnn"] = (leaky_forward, leaky_backward)
    for case, stored in cell_cases.read("torch_cells"):
        if case["cell"] == "rnn":
            computed = cell_cases.results(*cell_cases.train(case | {"leakRate": 1}, cell_variants.evaluate))
            assert np.allclose(computed, stored, rtol=1e-10, atol=1e-13), case["name"]
            print(case["name"], "as PyTorch has it, within", np.abs(computed - stored).max())


def main():
    check_against_torch()
    cell_variants.CELLS["esn"] = (leaky_forward, leaky_backward)
    index, values = [], []
    for i, batch in enumerate(cell_cases.batches(7, seed=3000, nodes=[1, 2, 5, 8, 16, 17, 33])):
        case = cell_cases.new_case(i, "esn", "esn", {"leakRate": [0.25, 0.0625, 1.0][i % 3]}, batch, seed=1000 * (i + 1))
        outcomes, trained = cell_cases.train(case, cell_variants.evaluate)
        while outcomes[0]["loss"] > 3.5:  # the updates would be leaps, in which float soon goes its own way
            case["seed"] += 1
            outcomes, trained = cell_cases.train(case, cell_variants.evaluate)
        cell_variants.check_gradients(case, outcomes[0]["gradients"])
        index.append(case)
        values.append(cell_cases.results(outcomes, trained))
        print(case["name"], "seed", case["seed"], "loss", outcomes[0]["loss"], "->", outcomes[-1]["loss"])
    cell_cases.write("echo_state", index, values)


if __name__ == "__main__":
    main()

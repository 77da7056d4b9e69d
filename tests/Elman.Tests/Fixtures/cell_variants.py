#!/usr/bin/python3
"""The cells that PyTorch does not have, in NumPy, step by step: GRU with its reset before the product, LSTM with
peepholes (Gers, Schraudolph and Schmidhuber, 2002), with coupled gates (Greff and others, 2017) and with limited gates, minimal
GRU and LSTM (Feng and others, 2024), the independently recurrent network (Li and others, 2018).

Run it without arguments; it needs only NumPy. With names of cells, as in `cell_variants.py mingru`, it computes only their cases and
leaves the results of the others as they are. It checks its gradients against central differences, its plain LSTM against the
results of PyTorch (torch_cells.bin), and writes cell_variants.json and cell_variants.bin (see cell_cases.py).
"""

import sys

import numpy as np

import cell_cases


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


# --- GRU, reset before ---------------------------------------------------------------------------
# Every cell is a pair of functions: one sequence forward, giving its last states and all steps; and back, adding to gradients d.


def gru_forward(case, w, x):
    wx, (whr, whz, whn), b = w["rnn.0.wx"], np.split(w["rnn.0.wh"], 3, axis=1), w["rnn.0.b"]
    h, steps = np.zeros(case["nodes"]), []
    for x_t in x:
        xr, xz, xn = np.split(x_t @ wx + b, 3)
        r = sigmoid(xr + h @ whr)
        z = sigmoid(xz + h @ whz)
        n = np.tanh(xn + (r * h) @ whn)
        steps.append((x_t, h, r, z, n))
        h = (1 - z) * n + z * h
    return [h], steps


def gru_backward(case, w, steps, dh, d):
    wh = w["rnn.0.wh"]
    whr, whz, whn = np.split(wh, 3, axis=1)
    for x_t, h, r, z, n in reversed(steps):
        # h' = (1 - z)·n + z·h
        da_z = dh * (h - n) * z * (1 - z)
        da_n = dh * (1 - z) * (1 - n * n)
        d_rh = da_n @ whn.T
        da_r = d_rh * h * r * (1 - r)
        da = np.concatenate([da_r, da_z, da_n])
        d["rnn.0.wx"] += np.outer(x_t, da)
        d["rnn.0.b"] += da
        d["rnn.0.wh"] += np.concatenate([np.outer(h, da_r), np.outer(h, da_z), np.outer(r * h, da_n)], axis=1)
        dh = dh * z + d_rh * r + da_r @ whr.T + da_z @ whz.T


# --- LSTM, with all that may be chosen -----------------------------------------------------------


def limit(case):
    return case.get("gateClip", np.inf)


def lstm_forward(case, w, x):
    nodes, coupled = case["nodes"], case.get("coupledGates", False)
    wx, wh, b = w["rnn.0.wx"], w["rnn.0.wh"], w["rnn.0.b"]
    p_i, p_f, p_o = peepholes(case, w)

    def clip(a):
        return np.clip(a, -limit(case), limit(case))

    h, c, steps = np.zeros(nodes), np.zeros(nodes), []
    for x_t in x:
        a = np.split(x_t @ wx + h @ wh + b, 3 if coupled else 4)
        a_i, a_g, a_o = a[0], a[-2], a[-1]
        a_i = a_i + p_i * c
        i = sigmoid(clip(a_i))
        if coupled:
            f = 1 - i
        else:
            a_f = a[1] + p_f * c
            f = sigmoid(clip(a_f))
        g = np.tanh(clip(a_g))
        c_next = f * c + i * g
        a_o = a_o + p_o * c_next
        o = sigmoid(clip(a_o))
        sums = (a_i, a_g, a_o) if coupled else (a_i, a_f, a_g, a_o)
        steps.append((x_t, h, c, c_next, i, f, g, o, sums))
        h, c = o * np.tanh(c_next), c_next
    return [h, c], steps


def lstm_backward(case, w, steps, dh, d):
    coupled = case.get("coupledGates", False)
    p_i, p_f, p_o = peepholes(case, w)
    dc = np.zeros_like(dh)
    for x_t, h, c, c_next, i, f, g, o, sums in reversed(steps):
        passes = [np.abs(a) < limit(case) for a in sums]  # where it was limited, a sum moves nothing
        # h' = o·tanh(c')
        tanh_c = np.tanh(c_next)
        da_o = dh * tanh_c * o * (1 - o) * passes[-1]
        dc = dc + dh * o * (1 - tanh_c**2) + da_o * p_o
        # c' = f·c + i·g
        da_g = dc * i * (1 - g * g) * passes[-2]
        if coupled:
            da_i = dc * (g - c) * i * (1 - i) * passes[0]
            da_f = 0
            da = [da_i, da_g, da_o]
            dp = [da_i * c, da_o * c_next]
        else:
            da_i = dc * g * i * (1 - i) * passes[0]
            da_f = dc * c * f * (1 - f) * passes[1]
            da = [da_i, da_f, da_g, da_o]
            dp = [da_i * c, da_f * c, da_o * c_next]
        da = np.concatenate(da)
        d["rnn.0.wx"] += np.outer(x_t, da)
        d["rnn.0.wh"] += np.outer(h, da)
        d["rnn.0.b"] += da
        if "rnn.0.p" in d:
            d["rnn.0.p"] += np.concatenate(dp)
        dh = da @ w["rnn.0.wh"].T
        dc = dc * f + da_i * p_i + da_f * p_f


def peepholes(case, w):
    """p_i, p_f, p_o; zero where there are none."""
    if "rnn.0.p" not in w:
        return 0, 0, 0
    p = np.split(w["rnn.0.p"], 2 if case.get("coupledGates", False) else 3)
    return p[0], (0 if len(p) == 2 else p[1]), p[-1]


# --- Minimal GRU and LSTM ------------------------------------------------------------------------


def shares(case, a):
    """What a minimal cell keeps and writes of its unit, and how both change with the pre-activations of its gates."""
    if case["cell"] == "mingru":
        z = sigmoid(a[0])
        return 1 - z, z, [-z * (1 - z)]
    f, i = sigmoid(a[0]), sigmoid(a[1])
    return f / (f + i), i / (f + i), [i / (f + i) ** 2 * f * (1 - f), -f / (f + i) ** 2 * i * (1 - i)]


def minimal_forward(case, w, x):
    h, steps = np.zeros(case["nodes"]), []
    for x_t in x:
        a = np.split(x_t @ w["rnn.0.wx"] + w["rnn.0.b"], len(w["rnn.0.b"]) // case["nodes"])
        kept, written, slopes = shares(case, a)
        steps.append((x_t, h, a[-1], kept, written, slopes))
        h = kept * h + written * a[-1]
    return [h], steps


def minimal_backward(case, w, steps, dh, d):
    for x_t, h, n, kept, written, slopes in reversed(steps):
        da = np.concatenate([dh * (h - n) * slope for slope in slopes] + [dh * written])
        d["rnn.0.wx"] += np.outer(x_t, da)
        d["rnn.0.b"] += da
        dh = dh * kept


# --- Independently recurrent ---------------------------------------------------------------------


def independent_forward(case, w, x):
    h, steps = np.zeros(case["nodes"]), []
    for x_t in x:
        steps.append((x_t, h))
        h = np.tanh(x_t @ w["rnn.0.wx"] + w["rnn.0.u"] * h + w["rnn.0.b"])
    return [h], [(*step, after) for step, after in zip(steps, [step[1] for step in steps[1:]] + [h])]


def independent_backward(case, w, steps, dh, d):
    for x_t, h, after in reversed(steps):
        da = dh * (1 - after * after)
        d["rnn.0.wx"] += np.outer(x_t, da)
        d["rnn.0.b"] += da
        d["rnn.0.u"] += da * h
        dh = da * w["rnn.0.u"]


# --- The network ---------------------------------------------------------------------------------

CELLS = {
    "gru": (gru_forward, gru_backward),
    "lstm": (lstm_forward, lstm_backward),
    "mingru": (minimal_forward, minimal_backward),
    "minlstm": (minimal_forward, minimal_backward),
    "indrnn": (independent_forward, independent_backward),
}


def forward(case, weights, sequences, labels):
    """Logits, last states, steps of every sequence, probabilities and the loss."""
    run, _ = CELLS[case["cell"]]
    states, steps = zip(*(run(case, weights, x) for x in sequences))
    states = [np.array(state) for state in zip(*states)]
    logits = states[0] @ weights["output.w"] + weights["output.b"]
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logits, states, steps, np.exp(log_p), -log_p[np.arange(len(labels)), labels].mean()


def evaluate(case, weights, sequences, labels):
    logits, states, steps, p, loss = forward(case, weights, sequences, labels)
    d_logits = (p - np.eye(case["outputs"])[labels]) / len(labels)
    d = {name: np.zeros_like(w) for name, w in weights.items()}
    d["output.w"] += states[0].T @ d_logits
    d["output.b"] += d_logits.sum(axis=0)
    _, back = CELLS[case["cell"]]
    for own_steps, dh in zip(steps, d_logits @ weights["output.w"].T):
        back(case, weights, own_steps, dh, d)
    return {"logits": logits, "states": states, "loss": loss, "gradients": d, "steps": steps}


# --- The cases -----------------------------------------------------------------------------------

VARIANTS = [
    ("gru-before", "gru", {"gruReset": "before"}),
    ("lstm-peepholes", "lstm", {"peepholes": True}),
    ("lstm-coupled", "lstm", {"coupledGates": True}),
    ("lstm-clip", "lstm", {"gateClip": 1.0}),
    ("lstm-peepholes-clip", "lstm", {"peepholes": True, "gateClip": 1.0}),
    ("lstm-all", "lstm", {"peepholes": True, "coupledGates": True, "gateClip": 1.0}),
    ("mingru", "mingru", {}),
    ("minlstm", "minlstm", {}),
    ("indrnn", "indrnn", {}),
]


def cases():
    i = 0
    for name, cell, options in VARIANTS:
        for batch in cell_cases.batches(7, seed=2000 + i, nodes=[1, 2, 5, 8, 16, 17, 33]):
            yield cell_cases.new_case(i, name, cell, options, batch, seed=1000 * (i + 1))
            i += 1


def is_clear(case, outcomes):
    """Whether some sums pass and some are limited, and none of any update is so near the limit that float might see it otherwise.

    Nor may the first loss be so far out that the updates are leaps, in which float soon goes its own way.
    """
    if outcomes[0]["loss"] > 3.5:
        return False
    if "gateClip" not in case:
        return True
    sums = [np.ravel(step[-1]) for outcome in outcomes for steps in outcome["steps"] for step in steps]
    distance = np.abs(np.concatenate(sums)) - case["gateClip"]
    return np.abs(distance).min() > 1e-5 and (distance > 0).any() and (distance < 0).any()


# --- The checks on the oracle itself -------------------------------------------------------------


def check_gradients(case, gradients):
    """Central differences on up to 40 places of every tensor."""
    weights, sequences, labels = cell_cases.draw(case)
    step = 2.0**-21
    for name, w in weights.items():
        for i in np.unique(np.linspace(0, w.size - 1, 40).astype(int)):
            kept, losses = w.flat[i], []
            for moved in (kept + step, kept - step):
                w.flat[i] = moved
                losses.append(forward(case, weights, sequences, labels)[-1])
            w.flat[i] = kept
            difference, gradient = (losses[0] - losses[1]) / (2 * step), gradients[name]
            error = abs(difference - gradient.flat[i])
            assert error < 1e-8 + 1e-7 * abs(gradient).max(), (case["name"], name, i, difference, gradient.flat[i])


def check_against_torch():
    for case, stored in cell_cases.read("torch_cells"):
        if case["cell"] == "lstm":
            computed = cell_cases.results(*cell_cases.train(case, evaluate))
            assert np.allclose(computed, stored, rtol=1e-10, atol=1e-13), case["name"]
            print(case["name"], "as PyTorch has it, within", np.abs(computed - stored).max())


def main():
    check_against_torch()
    chosen = sys.argv[1:]
    stored = {case["name"]: (case, results) for case, results in cell_cases.read("cell_variants")} if chosen else {}
    index, values = [], []
    for case in cases():
        if chosen and case["cell"] not in chosen:
            case, results = stored[case["name"]]
            index.append(case)
            values.append(results)
            continue
        while True:
            outcomes, trained = cell_cases.train(case, evaluate)
            if is_clear(case, outcomes):
                break
            case["seed"] += 1
        check_gradients(case, outcomes[0]["gradients"])
        index.append(case)
        values.append(cell_cases.results(outcomes, trained))
        print(case["name"], "seed", case["seed"], "loss", outcomes[0]["loss"], "->", outcomes[-1]["loss"])
    cell_cases.write("cell_variants", index, values)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""What cells may be told to do that PyTorch's layers can't: other functions in GRU and LSTM, layer normalisation, the linear recurrent
unit. Written step by step from their equations, in double precision; the gradients are PyTorch's own, by automatic differentiation.

Run it without arguments; it needs NumPy and PyTorch. It writes autograd_cells.json and autograd_cells.bin (see cell_cases.py).
"""

import numpy as np
import torch
from torch.nn import functional

import cell_cases

FUNCTIONS = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "identity": lambda a: a,
    "softsign": functional.softsign,
    "softplus": lambda a: functional.softplus(a, threshold=1e9),
    "elu(0.75)": lambda a: functional.elu(a, alpha=0.75),
    "leaky-relu(0.125)": lambda a: functional.leaky_relu(a, negative_slope=0.125),
    "hard-sigmoid(0.25, 0.5)": lambda a: torch.clamp(0.25 * a + 0.5, 0, 1),
    "scaled-tanh(1.5, 0.5)": lambda a: 1.5 * torch.tanh(0.5 * a),
    "affine(0.75, 0.125)": lambda a: 0.75 * a + 0.125,
    "thresholded-relu(0.125)": lambda a: torch.where(a >= 0.125, a, 0.0),
}


def function(case, name, usual):
    return FUNCTIONS[case.get(name, usual)]


def normalized(case, w, a, gate):
    """One gate's sum of products, [nodes], with gain and bias; or with the bias alone."""
    nodes = case["nodes"]
    here = slice(gate * nodes, (gate + 1) * nodes)
    if case.get("layerNorm", False):
        return functional.layer_norm(a, (nodes,), eps=1e-5) * w["rnn.0.norm"][here] + w["rnn.0.b"][here]
    return a + w["rnn.0.b"][here]


def rnn(case, w, x):
    h = torch.zeros(case["nodes"])
    for x_t in x:
        h = torch.tanh(normalized(case, w, x_t @ w["rnn.0.wx"] + h @ w["rnn.0.wh"], 0))
    return h, [h]


def gru(case, w, x):
    f, g = function(case, "gateActivation", "sigmoid"), function(case, "candidateActivation", "tanh")
    wx, wh = w["rnn.0.wx"].chunk(3, dim=1), w["rnn.0.wh"].chunk(3, dim=1)
    h = torch.zeros(case["nodes"])
    for x_t in x:
        r, z = (f(normalized(case, w, x_t @ wx[gate] + h @ wh[gate], gate)) for gate in (0, 1))
        if case.get("gruReset") == "before":
            n = g(normalized(case, w, x_t @ wx[2] + (r * h) @ wh[2], 2))
        else:
            n = g(normalized(case, w, x_t @ wx[2], 2) + r * normalized(case, w, h @ wh[2], 3))
        h = (1 - z) * n + z * h
    return h, [h]


def lstm(case, w, x):
    f, g, out = (function(case, name, usual) for name, usual in (("gateActivation", "sigmoid"), ("candidateActivation", "tanh"), ("outputActivation", "tanh")))
    coupled, limit = case.get("coupledGates", False), case.get("gateClip", np.inf)
    gates = ["i", "g", "o"] if coupled else ["i", "f", "g", "o"]
    looking = [gate for gate in gates if gate != "g"]
    peepholes = dict(zip(looking, w["rnn.0.p"].chunk(len(looking)))) if case.get("peepholes", False) else {}
    wx, wh = w["rnn.0.wx"].chunk(len(gates), dim=1), w["rnn.0.wh"].chunk(len(gates), dim=1)
    h, c = torch.zeros(case["nodes"]), torch.zeros(case["nodes"])
    for x_t in x:
        a = {gate: normalized(case, w, x_t @ wx[i] + h @ wh[i], i) for i, gate in enumerate(gates)}

        def opened(gate, memory, by):
            return by(torch.clamp(a[gate] + peepholes.get(gate, torch.zeros(1)) * memory, -limit, limit))

        i = opened("i", c, f)
        kept = 1 - i if coupled else opened("f", c, f)
        c = kept * c + i * opened("g", c, g)
        h = opened("o", c, f) * out(c)
    return h, [h, c]


def lru(case, w, x):
    turn = torch.exp(torch.complex(-torch.exp(w["rnn.0.nu"]), torch.exp(w["rnn.0.theta"])))
    s = torch.zeros(case["nodes"], dtype=torch.complex128)
    for x_t in x:
        real, imaginary = (x_t @ w["rnn.0.wx"] + w["rnn.0.b"]).chunk(2)
        s = turn * s + torch.exp(w["rnn.0.gamma"]) * torch.complex(real, imaginary)
    state = torch.cat([s.real, s.imag])
    v, gate = (state @ w[f"rnn.0.{name}.w"] + w[f"rnn.0.{name}.b"] for name in ("value", "gate"))
    past = x[-1] @ w["rnn.0.skip.w"] + w["rnn.0.skip.b"] if "rnn.0.skip.w" in w else x[-1]
    return functional.layer_norm(v * torch.sigmoid(gate), (case["nodes"],), eps=1e-5) * w["rnn.0.norm.gain"] + past, [s.real, s.imag]


CELLS = {"rnn": rnn, "gru": gru, "lstm": lstm, "lru": lru}


def evaluate(case, weights, sequences, labels):
    w = {name: torch.tensor(array, requires_grad=True) for name, array in weights.items()}
    results = [CELLS[case["cell"]](case, w, torch.tensor(x)) for x in sequences]
    logits = torch.stack([h for h, _ in results]) @ w["output.w"] + w["output.b"]
    loss = functional.cross_entropy(logits, torch.tensor(labels))
    loss.backward()
    return {
        "logits": logits.detach().numpy(),
        "states": [torch.stack(states).detach().numpy() for states in zip(*(states for _, states in results))],
        "loss": loss.item(),
        "gradients": {name: tensor.grad.numpy() for name, tensor in w.items()},
    }


def options():
    """What is chosen, with the cell: every function as a candidate's and an output's, of gates those that stay within bounds; normalisation beside all else that changes a gate."""
    names, bounded = list(FUNCTIONS), ["hard-sigmoid(0.25, 0.5)", "sigmoid", "softsign", "tanh"]
    for i in range(len(names)):
        f, g, out = bounded[i % 4], names[i], names[(i + 7) % len(names)]
        yield "gru", {"gateActivation": bounded[i % 2], "candidateActivation": g} | ({"gruReset": "before"} if i % 2 else {})
        yield "lstm", {"gateActivation": f, "candidateActivation": g, "outputActivation": out} | [{}, {"peepholes": True}, {"coupledGates": True}][i % 3]
    yield "lstm", {"gateActivation": "hard-sigmoid(0.25, 0.5)", "peepholes": True, "coupledGates": True, "gateClip": 0.8}
    for cell, chosen in [("rnn", {}), ("gru", {}), ("gru", {"gruReset": "before"}), ("lstm", {}), ("lstm", {"peepholes": True}), ("lstm", {"coupledGates": True, "gateClip": 0.8})]:
        yield cell, chosen | {"layerNorm": True}
        yield cell, chosen | {"layerNorm": True}
    for _ in range(8):
        yield "lru", {}


def cases():
    chosen = list(options())
    for i, ((cell, more), batch) in enumerate(zip(chosen, cell_cases.batches(len(chosen), 2023, nodes=[5, 8, 9, 16, 17, 33]))):
        words = [word for word, sign in (("functions", "gateActivation"), ("before", "gruReset"), ("peepholes", "peepholes"), ("coupled", "coupledGates"), ("clip", "gateClip"), ("norm", "layerNorm")) if sign in more]
        if cell == "lru" and i % 2:
            batch["features"] = batch["nodes"]  # so that the inputs themselves lead past
        yield cell_cases.new_case(i, "-".join([cell, "autograd", *words]), cell, more, batch, seed=1000 + i)


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    index, values = list(cases()), []
    for case in index:
        outcomes, trained = cell_cases.train(case, evaluate)
        values.append(cell_cases.results(outcomes, trained))
        assert np.all(np.isfinite(values[-1])) and np.max(np.abs(values[-1])) < 1e3, case["name"]
        print(case["name"], "loss", outcomes[0]["loss"], "->", outcomes[-1]["loss"])
    cell_cases.write("autograd_cells", index, values)


if __name__ == "__main__":
    main()

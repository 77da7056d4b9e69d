#!/usr/bin/python3
"""RNN, GRU and LSTM as PyTorch computes and differentiates them in double precision: an oracle by other hands.

Run it without arguments; it needs NumPy and PyTorch. It writes torch_cells.json and torch_cells.bin (see cell_cases.py).

PyTorch keeps weights as [out, in] and adds two biases to every gate. Its gates have the order of ours. Of the second biases only
the one inside the GRU's reset is no duplicate: it is the last quarter of our bias. The others stay zero.
"""

import numpy as np
import torch

import cell_cases

LAYERS = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}


def layer_of(case, weights):
    """PyTorch's layer with our weights."""
    b, nodes = weights["rnn.0.b"], case["nodes"]
    second = np.zeros_like(b)
    if case["cell"] == "gru":
        b, second = b[: 3 * nodes], np.concatenate([np.zeros(2 * nodes), b[3 * nodes :]])
    layer = LAYERS[case["cell"]](case["features"], nodes)
    arrays = {"weight_ih_l0": weights["rnn.0.wx"].T, "weight_hh_l0": weights["rnn.0.wh"].T, "bias_ih_l0": b, "bias_hh_l0": second}
    layer.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()})
    return layer


def evaluate(case, weights, sequences, labels):
    layer = layer_of(case, weights)
    w, b = (torch.tensor(weights[name], requires_grad=True) for name in ("output.w", "output.b"))
    batch = torch.nn.utils.rnn.pack_sequence([torch.tensor(x) for x in sequences], enforce_sorted=False)

    _, last = layer(batch)
    states = [state[0] for state in (last if case["cell"] == "lstm" else [last])]
    logits = states[0] @ w + b
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(labels))
    loss.backward()

    bias = layer.bias_ih_l0.grad
    if case["cell"] == "gru":
        bias = torch.cat([bias, layer.bias_hh_l0.grad[2 * case["nodes"] :]])
    gradients = {
        "rnn.0.wx": layer.weight_ih_l0.grad.T,
        "rnn.0.wh": layer.weight_hh_l0.grad.T,
        "rnn.0.b": bias,
        "output.w": w.grad,
        "output.b": b.grad,
    }
    return {
        "logits": logits.detach().numpy(),
        "states": [state.detach().numpy() for state in states],
        "loss": loss.item(),
        "gradients": {name: gradient.numpy() for name, gradient in gradients.items()},
    }


def cases():
    i = 0
    for cell, seed in [("rnn", 1990), ("gru", 2014), ("lstm", 1997)]:
        for batch in cell_cases.batches(12, seed, nodes=[1, 2, 5, 8, 16, 17, 33]):
            yield cell_cases.new_case(i, cell, cell, {}, batch, seed=i)
            i += 1


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    index, values = list(cases()), []
    for case in index:
        outcomes, trained = cell_cases.train(case, evaluate)
        values.append(cell_cases.results(outcomes, trained))
        print(case["name"], "loss", outcomes[0]["loss"], "->", outcomes[-1]["loss"])
    cell_cases.write("torch_cells", index, values)


if __name__ == "__main__":
    main()

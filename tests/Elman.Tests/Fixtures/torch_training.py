#!/usr/bin/python3
"""Loss curves of PyTorch: 200 steps of every optimizer on small RNN, GRU and LSTM models, in double precision.

Run it without arguments; it needs NumPy and PyTorch. It writes torch_training.json, an entry for each case, and torch_training.bin, for
each case and optimizer in turn the losses of its steps, little-endian float64. Weights, data and the order of the batches are drawn from
the case's seed, in Python and in C# alike, in this order: the tensors, the sequences, their labels, and before each epoch as many numbers
of 64 bits as there are sequences, whose order is that of the sequences.

Our models have one bias where PyTorch adds two, which would learn twice as fast. So the second is held at zero, except the part for the
candidate of a GRU, which ours has as well.
"""

import json
from pathlib import Path

import numpy as np
import torch

from drawn_numbers import Numbers
from torch_stacks import pool, stack_of, tensors_of

STEPS = 200
LENGTHS = [9, 4, 12, 7, 1, 10, 5, 12, 3, 8, 11, 6, 2, 9, 5, 7, 12, 4, 10, 3]
OPTIMIZERS = [
    {"optimizer": "sgd", "learningRate": 0.1, "momentum": 0.0},
    {"optimizer": "sgd", "learningRate": 0.01, "momentum": 0.9},
    {"optimizer": "nesterov", "learningRate": 0.01, "momentum": 0.9},
    {"optimizer": "adam", "learningRate": 0.005},
    {"optimizer": "adamw", "learningRate": 0.005, "weightDecay": 0.25},
]


def cases():
    seed = 900
    for cell in ("rnn", "gru", "lstm"):
        for depth, bidirectional, readout, batch in ((1, False, "last", 4), (2, True, "mean", 4), (1, False, "last", len(LENGTHS))):
            ways = "bi" if bidirectional else "uni"
            case = {"name": f"{cell}-{depth}-{ways}-b{batch}", "cell": cell, "features": 2, "nodes": 6, "depth": depth, "bidirectional": bidirectional, "readout": readout, "outputs": 3, "lengths": LENGTHS, "batch": batch, "steps": STEPS, "seed": seed, "runs": OPTIMIZERS}
            case["tensors"] = [{"name": name, "shape": shape, "bound": bound} for name, shape, bound in tensors_of(case)]
            yield case
            seed += 1


def optimizer_of(run, parameters):
    if run["optimizer"] == "adam":
        return torch.optim.Adam(parameters, lr=run["learningRate"])
    if run["optimizer"] == "adamw":
        return torch.optim.AdamW(parameters, lr=run["learningRate"], weight_decay=run["weightDecay"])
    return torch.optim.SGD(parameters, lr=run["learningRate"], momentum=run["momentum"], nesterov=run["optimizer"] == "nesterov")


def hold_second_biases(case, stack):
    for name, parameter in stack.named_parameters():
        if name.startswith("bias_hh"):
            learned = torch.zeros_like(parameter)
            if case["cell"] == "gru":
                learned[2 * case["nodes"] :] = 1
            parameter.register_hook(lambda gradient, learned=learned: gradient * learned)


def losses(case, run):
    numbers = Numbers(case["seed"])
    weights = {tensor["name"]: numbers.even(tensor["bound"], *tensor["shape"]) for tensor in case["tensors"]}
    sequences = [torch.tensor(numbers.even(2.0, steps, case["features"])) for steps in case["lengths"]]
    labels = torch.tensor(numbers.below(case["outputs"], len(sequences)))

    stack = stack_of(case, weights)
    hold_second_biases(case, stack)
    w, b = (torch.tensor(weights[name], requires_grad=True) for name in ("output.w", "output.b"))
    optimizer = optimizer_of(run, [*stack.parameters(), w, b])
    curve, order = [], []
    for _ in range(case["steps"]):
        if not order:
            order = list(np.argsort(numbers.bits(len(sequences))))
        batch, order = order[: case["batch"]], order[case["batch"] :]
        packed, last = stack(torch.nn.utils.rnn.pack_sequence([sequences[i] for i in batch], enforce_sorted=False))
        if case["readout"] == "last":
            features = (last[0] if case["cell"] == "lstm" else last)[-1]
        else:
            outputs, lengths = torch.nn.utils.rnn.pad_packed_sequence(packed, batch_first=True)
            features = torch.stack([pool(case["readout"], y[:steps], {}) for y, steps in zip(outputs, lengths)])
        loss = torch.nn.functional.cross_entropy(features @ w + b, labels[[int(i) for i in batch]])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    print(case["name"], run["optimizer"], f"{curve[0]:.4f} to {curve[-1]:.4f}")
    return curve


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    index, folder = list(cases()), Path(__file__).parent
    (folder / "torch_training.json").write_text("[\n" + ",\n".join("  " + json.dumps(case) for case in index) + "\n]\n", encoding="utf-8")
    (folder / "torch_training.bin").write_bytes(np.array([losses(case, run) for case in index for run in case["runs"]]).astype("<f8").tobytes())


if __name__ == "__main__":
    main()

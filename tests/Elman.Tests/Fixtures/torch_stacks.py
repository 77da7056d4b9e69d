#!/usr/bin/python3
"""Stacks of RNN, GRU and LSTM layers as PyTorch computes and differentiates them in double precision, ragged batches packed.

Run it without arguments; it needs NumPy and PyTorch. It writes torch_stacks.json, an entry for each case, and torch_stacks.bin,
the expected results of all cases in turn, little-endian float64:

    the logits [batch, outputs], for each layer and direction the last h [batch, nodes], of an LSTM for each the last c,
    the loss, and the gradient of every tensor

The linear layer reads the uppermost layer's last h, of both directions side by side, or what a mean, a maximum or attention makes of its
outputs at all of a sequence's own steps. PyTorch keeps weights
as [out, in] and adds two biases to every gate; see torch_cells.py.
"""

import json
from pathlib import Path

import numpy as np
import torch

from drawn_numbers import Numbers, scale

LAYERS = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}
GATES = {"rnn": 1, "gru": 3, "lstm": 4}
READOUTS = ["last", "mean", "max", "attention"]
LENGTHS = [[1], [4, 4, 4], [3, 11, 1, 7, 7], [2, 30, 19, 1, 5, 30, 8, 12]]


def cases():
    i = 0
    for cell in LAYERS:
        for depth in (1, 2, 3):
            for bidirectional in (False, True):
                for nodes, lengths in ((5, LENGTHS[1 + i // 2 % 3]), (17, LENGTHS[i // 2 % 4])):
                    case = {"cell": cell, "features": 1 + i % 4, "nodes": nodes, "depth": depth, "bidirectional": bidirectional, "readout": READOUTS[(i + i // 4) % 4], "outputs": 2 + i % 3, "lengths": lengths, "seed": 500 + i}
                    ways = "bi" if bidirectional else "uni"
                    case["name"] = f"{i:02}-{cell}-{depth}x{nodes}-{ways}-{case['readout']}-b{len(lengths)}-s{max(lengths)}"
                    case["tensors"] = [{"name": name, "shape": shape, "bound": bound} for name, shape, bound in tensors_of(case)]
                    yield case
                    i += 1
    for depth in (1, 2, 3):  # an LSTM whose output is projected
        for bidirectional in (False, True):
            case = {"cell": "lstm", "features": 1 + i % 4, "nodes": 9, "projection": 1 + i % 5, "depth": depth, "bidirectional": bidirectional, "readout": READOUTS[(i + depth) % 4], "outputs": 2 + i % 3, "lengths": LENGTHS[(i + 2) % 4], "seed": 500 + i}
            ways = "bi" if bidirectional else "uni"
            case["name"] = f"{i:02}-lstm-{depth}x9to{case['projection']}-{ways}-{case['readout']}-b{len(case['lengths'])}-s{max(case['lengths'])}"
            case["tensors"] = [{"name": name, "shape": shape, "bound": bound} for name, shape, bound in tensors_of(case)]
            yield case
            i += 1


def width_of(case):
    """What a layer gives out, of one direction."""
    return case.get("projection", case["nodes"])


def parts(case):
    """Of every layer and direction: our name, PyTorch's suffix, the inputs."""
    ways = [("", ""), (".reverse", "_reverse")][: 2 if case["bidirectional"] else 1]
    for level in range(case["depth"]):
        inputs = case["features"] if level == 0 else len(ways) * width_of(case)
        for ours, theirs in ways:
            yield f"rnn.{level}{ours}", f"l{level}{theirs}", inputs


def tensors_of(case):
    nodes, gates = case["nodes"], GATES[case["cell"]]
    for name, _, inputs in parts(case):
        yield f"{name}.wx", [inputs, gates * nodes], scale(inputs)
        yield f"{name}.wh", [width_of(case), gates * nodes], scale(width_of(case))
        yield f"{name}.b", [(4 if case["cell"] == "gru" else gates) * nodes], 0.5
        if "projection" in case:
            yield f"{name}.wr", [nodes, case["projection"]], scale(nodes)
    width = width_of(case) * (2 if case["bidirectional"] else 1)
    if case["readout"] == "attention":
        yield "attention.w", [width, width], scale(width)
        yield "attention.b", [width], 0.5
        yield "attention.v", [width, 1], 4 * scale(width)
    yield "output.w", [width, case["outputs"]], 4 * scale(width)
    yield "output.b", [case["outputs"]], 0.5


def stack_of(case, weights):
    """PyTorch's layers with our weights."""
    nodes, arrays = case["nodes"], {}
    for name, suffix, _ in parts(case):
        b = weights[f"{name}.b"]
        second = np.zeros_like(b)
        if case["cell"] == "gru":
            b, second = b[: 3 * nodes], np.concatenate([np.zeros(2 * nodes), b[3 * nodes :]])
        if "projection" in case:
            arrays[f"weight_hr_{suffix}"] = weights[f"{name}.wr"].T
        arrays |= {f"weight_ih_{suffix}": weights[f"{name}.wx"].T, f"weight_hh_{suffix}": weights[f"{name}.wh"].T, f"bias_ih_{suffix}": b, f"bias_hh_{suffix}": second}
    projected = {"proj_size": case["projection"]} if "projection" in case else {}
    stack = LAYERS[case["cell"]](case["features"], nodes, num_layers=case["depth"], bidirectional=case["bidirectional"], **projected)
    stack.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()})
    return stack


def pool(readout, y, weights):
    """Of the outputs [steps, width] of one sequence."""
    if readout == "mean":
        return y.mean(dim=0)
    if readout == "max":
        return y.max(dim=0).values
    scores = torch.tanh(y @ weights["attention.w"] + weights["attention.b"]) @ weights["attention.v"]
    return (torch.softmax(scores, dim=0) * y).sum(dim=0)


def evaluate(case):
    numbers = Numbers(case["seed"])
    weights = {tensor["name"]: numbers.even(tensor["bound"], *tensor["shape"]) for tensor in case["tensors"]}
    sequences = [numbers.even(4.0, steps, case["features"]) for steps in case["lengths"]]
    labels = numbers.below(case["outputs"], len(sequences))

    stack = stack_of(case, weights)
    rest = {name: torch.tensor(array, requires_grad=True) for name, array in weights.items() if not name.startswith("rnn.")}
    batch = torch.nn.utils.rnn.pack_sequence([torch.tensor(x) for x in sequences], enforce_sorted=False)
    packed, last = stack(batch)
    states = last if case["cell"] == "lstm" else [last]
    if case["readout"] == "last":
        features = torch.cat(list(states[0][-2:] if case["bidirectional"] else states[0][-1:]), dim=1)
    else:
        outputs, lengths = torch.nn.utils.rnn.pad_packed_sequence(packed, batch_first=True)
        features = torch.stack([pool(case["readout"], y[:steps], rest) for y, steps in zip(outputs, lengths)])
    logits = features @ rest["output.w"] + rest["output.b"]
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(labels))
    loss.backward()

    results = [logits, *states, loss]
    for name, suffix, _ in parts(case):
        bias = getattr(stack, f"bias_ih_{suffix}").grad
        if case["cell"] == "gru":
            bias = torch.cat([bias, getattr(stack, f"bias_hh_{suffix}").grad[2 * case["nodes"] :]])
        results += [getattr(stack, f"weight_ih_{suffix}").grad.T, getattr(stack, f"weight_hh_{suffix}").grad.T, bias]
        if "projection" in case:
            results.append(getattr(stack, f"weight_hr_{suffix}").grad.T)
    results += [array.grad for array in rest.values()]
    print(case["name"], "loss", loss.item())
    return np.concatenate([np.ravel(result.detach().numpy()) for result in results])


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    index, folder = list(cases()), Path(__file__).parent
    (folder / "torch_stacks.json").write_text("[\n" + ",\n".join("  " + json.dumps(case) for case in index) + "\n]\n", encoding="utf-8")
    (folder / "torch_stacks.bin").write_bytes(np.concatenate([evaluate(case) for case in index]).astype("<f8").tobytes())


if __name__ == "__main__":
    main()

"""Exports models of PyTorch, with the warnings that a user of torch.onnx.export sees, and what PyTorch answers.

Run with torch 1.13 and onnx: python3 make_torch.py
Writes torch-*.onnx beside itself. The metadata of each have x (the values of one sequence after the other, a JSON list of rows each) and
y, PyTorch's outputs for them. Every third model is exported without constant folding, so that the weights are computed in the graph, and
every fourth with fixed axes.
"""
import itertools
import json
import os
import warnings

import onnx
import torch

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


class Net(torch.nn.Module):
    def __init__(self, cell, layers, both, batch_first, how, end):
        super().__init__()
        options = dict(nonlinearity="relu") if cell == "RELU" else {}
        name = "RNN" if cell == "RELU" else cell
        self.cell = getattr(torch.nn, name)(3, 4, layers, batch_first=batch_first, bidirectional=both,
                                            dropout=0.1 if layers > 1 else 0, **options)
        self.out = torch.nn.Linear(8 if both else 4, 1 if end == "sigmoid" else 3)
        self.batch_first, self.both, self.how, self.end = batch_first, both, how, end

    def forward(self, x):
        if self.end == "scaled":
            x = (x - torch.tensor([0.5, -1.0, 2.0])) / torch.tensor([2.0, 0.5, 3.0])
        y, h = self.cell(x)
        h = h[0] if isinstance(h, tuple) else h
        time = 1 if self.batch_first else 0
        if self.how == "last":
            v = y[:, -1, :] if self.batch_first else y[-1]
        elif self.how == "state":
            v = torch.cat([h[-2], h[-1]], 1) if self.both else h[-1]
        elif self.how == "mean":
            v = y.mean(time)
        elif self.how == "max":
            v = y.max(time)[0]
        elif self.how == "every":
            v = y
        v = self.out(torch.nn.functional.dropout(v, 0.5, self.training))
        return {"sigmoid": torch.sigmoid, "softmax": lambda s: torch.softmax(s, -1), "scaled": lambda s: torch.log_softmax(s, -1),
                "none": lambda s: s}[self.end](v)


def sequences(random):
    return [torch.randn(steps, 3, generator=random) for steps in (1, 2, 7)]


def export(name, net, number):
    random = torch.Generator().manual_seed(number)
    net.eval()
    x = sequences(random)
    fixed = number % 4 == 3
    sample = torch.zeros((1, 7, 3) if net.batch_first else (7, 1, 3))
    axes = {} if fixed else {"x": {0: "a", 1: "b"}}
    opset = (9, 11, 13, 14, 16)[number % 5]
    path = os.path.join(HERE, name + ".onnx")
    torch.onnx.export(net, (sample,), path, input_names=["x"], output_names=["y"], opset_version=opset, dynamic_axes=axes,
                      do_constant_folding=number % 3 != 2)
    model = onnx.load(path)
    y = []
    for sequence in x:
        v = net(sequence.unsqueeze(0 if net.batch_first else 1))
        y.append(v.squeeze(0 if net.how != "every" or net.batch_first else 1).flatten().tolist())
    for key, value in (("x", [s.tolist() for s in x]), ("y", y)):
        model.metadata_props.add(key=key, value=json.dumps(value))
    onnx.save(model, path)


def main():
    torch.manual_seed(1)
    cases = itertools.product(("RNN", "RELU", "GRU", "LSTM"), (1, 2), (False, True), ("last", "state", "mean", "max", "every"))
    ends = ("softmax", "scaled", "sigmoid", "none")
    for number, (cell, layers, both, how) in enumerate(cases):
        if number % 3:
            continue
        if both and how == "last":
            how = "state"  # PyTorch's y[-1] of both directions is not what Elman reads; it is refused
        end = ends[number // 3 % 4] if how != "every" else "softmax"
        name = f"torch-{cell.lower()}-{layers}{'-both' if both else ''}-{how}-{end}"
        with torch.no_grad():
            export(name, Net(cell, layers, both, number % 2 == 0, how, end), number)
            print(name)


main()

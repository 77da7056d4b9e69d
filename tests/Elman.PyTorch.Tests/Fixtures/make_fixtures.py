"""Makes the fixtures of Elman.PyTorch.Tests with PyTorch: state dictionaries of 42 stacks, and their outputs for ragged sequences.

Run it in this folder: /usr/bin/python3 make_fixtures.py (Debian: python3-torch, python3-numpy). It writes

    stacks.safetensors   the tensors of all stacks, each name after the name of the stack and '/'; the metadata describe the stacks
    forms/*.pt           single files in the forms that torch.save knows

Each stack has weights of its own, drawn as PyTorch draws them, and the outputs of the model for three sequences of 5, 1 and 3 steps.
"""
import collections
import io
import json
import os
import struct

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

LENGTHS = [5, 1, 3]
CHANNELS, SYMBOLS, VECTOR, OUTPUTS = 2, 5, 3, 3


class Model(nn.Module):
    def __init__(self, cell, layers, both, bias, embedded, readout):
        super().__init__()
        inputs = VECTOR if embedded else CHANNELS
        units = 3 + layers % 2
        if embedded:
            self.embedding = nn.Embedding(SYMBOLS, VECTOR)
        common = dict(num_layers=layers, bidirectional=both, bias=bias, batch_first=True)
        if cell in ("tanh", "relu"):
            self.rnn = nn.RNN(inputs, units, nonlinearity=cell, **common)
        elif cell == "gru":
            self.rnn = nn.GRU(inputs, units, **common)
        else:
            self.rnn = nn.LSTM(inputs, units, proj_size=2 if cell == "lstmp" else 0, **common)
        width = (2 if cell == "lstmp" else units) * (2 if both else 1)
        self.linear = nn.Linear(width, OUTPUTS, bias=bias)
        self.readout = readout

    def forward(self, x, lengths):
        if hasattr(self, "embedding"):
            x = self.embedding(x[..., 0].long())
        packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        out, state = self.rnn(packed)
        out, _ = pad_packed_sequence(out, batch_first=True)
        if self.readout == "every":
            return [self.linear(out[i, :n]) for i, n in enumerate(lengths)]
        if self.readout == "mean":
            pooled = torch.stack([out[i, :n].mean(0) for i, n in enumerate(lengths)])
        elif self.readout == "max":
            pooled = torch.stack([out[i, :n].max(0).values for i, n in enumerate(lengths)])
        else:
            h = state[0] if isinstance(state, tuple) else state
            pooled = torch.cat([h[-2], h[-1]], 1) if self.rnn.bidirectional else h[-1]
        return list(self.linear(pooled))


def write_safetensors(path, tensors, metadata):
    """The format: length of the header, JSON header, numbers; larger types first, then by name."""
    names = sorted(tensors, key=lambda name: (-tensors[name].itemsize, name))
    header, offset = {"__metadata__": metadata}, 0
    for name in names:
        a = tensors[name]
        kind = {"float64": "F64", "float32": "F32", "float16": "F16"}[str(a.dtype)]
        header[name] = {"dtype": kind, "shape": list(a.shape), "data_offsets": [offset, offset + a.nbytes]}
        offset += a.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(np.ascontiguousarray(tensors[name]).tobytes() for name in names))


def stacks():
    """42 stacks: every cell with 1 to 3 layers in one and both directions; biases, embedding and readout vary, and 12 more vary them."""
    readouts = ["last", "mean", "max", "every"]
    plans = []
    for cell in ("tanh", "relu", "gru", "lstm", "lstmp"):
        for layers in (1, 2, 3):
            for both in (False, True):
                k = len(plans)
                plans.append((cell, layers, both, k % 3 != 1, k % 5 == 2, readouts[k % 4]))
    for cell in ("gru", "lstm"):
        for both in (False, True):
            for readout in ("last", "max", "every"):
                plans.append((cell, 1, both, readout != "max", readout != "every", readout))
    return plans


def main():
    torch.manual_seed(1990)
    plans = stacks()
    assert len(plans) == 42
    tensors, described = {}, []
    for k, (cell, layers, both, bias, embedded, readout) in enumerate(plans):
        model = Model(cell, layers, both, bias, embedded, readout).eval()
        x = torch.zeros(len(LENGTHS), max(LENGTHS), 1 if embedded else CHANNELS)
        for i, n in enumerate(LENGTHS):
            x[i, :n] = torch.randint(SYMBOLS, (n, 1)).float() if embedded else torch.randn(n, CHANNELS)
        with torch.no_grad():
            outputs = torch.cat([y.reshape(-1) for y in model(x, LENGTHS)])
        name = f"{k:02}"
        for key, value in model.state_dict().items():
            tensors[f"{name}/{key}"] = value.numpy()
        tensors[f"{name}//inputs"] = torch.cat([x[i, :n] for i, n in enumerate(LENGTHS)]).numpy()
        tensors[f"{name}//outputs"] = outputs.numpy()
        described.append(dict(name=name, cell=cell, layers=layers, both=both, bias=bias, embedded=embedded, readout=readout))
    write_safetensors("stacks.safetensors", tensors, {"stacks": json.dumps(described), "lengths": json.dumps(LENGTHS)})
    forms()


def forms():
    """Files in the forms that torch.save knows, all of the same GRU model."""
    os.makedirs("forms", exist_ok=True)
    torch.manual_seed(7)
    model = Model("gru", 1, False, True, True, "last")
    optimizer = trained(model)  # changes the weights, so it comes first
    state = model.state_dict()
    torch.save(state, "forms/plain.pt")
    torch.save(state, "forms/protocol4.pt", pickle_protocol=4)
    torch.save({"epoch": 3, "loss": 0.25, "best": None, "state_dict": state, "sizes": [1, (2, True)]}, "forms/checkpoint.pt")
    torch.save({"model": state, "optimizer": optimizer}, "forms/optimizer.pt")
    torch.save(dict(model.named_parameters()), "forms/parameters.pt")
    torch.save({"model": state, "ema": state}, "forms/two.pt")
    torch.save(state, "forms/legacy.pt", _use_new_zipfile_serialization=False)
    torch.save(collections.OrderedDict((k, v.half()) for k, v in state.items()), "forms/half.pt")
    torch.save(collections.OrderedDict((k, v.bfloat16()) for k, v in state.items()), "forms/bfloat16.pt")
    torch.save(collections.OrderedDict((k, v.double() / 3) for k, v in state.items()), "forms/double.pt")
    # One storage for all tensors, each at an offset; the matrices are views of their transposed numbers.
    flat = torch.cat([v.t().reshape(-1) if v.dim() == 2 else v.reshape(-1) for v in state.values()])
    views, at = collections.OrderedDict(), 0
    for k, v in state.items():
        part = flat[at:at + v.numel()]
        views[k] = part.view(v.shape[1], v.shape[0]).t() if v.dim() == 2 else part.view(v.shape)
        at += v.numel()
        assert torch.equal(views[k], v)
    torch.save(views, "forms/views.pt")
    tied = collections.OrderedDict(state)
    tied["rnn.bias_hh_l0"] = tied["rnn.bias_ih_l0"]
    torch.save(tied, "forms/tied.pt")
    torch.save(model, "forms/model.pt")
    torch.save({"state_dict": state, "score": np.float64(0.5)}, "forms/numpy.pt")
    torch.save(state["linear.weight"], "forms/tensor.pt")
    # Numbers of a bidirectional LSTM in 16 bits, to be written again.
    write_safetensors("forms/half.safetensors", {k: v.half().numpy() for k, v in state.items()}, {"format": "pt"})
    write_safetensors("forms/plain.safetensors", {k: v.numpy() for k, v in state.items()}, {"format": "pt"})
    script = io.BytesIO()
    torch.jit.save(torch.jit.script(nn.Linear(1, 1)), script)
    with open("forms/script.pt", "wb") as f:
        f.write(script.getvalue())


def trained(model):
    """The state of an optimizer, with tensors of its own."""
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.zeros(3, 5, 1), LENGTHS)[0].sum().backward()
    optimizer.step()
    model.zero_grad()
    return optimizer.state_dict()


if __name__ == "__main__":
    main()

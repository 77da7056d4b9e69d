#!/usr/bin/python3
"""A layer of tapped delay lines in NumPy: each unit as one convolution of its kernel, zeros between the taps, with its own sum of the channels.

Run it without arguments; it needs only NumPy. It writes

    delays.json   one entry per case: sizes, lengths, seed, the greatest dilation
    delays.bin    of each case in turn, little-endian float64: for each sequence the outputs [steps, W]

W is the number of units, of both directions together. The numbers that a seed stands for are drawn as in the other fixtures: of each
direction wx, b, taps, then the dilations, then which weights of wx are 0; at last the sequences.
"""

import json
from pathlib import Path

import numpy as np

from drawn_numbers import Numbers

TAPS = 9

CASES = [  # features, nodes, both ways, the greatest dilation, lengths
    (1, 1, False, 1, [1]), (1, 3, True, 2, [2, 1]), (2, 5, False, 3, [30, 1, 2, 9]), (3, 17, True, 7, [7, 2, 60, 1, 12, 3]),
    (9, 33, False, 1, [6, 1, 20, 3]), (1, 5, True, 40, [255, 16, 350, 1]), (5, 3, False, 100, [900, 33]),
]


def draw(numbers, features, nodes, greatest):
    wx, b, taps = numbers.even(1.0, features, nodes), numbers.even(0.5, nodes), numbers.even(2.0, TAPS, nodes)
    dilations = 1 + numbers.below(greatest, nodes)
    wx[numbers.below(2, features * nodes).reshape(features, nodes) == 1] = 0
    return wx, b, taps, dilations


def run(x, wx, b, taps, dilations):
    mixed = x @ wx
    y = np.empty_like(mixed)
    for k, dilation in enumerate(dilations):
        kernel = np.zeros((TAPS - 1) * dilation + 1)
        kernel[::dilation] = taps[:, k]
        y[:, k] = b[k] + np.convolve(mixed[:, k], kernel)[: len(x)]
    return y


def main():
    index, values = [], []
    for i, (features, nodes, both_ways, greatest, lengths) in enumerate(CASES):
        numbers = Numbers(6000 + i)
        weights = [draw(numbers, features, nodes, greatest) for _ in range(2 if both_ways else 1)]
        sequences = [numbers.even(4.0, steps, features) for steps in lengths]
        for x in sequences:
            outputs = [run(x, *weights[0])] + [run(x[::-1], *w)[::-1] for w in weights[1:]]
            values.append(np.concatenate(outputs, axis=1).ravel())
        name = f"{i:02}-f{features}-n{nodes}{'-both-ways' if both_ways else ''}-d{greatest}-s{'-'.join(map(str, lengths))}"
        index.append({"name": name, "features": features, "nodes": nodes, "bidirectional": both_ways, "greatest": greatest, "lengths": lengths, "seed": 6000 + i})
        print(name)
    folder = Path(__file__).parent
    lines = ",\n".join("  " + json.dumps(case) for case in index)
    (folder / "delays.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    (folder / "delays.bin").write_bytes(np.concatenate(values).astype("<f8").tobytes())


if __name__ == "__main__":
    main()

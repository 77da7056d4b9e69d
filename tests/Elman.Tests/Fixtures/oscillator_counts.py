#!/usr/bin/python3
"""What the readouts count of a reservoir of oscillators, in NumPy: outputs of every step, and the features of all three kinds.

Run it without arguments; it needs only NumPy. It writes

    oscillator_counts.json   one entry per case: sizes, directions, whether units are mixed, lengths, seed, tensors
    oscillator_counts.bin    of each case in turn, little-endian float64: for each sequence the outputs [steps, W], then of all
                             sequences the features of counts [batch, 6*W], counts-halves [batch, 16*W] and counts-full [batch, 15*W]; counts-full
                             has thresholds of its own, the first three of the five

W is the number of units, of both directions together. The numbers that a seed stands for are drawn as in the other fixtures.
"""

import json
from pathlib import Path

import numpy as np

from drawn_numbers import Numbers, scale
from oscillator import weights_of

CASES = [
    (1, 1, False, [1]), (1, 3, True, [2, 1]), (2, 5, False, [3, 1, 2, 9]), (2, 8, True, [1, 2, 3, 4, 5, 40]), (3, 17, True, [7, 2, 2, 1, 12, 3]),
    (5, 33, False, [6, 1, 20, 3]), (1, 4, True, [255, 256, 257, 1]), (1, 3, False, [513, 600]),
]
MIXED = [(1, 3, False, [2, 1, 70]), (2, 16, False, [3, 1, 9]), (2, 17, True, [5, 2, 1, 130]), (3, 40, True, [1, 4, 20])]
BLOCK = 16


def tensors_of(features, nodes, both_ways, mixed):
    width = nodes * (2 if both_ways else 1)
    for name in ["rnn.0", "rnn.0.reverse"][: 2 if both_ways else 1]:
        yield f"{name}.wx", [features, nodes], scale(features)
        yield f"{name}.b", [nodes], 0.125
        yield f"{name}.u", [6 * nodes], 0.5
        if mixed:
            yield f"{name}.mix", [BLOCK, nodes], 1.0
    yield "counts.thresholds", [5, width], 1.0


def run(w, name, x):
    decay, second, phase = weights_of(w, name)
    s = r = np.zeros(len(decay), complex)
    y = np.empty((len(x), len(decay)))
    for t, drive in enumerate(x @ w[f"{name}.wx"] + w[f"{name}.b"]):
        s = decay * s + drive
        r = second * r + s
        y[t] = (phase * r).real
    return mix(y, w[f"{name}.mix"]) if f"{name}.mix" in w else y


def mix(z, m):
    """Blocks of 16 neighbours; in column k of m are the weights of the units of k's block."""
    blocks = [slice(first, first + BLOCK) for first in range(0, z.shape[1], BLOCK)]
    return np.concatenate([z[:, block] @ m[: z[:, block].shape[1], block] for block in blocks], axis=1)


def features_of(y, thresholds, first_units):
    """The features of the three kinds; the units from first_units on read from the end."""
    above = y[:, None] > thresholds
    half = max(1, len(y) // 2)
    second = above[half:].mean(0) if len(y) > half else np.zeros_like(thresholds)
    counts = [above.mean(0).ravel(), np.abs(y).mean(0)]
    halves = counts + [above[:half].mean(0).ravel(), second.ravel()]
    return [np.concatenate(parts) for parts in (counts, halves, full_of(y, thresholds[:3], first_units))]


def full_of(y, thresholds, first_units):
    """The parts of counts-full, one unit and threshold after the other, each read in its direction."""
    shares, means, indices, runs = (np.zeros_like(thresholds) for _ in range(4))
    for k, unit in np.ndindex(thresholds.shape):
        read = y[:, unit] if unit < first_units else y[::-1, unit]
        above = np.flatnonzero(read > thresholds[k, unit])
        shares[k, unit] = len(above) / len(read)
        means[k, unit] = read[above].mean() if len(above) else 0
        indices[k, unit] = above.mean() / len(read) if len(above) else -1
        rows = np.split(above, np.flatnonzero(np.diff(above) > 1) + 1)
        runs[k, unit] = max(len(row) for row in rows) / len(read)
    return [shares.ravel(), np.abs(y).mean(0), means.ravel(), indices.ravel(), runs.ravel(), y.max(0), y.min(0)]


def main():
    index, values = [], []
    for i, (features, nodes, both_ways, lengths) in enumerate(CASES + MIXED):
        mixed = i >= len(CASES)
        tensors = [{"name": name, "shape": shape, "bound": bound} for name, shape, bound in tensors_of(features, nodes, both_ways, mixed)]
        numbers = Numbers(5000 + i)
        w = {tensor["name"]: numbers.even(tensor["bound"], *tensor["shape"]) for tensor in tensors}
        sequences = [numbers.even(4.0, steps, features) for steps in lengths]
        name = f"{i:02}-f{features}-n{nodes}{'-both-ways' if both_ways else ''}{'-mixed' if mixed else ''}-s{'-'.join(map(str, lengths))}"
        index.append({"name": name, "features": features, "nodes": nodes, "bidirectional": both_ways, "mix": mixed, "lengths": lengths, "seed": 5000 + i, "tensors": tensors})
        outputs = [run(w, "rnn.0", x) for x in sequences]
        if both_ways:
            outputs = [np.concatenate([y, run(w, "rnn.0.reverse", x[::-1])[::-1]], axis=1) for x, y in zip(sequences, outputs)]
        distance = min(np.abs(y[:, None] - w["counts.thresholds"]).min() for y in outputs)
        assert distance > 1e-9, "an output is so close to a threshold that rounding may decide"
        kinds = zip(*(features_of(y, w["counts.thresholds"], nodes) for y in outputs))
        values += [y.ravel() for y in outputs] + [row for kind in kinds for row in kind]
        print(name, "outputs at least", distance, "from a threshold")
    folder = Path(__file__).parent
    lines = ",\n".join("  " + json.dumps(case) for case in index)
    (folder / "oscillator_counts.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    (folder / "oscillator_counts.bin").write_bytes(np.concatenate(values).astype("<f8").tobytes())


if __name__ == "__main__":
    main()

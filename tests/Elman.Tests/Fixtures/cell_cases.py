"""What the fixtures of the cells have in common, whatever computes them: sizes, tensors, training, files.

A case is a recurrent layer, its output at each sequence's own last step, a linear layer and the mean cross-entropy,
with a batch of sequences of given lengths. Its tensors have the names and shapes of a model file. A pair of files holds
the cases of one oracle:

    NAME.json   one entry per case: the cell and its options, sizes, lengths, seed, tensors
    NAME.bin    the expected results of all cases in turn, little-endian float64

Results are: the logits [batch, outputs], the last state [batch, nodes] (h; in an LSTM then c), the loss, the gradient of every
tensor, then after UPDATES steps of gradient descent every tensor, and the loss before each step.
With another build of NumPy or PyTorch they may differ in their last bits, far below any tolerance.
"""

import json
from pathlib import Path

import numpy as np

from drawn_numbers import Numbers, deal, scale

# Of each cell: gates with a row of Wx, whether it has Wh, state vectors, and unit weights with their name, if any.
CELLS = {
    "rnn": (1, True, 1, None),
    "gru": (3, True, 1, None),
    "lstm": (4, True, 2, None),
    "mingru": (2, False, 1, None),
    "minlstm": (3, False, 1, None),
    "indrnn": (1, False, 1, ("u", 1)),
    "lru": (2, False, 2, None),
    "esn": (1, True, 1, None),
    "oscillator": (1, False, 1, ("u", 6)),
}
UPDATES = 10
LEARNING_RATE = 0.125


def batches(count, seed, nodes):
    """Sizes and lengths of that many batches. Two in three are ragged, in no order of length; every size of nodes comes up."""
    numbers = Numbers(seed)
    columns = {
        "features": deal([1, 2, 3, 5, 8, 9], count, numbers),
        "nodes": deal(nodes, count, numbers),
        "outputs": deal([2, 3, 4, 5, 8, 9], count, numbers),
    }
    sizes, steps = deal([1, 2, 3, 4, 5, 7, 8, 9], count, numbers), deal([1, 2, 3, 5, 8, 13, 17, 25, 40], count, numbers)
    for i in range(count):
        lengths = [steps[i]] * sizes[i]
        if i % 3 > 0:
            lengths[:-1] = (1 + numbers.below(steps[i], sizes[i] - 1)).tolist()
            lengths = [lengths[k] for k in np.argsort(numbers.bits(len(lengths)))]
        yield {**{column: values[i] for column, values in columns.items()}, "lengths": lengths}


def new_case(i, name, cell, options, batch, seed):
    """One entry of the index."""
    steps = sorted({min(batch["lengths"]), max(batch["lengths"])})
    sizes = "f{features}-n{nodes}-o{outputs}".format(**batch)
    name = f"{i:02}-{name}-{sizes}-b{len(batch['lengths'])}-s{'to'.join(map(str, steps))}"
    case = {"name": name, "cell": cell, **options, **batch, "seed": seed}
    case["tensors"] = [{"name": name, "shape": shape, "bound": bound} for name, shape, bound in tensors_of(case)]
    return case


def tensors_of(case):
    """Name, shape and how large its first numbers are. Of the rows of gates, b and p have as many as the cell asks for."""
    features, nodes, outputs = case["features"], case["nodes"], case["outputs"]
    coupled = case.get("coupledGates", False)
    gates, has_recurrent, _, unit_weights = CELLS[case["cell"]]
    gates -= coupled
    biases = 4 if case["cell"] == "gru" and case.get("gruReset") != "before" else gates
    yield "rnn.0.wx", [features, gates * nodes], scale(features)
    if has_recurrent:
        yield "rnn.0.wh", [nodes, gates * nodes], scale(nodes)
    yield "rnn.0.b", [biases * nodes], 0.5
    if unit_weights:
        yield f"rnn.0.{unit_weights[0]}", [unit_weights[1] * nodes], 0.5
    if case.get("peepholes", False):
        yield "rnn.0.p", [(2 if coupled else 3) * nodes], 0.5
    if case.get("layerNorm", False):
        yield "rnn.0.norm", [biases * nodes], 1.5
    if case["cell"] == "lru":
        yield from [("rnn.0.nu", [nodes], 1.5), ("rnn.0.theta", [nodes], 1.5), ("rnn.0.gamma", [nodes], 1.0)]
        for name in ("value", "gate"):
            yield f"rnn.0.{name}.w", [2 * nodes, nodes], scale(2 * nodes)
            yield f"rnn.0.{name}.b", [nodes], 0.5
        yield "rnn.0.norm.gain", [nodes], 1.5
        if features != nodes:
            yield from [("rnn.0.skip.w", [features, nodes], scale(features)), ("rnn.0.skip.b", [nodes], 0.5)]
    yield "output.w", [nodes, outputs], 4 * scale(nodes)
    yield "output.b", [outputs], 0.5


def draw(case):
    """The weights by name, the sequences [steps, features] and their labels."""
    numbers = Numbers(case["seed"])
    weights = {tensor["name"]: numbers.even(tensor["bound"], *tensor["shape"]) for tensor in case["tensors"]}
    sequences = [numbers.even(4.0, steps, case["features"]) for steps in case["lengths"]]
    return weights, sequences, numbers.below(case["outputs"], len(sequences))


def train(case, evaluate):
    """Evaluates and updates in turn: the outcome of each evaluation, and the weights at the end.

    evaluate(case, weights, sequences, labels) gives a dictionary: logits, states, loss, gradients by name.
    """
    weights, sequences, labels = draw(case)
    outcomes = []
    for _ in range(UPDATES):
        outcome = evaluate(case, weights, sequences, labels)
        outcomes.append(outcome)
        weights = {name: w - LEARNING_RATE * outcome["gradients"][name] for name, w in weights.items()}
    return outcomes, weights


def results(outcomes, trained):
    """All results of a case, in the order they are written."""
    first, losses = outcomes[0], [outcome["loss"] for outcome in outcomes]
    arrays = [first["logits"], *first["states"], first["loss"], *first["gradients"].values(), *trained.values(), losses]
    return np.concatenate([np.ravel(array) for array in arrays])


def write(name, cases, values):
    """The pair of files, beside this one."""
    folder = Path(__file__).parent
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    (folder / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    (folder / f"{name}.bin").write_bytes(np.concatenate(values).astype("<f8").tobytes())


def read(name):
    """Every case of a pair of files, with its results."""
    folder = Path(__file__).parent
    values, taken = np.fromfile(folder / f"{name}.bin", "<f8"), 0
    for case in json.loads((folder / f"{name}.json").read_text(encoding="utf-8")):
        parameters = sum(int(np.prod(tensor["shape"])) for tensor in case["tensors"])
        states = case["nodes"] * CELLS[case["cell"]][2]
        count = len(case["lengths"]) * (case["outputs"] + states) + 1 + 2 * parameters + UPDATES
        yield case, values[taken : taken + count]
        taken += count
    assert taken == len(values)

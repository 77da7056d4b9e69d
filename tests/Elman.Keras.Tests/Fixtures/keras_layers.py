"""Layers of Keras 3 in NumPy: their configuration and weights as Keras saves them, and their equations.

The equations are those of the sources of Keras (keras/src/layers/rnn, core, pooling, preprocessing; keras/src/activations), computed in
double precision. A layer reads an array [steps, features] of one sequence; `vars` has its weights by their paths below the layer's group.
"""

import numpy as np

random = np.random.RandomState(3)


coarse = False  # whether weights are multiples of 1/128, which every type represents


def draw(*shape, scale=0.8):
    values = random.uniform(-scale, scale, shape)
    return (np.round(values * 128) / 128 if coarse else values).astype(np.float32)


def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(x / 2)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "relu": lambda x: np.maximum(x, 0),
    "linear": lambda x: x,
    "hard_sigmoid": lambda x: np.minimum(np.maximum(x + 3, 0), 6) / 6,
    "elu": lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "softsign": lambda x: x / (np.abs(x) + 1),
    "leaky_relu": lambda x: np.where(x >= 0, x, 0.2 * x),
}


class Layer:
    """A layer: its class, its configuration, its weights, its function of a sequence."""

    def __init__(self, class_name, config=None, vars=None, function=None):
        self.class_name, self.vars, self.function = class_name, vars or {}, function or (lambda x: x)
        self.config = {"name": None, "trainable": True, "dtype": policy("float32"), **(config or {})}

    def serialized(self):
        return {"module": "keras.layers", "class_name": self.class_name, "config": self.config, "registered_name": None}


def policy(name):
    return {"module": "keras", "class_name": "DTypePolicy", "config": {"name": name}, "registered_name": None}


def object_of(module, class_name, **config):
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


def widened(array):
    return np.asarray(array, dtype=np.float64)


def recurrent(kind, inputs, units, gates, config, step, biases, vars, states=1, backwards=False):
    use_bias = config.get("use_bias", True)
    if vars is None:
        vars = [draw(inputs, gates * units), draw(units, gates * units)] + ([draw(*biases)] if use_bias else [])
    full = {
        "return_sequences": False, "return_state": False, "go_backwards": backwards, "stateful": False, "unroll": False,
        "zero_output_for_mask": False, "units": units, "activation": "tanh", "use_bias": True,
        "kernel_initializer": object_of("keras.initializers", "GlorotUniform", seed=None),
        "recurrent_initializer": object_of("keras.initializers", "Orthogonal", seed=None, gain=1.0),
        "bias_initializer": object_of("keras.initializers", "Zeros"),
        "kernel_regularizer": None, "recurrent_regularizer": None, "bias_regularizer": None, "activity_regularizer": None,
        "kernel_constraint": None, "recurrent_constraint": None, "bias_constraint": None, "dropout": 0.0, "recurrent_dropout": 0.0,
        "seed": None, **config,
    }
    kernel, recurrent_kernel = widened(vars[0]), widened(vars[1])
    bias = widened(vars[2]) if use_bias else np.zeros(biases)

    def function(x):
        state, outputs = [np.zeros(units)] * states, []
        for values in (x[::-1] if full["go_backwards"] else x):
            state = step(values, state, kernel, recurrent_kernel, bias)
            outputs.append(state[0])
        return np.array(outputs) if full["return_sequences"] else outputs[-1]

    paths = {f"cell/vars/{i}": array for i, array in enumerate(vars)}
    paths["cell/seed_generator/vars/0"] = np.array([0, 7], np.uint32)
    layer = Layer(kind, full, paths, function)
    layer.make = lambda **changes: MAKERS[kind](inputs, units, **{**config, **changes})
    return layer


def simple_rnn(inputs, units, vars=None, **config):
    activation = ACTIVATIONS[config.get("activation", "tanh")]

    def step(x, state, kernel, recurrent_kernel, bias):
        return [activation(x @ kernel + bias + state[0] @ recurrent_kernel)]

    return recurrent("SimpleRNN", inputs, units, 1, config, step, (units,), vars)


def lstm(inputs, units, vars=None, **config):
    config = {"recurrent_activation": "sigmoid", "unit_forget_bias": True, **config}
    activation, gate = ACTIVATIONS[config.get("activation", "tanh")], ACTIVATIONS[config["recurrent_activation"]]

    def step(x, state, kernel, recurrent_kernel, bias):
        i, f, c, o = np.split(x @ kernel + state[0] @ recurrent_kernel + bias, 4)
        carry = gate(f) * state[1] + gate(i) * activation(c)
        return [gate(o) * activation(carry), carry]

    return recurrent("LSTM", inputs, units, 4, config, step, (4 * units,), vars, states=2)


def gru(inputs, units, vars=None, **config):
    config = {"recurrent_activation": "sigmoid", "reset_after": True, **config}
    activation, gate = ACTIVATIONS[config.get("activation", "tanh")], ACTIVATIONS[config["recurrent_activation"]]
    after = config["reset_after"]

    def step(x, state, kernel, recurrent_kernel, bias):
        h = state[0]
        of_input, of_state = (bias[0], bias[1]) if after else (bias, np.zeros(3 * units))
        x_z, x_r, x_h = np.split(x @ kernel + of_input, 3)
        h_z, h_r, h_h = np.split(h @ recurrent_kernel + of_state, 3)
        z, r = gate(x_z + h_z), gate(x_r + h_r)
        inner = r * h_h if after else (r * h) @ recurrent_kernel[:, 2 * units:]
        return [z * h + (1 - z) * activation(x_h + inner)]

    return recurrent("GRU", inputs, units, 3, config, step, (2, 3 * units) if after else (3 * units,), vars)


MAKERS = {"SimpleRNN": simple_rnn, "LSTM": lstm, "GRU": gru}


def bidirectional(layer, merge_mode="concat"):
    backward = layer.make(go_backwards=True)
    layer.config["name"], backward.config["name"] = "forward_rnn", "backward_rnn"

    def function(x):
        f, r = layer.function(x), backward.function(x)
        if layer.config["return_sequences"]:
            r = r[::-1]
        return {"concat": lambda: np.concatenate([f, r], axis=-1), "sum": lambda: f + r, "ave": lambda: (f + r) / 2,
                "mul": lambda: f * r}[merge_mode]()

    vars = {f"{side}_layer/{path}": array for side, one in (("forward", layer), ("backward", backward)) for path, array in one.vars.items()}
    return Layer("Bidirectional",
                 {"merge_mode": merge_mode, "layer": layer.serialized(), "backward_layer": backward.serialized()}, vars, function)


def dense(inputs, units, activation="linear", use_bias=True, **config):
    kernel, bias = draw(inputs, units), draw(units)
    full = {
        "units": units, "activation": activation, "use_bias": use_bias,
        "kernel_initializer": object_of("keras.initializers", "GlorotUniform", seed=None),
        "bias_initializer": object_of("keras.initializers", "Zeros"), "kernel_regularizer": None, "bias_regularizer": None,
        "kernel_constraint": None, "bias_constraint": None, **config,
    }
    vars = {"vars/0": kernel, **({"vars/1": bias} if use_bias else {})}
    return Layer("Dense", full, vars,
                 lambda x: ACTIVATIONS[activation](x @ widened(kernel) + (widened(bias) if use_bias else 0)))


def time_distributed(layer):
    return Layer("TimeDistributed", {"layer": layer.serialized()}, {f"layer/{path}": array for path, array in layer.vars.items()},
                 layer.function)


def embedding(symbols, size, mask_zero=False):
    table = draw(symbols, size)
    config = {
        "input_dim": symbols, "output_dim": size, "embeddings_initializer": object_of("keras.initializers", "RandomUniform", seed=None),
        "embeddings_regularizer": None, "activity_regularizer": None, "embeddings_constraint": None, "mask_zero": mask_zero,
    }
    return Layer("Embedding", config, {"vars/0": table}, lambda x: widened(table)[x[:, 0].astype(int)])


def normalization(size, **config):
    mean, variance = draw(size), np.abs(draw(size, scale=2)) + np.float32(0.1)
    variance[-1] = 0  # Keras divides by at least 1e-7
    mean[-1] = 0.5
    full = {"axis": [-1], "invert": False, "mean": None, "variance": None, **config}
    vars = {"vars/0": mean, "vars/1": variance, "vars/2": np.array(0, np.int32)}
    return Layer("Normalization", full, vars, lambda x: (x - widened(mean)) / np.maximum(np.sqrt(widened(variance)), 1e-7))


def masking(mask_value=0.0):
    return Layer("Masking", {"mask_value": mask_value})


def dropout(rate=0.5):
    return Layer("Dropout", {"rate": rate, "seed": None, "noise_shape": None}, {"seed_generator/vars/0": np.array([0, 9], np.uint32)})


def pooling(kind):
    of = {"Average": lambda x: x.mean(axis=0), "Max": lambda x: x.max(axis=0)}[kind]
    return Layer(f"Global{kind}Pooling1D", {"data_format": "channels_last", "keepdims": False}, {}, of)


def activation(name):
    return Layer("Activation", {"activation": name}, {}, ACTIVATIONS[name])

#!/usr/bin/python3
"""Models in the form in which Keras 3 saves them, with the outputs that they have, for the import of .keras files.

Run it without arguments; it needs NumPy and h5py, not Keras, and writes keras_files.zip: the .keras files, and outputs.json with the input
sequences of each model and its outputs. The layout is that of keras/src/saving/saving_lib.py: a zip file without compression with
metadata.json, config.json and model.weights.h5, whose groups have the names of the layers' classes, numbered where a class occurs again.
"""

import io
import json
import pathlib
import re
import zipfile

import h5py
import numpy as np

import keras_layers
from keras_layers import (activation, bidirectional, dense, draw, dropout, embedding, gru, lstm, masking, normalization, object_of,
                          policy, pooling, random, simple_rnn, time_distributed)

DATE = (2024, 1, 1, 0, 0, 0)
files, outputs = {}, {}


def snake_case(name):
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def numbered(names):
    """Distinct names: the second of a kind gets _1, the third _2."""
    used, result = {}, []
    for name in names:
        used[name] = used.get(name, -1) + 1
        result.append(f"{name}_{used[name]}" if used[name] else name)
    return result


def narrowed(array, kind):
    if array.dtype != np.float32 or kind == "float32":
        return array
    if kind == "bfloat16":  # HDF5 has no such type; h5py writes it as two opaque bytes
        return (array.view(np.uint32) >> 16).astype(np.uint16).view("V2")
    return array.astype(kind)


def weights_of(layers, names, kind, compiled, **options):
    file = io.BytesIO()
    with h5py.File(file, "w", **options) as h5:
        h5.create_group("vars")
        for name, layer in zip(names, layers):
            group = h5.create_group(f"layers/{name}")
            group.create_group("vars")
            for path, array in layer.vars.items():
                group[path] = narrowed(array, kind)
                if kind == "bfloat16" and array.dtype == np.float32:
                    group[path].attrs["dtype"] = "bfloat16"
        if compiled:
            h5["optimizer/vars/0"] = np.array(12, np.int64)
            h5["optimizer/vars/1"] = np.array(0.001, np.float32)
    return file.getvalue()


def with_build(entry, shape):
    return {**entry, "build_config": {"input_shape": shape}}


def sequential(layers, first, shape):
    entries = [first] + [with_build(layer.serialized(), shape) for layer in layers]
    return {"module": "keras", "class_name": "Sequential",
            "config": {"name": "sequential", "trainable": True, "dtype": policy("float32"), "layers": entries, "build_input_shape": shape},
            "registered_name": None, "build_config": {"input_shape": shape}}


def functional(layers, first, shape, masked):
    """A chain as a graph; with `masked`, the mask is computed by two operations, which the layers receive as an argument."""
    def tensor(name):
        return {"class_name": "__keras_tensor__",
                "config": {"shape": shape, "dtype": "float32", "keras_history": [name, 0, 0]}}

    def node(source, **arguments):
        return [{"args": [tensor(source)], "kwargs": arguments}]

    entries = [{**first, "name": first["config"]["name"], "inbound_nodes": []}]
    before = entries[0]["name"]
    for place, layer in enumerate(layers):
        arguments = {"mask": tensor("not_equal")} if masked and place > 0 else {"mask": None, "training": False}
        entries.append({**layer.serialized(), "name": layer.config["name"], "inbound_nodes": node(before, **arguments)})
        before = layer.config["name"]
    if masked:
        entries.append({"module": "keras.src.ops.numpy", "class_name": "NotEqual", "config": {"name": "not_equal"},
                        "registered_name": "NotEqual", "name": "not_equal",
                        "inbound_nodes": [{"args": [tensor(entries[0]["name"]), 0], "kwargs": {}}]})
    return {"module": "keras.src.models.functional", "class_name": "Functional",
            "config": {"name": "functional", "trainable": True, "layers": entries, "input_layers": [[entries[0]["name"], 0, 0]],
                       "output_layers": [[before, 0, 0]]},
            "registered_name": "Functional", "build_config": {"input_shape": None}}


def save(name, layers, inputs=2, lengths=(1, 2, 5, 17), symbols=0, graph=False, masked=False, compile_config=None, kind="float32",
         by_layer_name=False, **options):
    own = numbered([snake_case(layer.class_name) for layer in layers])
    for layer, group in zip(layers, own):
        layer.config["name"] = f"{group}_of_{name}" if by_layer_name else group
        layer.config["dtype"] = policy(kind)
    shape = [None, None] if symbols else [None, None, inputs]
    first = {"module": "keras.layers", "class_name": "InputLayer",
             "config": {"batch_shape": shape, "dtype": "int32" if symbols else "float32", "sparse": False, "ragged": False,
                        "name": "input_layer"}, "registered_name": None}
    model = functional(layers, first, shape, masked) if graph else sequential(layers, first, shape)
    model["compile_config"] = compile_config
    names = [layer.config["name"] for layer in layers] if by_layer_name else own

    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zip_file:
        for entry, content in (
                ("metadata.json", json.dumps({"keras_version": "3.6.0", "date_saved": "2024-01-01@00:00:00"}).encode()),
                ("config.json", json.dumps(model).encode()),
                ("model.weights.h5", weights_of(layers, names, kind, compile_config, **options))):
            zip_file.writestr(zipfile.ZipInfo(entry, DATE), content)
    files[f"{name}.keras"] = archive.getvalue()

    sequences = [random.randint(0, symbols, (steps, 1)) if symbols else np.round(draw(steps, inputs, scale=2), 3) for steps in lengths]
    results = []
    for values in sequences:
        for layer in layers:
            values = layer.function(values.astype(np.float64) if values.dtype == np.float32 else values)
        results.append(values)
    outputs[name] = {"inputs": [np.asarray(s, np.float64).round(3).tolist() for s in sequences], "outputs": [r.tolist() for r in results]}


def compiled(loss, **config):
    return {"optimizer": object_of("keras.optimizers", "Adam", learning_rate=0.001), "loss": object_of("keras.losses", loss, **config),
            "loss_weights": None, "metrics": ["accuracy"], "weighted_metrics": None, "run_eagerly": False, "steps_per_execution": 1,
            "jit_compile": False}


for name in ("tanh", "relu", "sigmoid", "linear", "hard_sigmoid", "elu", "softplus", "softsign", "leaky_relu"):
    save(f"rnn-{name}", [simple_rnn(2, 3, activation=name), dense(3, 2, "softmax")], lengths=(1, 4))
save("rnn-no-bias", [simple_rnn(2, 4, use_bias=False), dense(4, 3, "softmax", use_bias=False)])
save("lstm", [lstm(2, 5), dense(5, 3, "softmax")], compile_config=compiled("SparseCategoricalCrossentropy", from_logits=False))
save("lstm-functions", [lstm(2, 4, activation="softsign", recurrent_activation="hard_sigmoid"), dense(4, 1)])
save("lstm-stack", [lstm(2, 5, return_sequences=True), dropout(), lstm(5, 3, return_sequences=True, use_bias=True), lstm(3, 4),
                    dense(4, 2, "softmax")])
save("lstm-no-bias", [lstm(2, 3, use_bias=False), dense(3, 2)])
for form in (True, False):
    word = "after" if form else "before"
    save(f"gru-{word}", [gru(2, 4, reset_after=form), dense(4, 3, "softmax")])
    save(f"gru-{word}-no-bias", [gru(2, 4, reset_after=form, use_bias=False), dense(4, 3, "softmax")])
    save(f"gru-{word}-functions", [gru(2, 4, reset_after=form, activation="relu", recurrent_activation="hard_sigmoid", dropout=0.2,
                                       recurrent_dropout=0.1), dense(4, 2)])
for mode in ("concat", "sum", "ave", "mul"):
    width = 8 if mode == "concat" else 4
    save(f"bi-lstm-{mode}", [bidirectional(lstm(2, 4), mode), dense(width, 3, "softmax")])
    save(f"bi-gru-{mode}-stack", [bidirectional(gru(2, 4, return_sequences=True), mode), bidirectional(gru(width, 4), mode),
                                  dense(width, 3, "softmax")])
    save(f"bi-rnn-{mode}-steps", [bidirectional(simple_rnn(2, 4, return_sequences=True), mode), dense(width, 3, "softmax")])
save("mean", [gru(2, 4, return_sequences=True), pooling("Average"), dense(4, 3, "softmax")])
save("max", [bidirectional(lstm(2, 3, return_sequences=True)), pooling("Max"), dropout(), dense(6, 2, "softmax")])
save("steps", [masking(), lstm(2, 4, return_sequences=True), time_distributed(dense(4, 3, "softmax"))])
save("steps-binary", [gru(2, 4, return_sequences=True), dense(4, 1, "sigmoid")])
save("binary", [gru(2, 4), dense(4, 1, "sigmoid")])
save("labels", [lstm(2, 4), dense(4, 3, "sigmoid")], compile_config=compiled("BinaryCrossentropy", from_logits=False))
save("numbers", [lstm(2, 4), dense(4, 2)], compile_config=compiled("MeanSquaredError"))
save("logits", [lstm(2, 4), dense(4, 3)], compile_config=compiled("SparseCategoricalCrossentropy", from_logits=True))
save("logit", [lstm(2, 4), dense(4, 1)], compile_config=compiled("BinaryCrossentropy", from_logits=True))
save("activation-layer", [lstm(2, 4), dense(4, 3), activation("softmax")])
save("normalization", [normalization(2), gru(2, 3), dense(3, 2, "softmax")])
save("symbols", [embedding(7, 3), simple_rnn(3, 4), dense(4, 2, "softmax")], symbols=7)
save("graph", [embedding(9, 3, mask_zero=True), bidirectional(gru(3, 4, return_sequences=True)), dropout(),
               time_distributed(dense(8, 3, "softmax"))], symbols=9, graph=True, masked=True)
save("graph-plain", [gru(2, 3), dense(3, 2, "softmax")], graph=True)
save("by-layer-name", [lstm(2, 4, return_sequences=True), lstm(4, 3), dense(3, 2, "softmax")], by_layer_name=True)
# More members than one node of a group's tree has room for.
save("many-layers", [simple_rnn(2, 2, return_sequences=place < 9) for place in range(10)] + [dense(2, 2, "softmax")])
save("newest-layout", [lstm(2, 4), dense(4, 2, "softmax")], libver="latest")
keras_layers.coarse = True
for kind in ("float16", "float64", "bfloat16"):
    save(kind, [gru(2, 3), dense(3, 2, "softmax")], kind=kind)

with zipfile.ZipFile(pathlib.Path(__file__).with_name("keras_files.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in {**files, "outputs.json": json.dumps(outputs).encode()}.items():
        archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)

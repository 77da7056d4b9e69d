"""Builds graphs in the patterns of Keras's exporters, tf2onnx and keras2onnx, with random weights.

Run with numpy and onnx: python3 make_keras.py
Writes keras-*.onnx beside itself. The patterns are those that tf2onnx 1.16 leaves of Keras 2 layers:
- zero states are expanded to the number of sequences: Shape, Cast, Slice, Squeeze, Unsqueeze, Concat, Cast, Expand, Unsqueeze;
- a recurrent layer is Transpose, LSTM or GRU, Squeeze, Transpose; without return_sequences the last step by Slice and Squeeze;
- a bidirectional layer is one node whose Y or Y_h is sliced for each direction, or two nodes with ReverseSequence if the exporter did not
  find that they belong together; merge_mode is Concat, Add or Mul;
- Dense is MatMul and Add; on three axes it is tensordot: Shape, Gather, ReduceProd, Concat, Reshape, MatMul, Reshape;
- Embedding casts its input to int32 and gathers rows;
- GRU with reset_after is linear_before_reset=1 with both rows of the bias, without it all of the bias is in the first half.
keras2onnx wrote Y_h with Transpose and Reshape, and SimpleRNN as RNN.
"""
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(1)


class Graph:
    def __init__(self, shape):
        self.nodes, self.tensors, self.shape = [], [], shape

    def const(self, value, dtype=np.float32):
        name = f"const_{len(self.tensors)}"
        self.tensors.append(numpy_helper.from_array(np.asarray(value, dtype), name))
        return name

    def ints(self, *values):
        return self.const(values, np.int64)

    def weights(self, *shape):
        return self.const(random.normal(size=shape) * 0.5)

    def node(self, kind, inputs, outputs=1, **attributes):
        names = [f"StatefulPartitionedCall/{kind}_{len(self.nodes)}:{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=names[0][:-2], **attributes))
        return names if outputs > 1 else names[0]

    def batch(self):
        """The number of sequences, [1], as strided_slice of the shape gives it."""
        shape = self.node("Cast", [self.node("Shape", ["x"])], to=TensorProto.INT32)
        first = self.node("Slice", [shape, self.ints(0), self.ints(1), self.ints(0)])
        return self.node("Unsqueeze", [self.node("Squeeze", [first, self.ints(0)]), self.ints(0)])

    def zeros(self, units):
        shape = self.node("Concat", [self.batch(), self.const([units], np.int32)], axis=0)
        state = self.node("Expand", [self.const(0.0), self.node("Cast", [shape], to=TensorProto.INT64)])
        return self.node("Unsqueeze", [state, self.ints(0)])

    def layer(self, kind, x, inputs, units, directions=1, states=True, bias=None, **attributes):
        """x is [steps, sequences, inputs]."""
        gates = {"RNN": 1, "GRU": 3, "LSTM": 4}[kind]
        b = self.weights(directions, 2 * gates * units) if bias is None else bias
        arguments = [x, self.weights(directions, gates * units, inputs), self.weights(directions, gates * units, units), b, ""]
        zero = self.zeros(units) if states else ""
        if states and directions == 2:
            zero = self.node("Concat", [zero, self.zeros(units)], axis=0)
        arguments += [zero] if kind != "LSTM" else [zero, zero]
        direction = "bidirectional" if directions == 2 else "forward"
        return self.node(kind, arguments, 2, hidden_size=units, direction=direction, **attributes)

    def time_first(self, x):
        return self.node("Transpose", [x], perm=[1, 0, 2])

    def last(self, y):
        """The last step of [steps, sequences, units], as strided_slice with shrink_axis_mask."""
        step = self.node("Slice", [y, self.ints(-1), self.ints(2 ** 31 - 1), self.ints(0)])
        return self.node("Squeeze", [step, self.ints(0)])

    def dense(self, x, inputs, outputs):
        return self.node("Add", [self.node("MatMul", [x, self.weights(inputs, outputs)]), self.weights(outputs)])

    def save(self, name, output):
        graph = helper.make_graph(
            self.nodes, "tf2onnx", [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)], self.tensors)
        model = helper.make_model(graph, producer_name="tf2onnx", opset_imports=[helper.make_opsetid("", 13)])
        model.ir_version = 7
        onnx.save(model, os.path.join(HERE, name + ".onnx"))


def lstm():
    g = Graph(["unk__1", "unk__2", 3])
    y = g.node("Squeeze", [g.layer("LSTM", g.time_first("x"), 3, 5)[0], g.ints(1)])
    y = g.node("Squeeze", [g.layer("LSTM", y, 5, 4)[0], g.ints(1)])
    g.save("keras-lstm-softmax", g.node("Softmax", [g.dense(g.last(y), 4, 3)]))


def gru(reset_after):
    g = Graph(["unk__1", "unk__2", 3])
    bias = None if reset_after else g.const(np.concatenate([random.normal(size=(1, 12)), np.zeros((1, 12))], 1))
    attributes = dict(linear_before_reset=1) if reset_after else dict(linear_before_reset=0)
    state = g.layer("GRU", g.time_first("x"), 3, 4, bias=bias, activations=["Sigmoid", "Tanh"], **attributes)[1]
    flat = g.node("Squeeze", [state, g.ints(0)])
    g.save(f"keras-gru-{'after' if reset_after else 'before'}-sigmoid", g.node("Sigmoid", [g.dense(flat, 4, 1)]))


def direction(g, value, index, axis):
    return g.node("Slice", [value, g.ints(index), g.ints(index + 1), g.ints(axis)])


def bidirectional():
    g = Graph(["unk__1", "unk__2", 3])
    y = g.layer("LSTM", g.time_first("x"), 3, 4, 2)[0]
    sides = [g.time_first(g.node("Squeeze", [direction(g, y, d, 1), g.ints(1)])) for d in (0, 1)]
    sides = g.node("Concat", sides, axis=2)
    states = g.layer("LSTM", g.time_first(sides), 8, 5, 2)[1]
    final = g.node("Concat", [g.node("Squeeze", [direction(g, states, d, 0), g.ints(0)]) for d in (0, 1)], axis=1)
    g.save("keras-bilstm-softmax", g.node("Softmax", [g.dense(final, 10, 3)], axis=-1))


def separate():
    """keras-bigru: the exporter did not join the nodes, and merge_mode is sum."""
    g = Graph(["unk__1", "unk__2", 3])
    x = g.time_first("x")
    steps = g.node("Slice", [g.node("Shape", ["x"]), g.ints(1), g.ints(2), g.ints(0)])
    count = g.node("Expand", [steps, g.node("Cast", [g.batch()], to=TensorProto.INT64)])
    back = g.node("ReverseSequence", [x, count], time_axis=0, batch_axis=1)
    sides = [g.last(g.node("Squeeze", [g.layer("GRU", v, 3, 4, linear_before_reset=1)[0], g.ints(1)])) for v in (x, back)]
    g.save("keras-bigru-softmax", g.node("Softmax", [g.dense(g.node("Add", sides), 4, 3)]))


def tagger():
    g = Graph(["unk__1", "unk__2", 3])
    y = g.time_first(g.node("Squeeze", [g.layer("GRU", g.time_first("x"), 3, 4, linear_before_reset=1)[0], g.ints(1)]))
    shape = g.node("Cast", [g.node("Shape", [y])], to=TensorProto.INT32)
    free = g.node("Gather", [shape, g.ints(0, 1)], axis=0)
    rows = g.node("ReduceProd", [free], axes=[0], keepdims=0)
    columns = g.node("ReduceProd", [g.node("Gather", [shape, g.ints(2)], axis=0)], axes=[0], keepdims=0)
    flat = g.node("Concat", [g.node("Unsqueeze", [rows, g.ints(0)]), g.node("Unsqueeze", [columns, g.ints(0)])], axis=0)
    flat = g.node("Reshape", [y, g.node("Cast", [flat], to=TensorProto.INT64)])
    product = g.node("MatMul", [flat, g.weights(4, 3)])
    back = g.node("Cast", [g.node("Concat", [free, g.const([3], np.int32)], axis=0)], to=TensorProto.INT64)
    scores = g.node("Add", [g.node("Reshape", [product, back]), g.weights(3)])
    g.save("keras-timedistributed-softmax", g.node("Softmax", [scores], axis=-1))


def embedding():
    g = Graph(["unk__1", "unk__2"])
    vectors = g.node("Gather", [g.weights(9, 5), g.node("Cast", ["x"], to=TensorProto.INT32)], axis=0)
    y = g.time_first(g.node("Squeeze", [g.layer("LSTM", g.time_first(vectors), 5, 4)[0], g.ints(1)]))
    mean = g.node("ReduceMean", [y], axes=[1], keepdims=0)
    g.save("keras-embedding-mean-softmax", g.node("Softmax", [g.dense(mean, 4, 3)]))


def simple():
    """keras2onnx: SimpleRNN with relu, its state by Transpose and Reshape, and a normalisation layer before."""
    g = Graph(["N", "T", 3])
    x = g.node("Mul", [g.node("Sub", ["x", g.const([[[0.5, 1, -1]]])]), g.const([[[2, 0.5, 1]]])])
    state = g.layer("RNN", g.time_first(x), 3, 4, states=False, activations=["Relu"])[1]
    flat = g.node("Reshape", [g.time_first(state), g.ints(-1, 4)])
    g.save("keras-simplernn-softmax", g.node("Softmax", [g.dense(flat, 4, 3)], axis=1))


lstm()
gru(True)
gru(False)
bidirectional()
separate()
tagger()
embedding()
simple()

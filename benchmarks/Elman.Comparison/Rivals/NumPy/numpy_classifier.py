"""A recurrent classifier from scratch in NumPy, double precision: tanh RNN, softmax on the last state, BPTT, SGD.

    python3 numpy_classifier.py I H BATCH STEPS     prints milliseconds a training step, on random numbers
    python3 numpy_classifier.py serve               takes orders on standard input; Elman.Comparison gives them

Orders are lines; numbers follow as little-endian doubles:
    problem I H B T C RATE  + x [T,B,I], wx [I,H], wh [H,H], b [H], v [H,C], c [C], labels [B]
    check                   one step from these weights; answers with loss, ∂wx, ∂wh, ∂b, ∂v, ∂c
    run N                   N steps; answers with the seconds they took, one double
"""

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"  # read when the library loads

import sys
import time

import numpy as np


class Classifier:
    """Arrays are made once: a step allocates little, as good NumPy code would have it."""

    def __init__(self, x, wx, wh, b, v, c, labels):
        steps, batch, inputs = x.shape
        hidden = len(b)
        self.x, self.labels = x, labels
        self.weights = [wx, wh, b, v, c]
        self.gradients = [np.empty_like(w) for w in self.weights]
        self.h = np.zeros((steps + 1, batch, hidden))  # h[0] is the initial state
        self.da = np.empty((steps, batch, hidden))
        self.dh = np.empty((batch, hidden))
        self.slope = np.empty((batch, hidden))
        self.rows = np.arange(batch)
        self.product = np.empty((batch, hidden))
        self.flat_x = x.reshape(steps * batch, inputs)

    def forward(self):
        """Leaves the states in h and the loss's gradient by the logits in p; returns the loss."""
        wx, wh, b, v, c = self.weights
        steps, batch, hidden = self.da.shape
        np.dot(self.flat_x, wx, out=self.h[1:].reshape(steps * batch, hidden))
        self.h[1:] += b
        for t in range(steps):
            np.dot(self.h[t], wh, out=self.product)
            self.h[t + 1] += self.product
            np.tanh(self.h[t + 1], out=self.h[t + 1])
        logits = np.dot(self.h[-1], v) + c
        logits -= logits.max(axis=1, keepdims=True)
        p = np.exp(logits)
        total = p.sum(axis=1, keepdims=True)
        loss = (np.log(total[:, 0]) - logits[self.rows, self.labels]).mean()
        p /= total
        p[self.rows, self.labels] -= 1
        p /= batch
        self.p = p
        return loss

    def backward(self):
        """Fills the gradients."""
        _, wh, _, v, _ = self.weights
        dwx, dwh, db, dv, dc = self.gradients
        steps, batch, hidden = self.da.shape
        np.dot(self.h[-1].T, self.p, out=dv)
        np.sum(self.p, axis=0, out=dc)
        np.dot(self.p, v.T, out=self.dh)
        for t in range(steps - 1, -1, -1):
            np.multiply(self.h[t + 1], self.h[t + 1], out=self.slope)
            np.subtract(1, self.slope, out=self.slope)
            np.multiply(self.dh, self.slope, out=self.da[t])
            np.dot(self.da[t], wh.T, out=self.dh)
        flat = self.da.reshape(steps * batch, hidden)
        np.dot(self.flat_x.T, flat, out=dwx)
        np.dot(self.h[:-1].reshape(steps * batch, hidden).T, flat, out=dwh)
        np.sum(flat, axis=0, out=db)

    def step(self, rate):
        """One training step; returns the loss before it."""
        loss = self.forward()
        self.backward()
        for w, g in zip(self.weights, self.gradients):
            w -= rate * g
        return loss


def blas():
    """The BLAS that NumPy has loaded, as far as the system shows it."""
    np.dot(np.ones((2, 2)), np.ones((2, 2)))
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            paths = {line.split()[-1] for line in maps}
    except OSError:
        return "unknown"
    # Debian tells the kind by the folder: openblas-pthread/libblas.so.3, blas/libblas.so.3.
    files = ["/".join(path.split("/")[-2:]) for path in paths if any(name in path.split("/")[-1] for name in ("blas", "mkl", "blis", "atlas"))]
    for name in ("openblas", "mkl", "blis", "atlas", "blas"):
        if any(name in file for file in files):
            return "reference" if name == "blas" else name
    return "unknown"


def read(count):
    data = sys.stdin.buffer.read(8 * count)
    if len(data) != 8 * count:
        raise SystemExit("The numbers of an order ended early.")
    return np.frombuffer(data, "<f8").copy()


def write(*arrays):
    for array in arrays:
        sys.stdout.buffer.write(np.ascontiguousarray(array, "<f8").tobytes())
    sys.stdout.buffer.flush()


def serve():
    print(f"{sys.version.split()[0]} {np.__version__} {blas()}", flush=True)
    start, network, rate = None, None, 0.0
    while line := sys.stdin.buffer.readline().decode().split():
        if line[0] == "problem":
            inputs, hidden, batch, steps, classes = map(int, line[1:6])
            rate = float(line[6])
            x = read(steps * batch * inputs).reshape(steps, batch, inputs)
            shapes = [(inputs, hidden), (hidden, hidden), (hidden,), (hidden, classes), (classes,)]
            start = [read(int(np.prod(shape))).reshape(shape) for shape in shapes]
            labels = read(batch).astype(int)
            network = Classifier(x, *[w.copy() for w in start], labels)
        elif line[0] == "check":
            for w, w0 in zip(network.weights, start):
                w[...] = w0
            write(network.step(rate), *network.gradients)
        elif line[0] == "run":
            begin = time.perf_counter()
            for _ in range(int(line[1])):
                network.step(rate)
            write(time.perf_counter() - begin)
        else:
            raise SystemExit(f"There is no order '{line[0]}'.")


def measure(inputs, hidden, batch, steps, classes=10):
    random = np.random.default_rng(1)
    bound = hidden**-0.5
    shapes = [(inputs, hidden), (hidden, hidden), (hidden,), (hidden, classes), (classes,)]
    weights = [random.uniform(-bound, bound, shape) for shape in shapes]
    network = Classifier(random.standard_normal((steps, batch, inputs)), *weights, random.integers(0, classes, batch))
    times = []
    while sum(times) < 2 or len(times) < 5:
        begin = time.perf_counter()
        network.step(1e-5)
        times.append(time.perf_counter() - begin)
    print(f"{1000 * np.median(times):.3g} ms a step; NumPy {np.__version__}, BLAS {blas()}")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    elif len(sys.argv) == 5 and all(argument.isdecimal() and int(argument) > 0 for argument in sys.argv[1:]):
        measure(*map(int, sys.argv[1:]))
    else:
        raise SystemExit(__doc__)

#!/usr/bin/python3
"""Weights as Keras does not write them, but as HDF5 allows: links, other types, other layouts.

Run it after keras_files.py, without arguments; it needs h5py and writes keras_unusual.zip. Each file is model.weights.h5 of the model
`lstm` with one change.
"""

import io
import pathlib
import zipfile

import h5py
import numpy as np

here = pathlib.Path(__file__).parent
with zipfile.ZipFile(here / "keras_files.zip") as all_files, zipfile.ZipFile(io.BytesIO(all_files.read("lstm.keras"))) as model:
    original = model.read("model.weights.h5")

CELL = "layers/lstm/cell"
KERNEL = f"{CELL}/vars/0"
files = {}


def change(name, function, **options):
    file = io.BytesIO(original)
    with h5py.File(file, "r+", **options) as h5:
        function(h5)
    files[f"{name}.h5"] = file.getvalue()


def replaced(**options):
    """Replaces the kernel by an array with the same numbers in another form."""
    def function(h5):
        numbers = h5[KERNEL][:]
        del h5[KERNEL]
        h5.create_dataset(KERNEL, data=numbers.astype(options.pop("dtype", numbers.dtype)), **options)
    return function


def linked(path, link):
    def function(h5):
        h5.move(path, "real")
        h5[path] = link(h5)
    return function


def filled(place, value, dtype=np.float32):
    def function(h5):
        numbers = h5[KERNEL][:].astype(dtype)
        numbers.flat[place] = value
        del h5[KERNEL]
        h5[KERNEL] = numbers
    return function


change("soft-link", linked(KERNEL, lambda h5: h5py.SoftLink("/real")))
change("soft-link-to-a-group", linked(CELL, lambda h5: h5py.SoftLink("/real")))
change("link-to-a-file", linked(KERNEL, lambda h5: h5py.ExternalLink("/etc/hostname", "/real")))
change("cycle", linked(CELL, lambda h5: h5["layers/lstm"]))
change("cycle-beside", lambda h5: h5["layers"].__setitem__("again", h5["layers"]))
change("array-as-group", linked(f"{CELL}/vars", lambda h5: h5["real/0"]))
change("group-as-array", linked(KERNEL, lambda h5: h5["layers"]))
change("array-missing", lambda h5: h5.__delitem__(KERNEL))
change("array-left-over", lambda h5: h5[f"{CELL}/vars"].__setitem__("3", np.float32(1)))
change("array-with-another-name", lambda h5: h5.move(KERNEL, f"{CELL}/vars/kernel"))
change("layer-left-over", lambda h5: h5.create_group("layers/gru"))
change("transposed", lambda h5: linked(KERNEL, lambda h5: h5["real"][:].T)(h5))
change("compressed", replaced(compression="gzip"))
change("chunked", replaced(chunks=(1, 4)))
change("in-another-file", lambda h5: (h5.__delitem__(KERNEL), h5.create_dataset(
    KERNEL, (2, 20), np.float32, external=[("/etc/hostname", 0, h5py.h5f.UNLIMITED)])))
change("big-endian", replaced(dtype=">f4"))
change("whole-numbers", replaced(dtype="i4"))
change("bytes", replaced(dtype="i1"))
change("complex", replaced(dtype="c8"))
change("half", replaced(dtype="f2"))
change("not-a-number", filled(3, np.nan))
change("infinite", filled(39, np.inf))
change("too-large", filled(0, 1e300, np.float64))
change("empty", lambda h5: (h5.__delitem__(KERNEL), h5.create_dataset(KERNEL, data=h5py.Empty("f4"))))
change("without-content", lambda h5: (h5.__delitem__(KERNEL), h5.create_dataset(KERNEL, (2, 20), np.float32)))
change("huge", lambda h5: (h5.__delitem__(KERNEL), h5.create_dataset(KERNEL, (10**9, 10**9), np.float32, chunks=(1, 1))))
change("huge-in-one-piece", lambda h5: (h5.__delitem__(KERNEL), h5.create_dataset(KERNEL, (10**9, 20), np.float32)))
change("many-members", lambda h5: [h5.create_group(f"optimizer/vars/{i}") for i in range(2, 60)])

file = io.BytesIO()
with h5py.File(file, "w", libver="latest") as h5, h5py.File(io.BytesIO(original), "r") as source:
    layers = h5.create_group("layers")
    for path in source["layers"]:
        source.copy(f"layers/{path}", layers)
    for i in range(40):
        layers.create_group(f"lstm_{i}")
files["links-in-a-heap.h5"] = file.getvalue()

with zipfile.ZipFile(here / "keras_unusual.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in files.items():
        archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)

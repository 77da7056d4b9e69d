#!/usr/bin/python3
"""Arrays as NumPy writes them, for the reader of .npy and .npz.

Run it without arguments; it needs NumPy and writes numpy_files.zip. Most arrays hold 0, 1, 2, ... in the order of their indices, so that a
test knows each item by its place.
"""

import io
import pathlib
import zipfile

import numpy as np

files = {}


class File(io.BytesIO):
    """A file of the archive."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def close(self):
        files[self.name] = self.getvalue()
        super().close()


def save(name, array, version=None):
    with File(name) as file:
        np.lib.format.write_array(file, array, version=version, allow_pickle=False)


def save_all(name, compressed=False, **arrays):
    with File(name) as file:
        (np.savez_compressed if compressed else np.savez)(file, **arrays)


grid = np.arange(2 * 5 * 3).reshape(2, 5, 3)

# Two sequences of five steps and three channels, of every type, either end first, either order of axes, every version of the head.
for descr in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8", "|i1", "<i2", ">i4", "<i8", ">i8", "|u1", ">u2", "<u4", "<u8"]:
    save(f"ntc_{descr[1:]}_{'big' if descr[0] == '>' else 'little'}.npy", grid.astype(descr))
save("ntc_fortran.npy", np.asfortranarray(grid.astype("<f4")))
save("nct.npy", np.ascontiguousarray(grid.astype("<f4").transpose(0, 2, 1)))
save("nct_fortran.npy", np.asfortranarray(grid.astype("<f4").transpose(0, 2, 1)))
save("ntc_version2.npy", grid.astype("<f4"), version=(2, 0))
save("ntc_version3.npy", grid.astype("<f4"), version=(3, 0))
save("nt.npy", np.arange(12, dtype="<f4").reshape(3, 4))
save("t.npy", np.arange(6, dtype="<f4"))
save("bool.npy", (np.arange(12).reshape(3, 4) % 2).astype(bool))
save("special.npy", np.array([[0.1, -0.0, np.nan, 1e-45, 3.4028235e38]], dtype="<f4"))
save("infinite.npy", np.array([[0.0, 1.0], [2.0, np.inf]], dtype="<f4"))

# What is refused.
with File("objects.npy") as file:
    np.lib.format.write_array(file, np.array([[1, 2], [3]], dtype=object), allow_pickle=True)
save("complex.npy", np.zeros((2, 3), dtype="<c8"))
save("records.npy", np.zeros(3, dtype=[("a", "<f4"), ("b", "<i4")]))
save("dates.npy", np.array([["2024-01-01", "2024-01-02"]], dtype="<M8[D]"))

# Several arrays, plain and compressed.
values = grid.astype("<f4")
save_all("classes.npz", X=values, y=np.array([7, -3]))
save_all("texts.npz", compressed=True, X=values, y=np.array(["größe", "a"]), ids=np.array(["p", "q"]), groups=np.array([1, 1]),
                    channels=np.array(["ax", "ay", "az"]))
save_all("padded.npz", X=values, y=np.array(["u", "v"]), lengths=np.array([5, 2]))
save_all("joined.npz", X=values.reshape(10, 3), y=np.array([b"u", b"v"]), lengths=np.array([7, 3], dtype="<i4"))
save_all("steps.npz", X=values[:, :, 0], y=np.array([[0, 1, 0, 1, 0], [1, 1, 1, 0, 2]]))
save_all("steps_fortran.npz", X=values[:, :, 0], y=np.asfortranarray([[0, 1, 0, 1, 0], [1, 1, 1, 0, 2]]))
save_all("numbers.npz", X=values, y=np.asfortranarray([[0.1, 2.0], [np.nan, 4.0]]), target_names=np.array(["size", "weight"]))
save_all("sets.npz", X=values, y=np.array([[1, 0], [1, 1]]))
save_all("one.npz", arr_0=values)
save_all("parts.npz", X_train=values, X_test=values, y_train=np.array([0, 1]), y_test=np.array([0, 1]))
save_all("twice.npz", X=values, data=values)

# A head that promises more than there is.
with File("promises.npy") as file:
    np.lib.format.write_array_header_1_0(file, {"descr": "<f4", "fortran_order": False, "shape": (1000, 1000, 250)})
    file.write(bytes(64))

with zipfile.ZipFile(pathlib.Path(__file__).with_name("numpy_files.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in files.items():
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

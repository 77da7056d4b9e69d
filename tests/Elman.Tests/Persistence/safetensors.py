"""Writes example.safetensors, for the tests of the format: from its description alone, with struct and json.

A file is the length of its header (u64, little-endian), the header (JSON in UTF-8, padded with spaces to a multiple of 8), and
the tensors. The header maps __metadata__ to texts and every name to dtype, shape and data_offsets. Elman puts metadata first,
larger element types next, then names in order.
"""

import json
import struct
from pathlib import Path

METADATA = {"a.first": 'says "ü\\é漢" &\tmore', "b": "", "z.last": "1"}

# name, dtype, struct code, shape, numbers
TENSORS = [
    ("empty", "F64", "d", [0, 4], []),
    ("whole", "I64", "q", [1, 1], [-(2**63)]),
    ("wide", "F64", "d", [2], [1 / 3, -0.0]),
    ("Upper", "F32", "f", [1], [0.1]),
    ("rank 0", "F32", "f", [], [1.5]),
    ("w", "F32", "f", [2, 3], [1, 2, 3, -4, 5e-45, 3.4028234663852886e38]),
    ("ünïcode.漢", "F32", "f", [1], [float("inf")]),
    ("half", "U16", "H", [3], [0, 1, 65535]),
    ("bytes", "U8", "B", [3], [0, 128, 255]),
]


def content():
    assert TENSORS == sorted(TENSORS, key=lambda t: (-struct.calcsize(t[2]), t[0]))
    header, data = {"__metadata__": METADATA}, b""
    for name, dtype, code, shape, numbers in TENSORS:
        begin = len(data)
        data += struct.pack(f"<{len(numbers)}{code}", *numbers)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [begin, len(data)]}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


if __name__ == "__main__":
    Path(__file__).with_name("example.safetensors").write_bytes(content())

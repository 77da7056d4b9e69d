"""Draws the icon of the packages, icon.png: three states in a row, and the loop that leads back. Needs Python 3 alone.

    python3 tools/packing/icon.py
"""
import math
import pathlib
import struct
import zlib

SIZE = 128
BACKGROUND, FOREGROUND = (31, 78, 121), (255, 255, 255)
CENTRES = ((30, 82), (64, 82), (98, 82))
RADIUS, LINE = 12, 3.5


def cover(distance):
    """The covered share of a pixel whose centre has this signed distance to an edge."""
    return min(max(0.5 - distance, 0.0), 1.0)


def rounded_square(x, y, corner=24):
    dx, dy = (max(abs(v - SIZE / 2) - (SIZE / 2 - corner), 0) for v in (x, y))
    return math.hypot(dx, dy) - corner


def segment(x, y, a, b):
    (ax, ay), (bx, by) = a, b
    t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    t = min(max(t, 0.0), 1.0)
    return math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) - LINE


def loop(x, y):
    """Half a circle above the row, from the last state to the first."""
    if y > CENTRES[0][1]:
        return math.inf
    return abs(math.hypot(x - CENTRES[1][0], y - CENTRES[1][1]) - (CENTRES[1][0] - CENTRES[0][0])) - LINE


def pixel(column, row):
    x, y = column + 0.5, row + 0.5
    shapes = [math.hypot(x - a, y - b) - RADIUS for a, b in CENTRES]
    shapes += [segment(x, y, CENTRES[0], CENTRES[2]), loop(x, y)]
    share = cover(min(shapes))
    colour = [round(f * share + b * (1 - share)) for f, b in zip(FOREGROUND, BACKGROUND)]
    return bytes(colour + [round(255 * cover(rounded_square(x, y)))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main():
    rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    pathlib.Path(__file__).with_name("icon.png").write_bytes(png)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Features of frames by NumPy and SciPy in double, and .wav files as Python's wave module and SciPy write them.

Run it without arguments; it needs NumPy and SciPy. It writes features.json and wavs.json. All samples are multiples of 1/32768.
"""

import base64
import io
import json
import wave

import numpy as np
from scipy.fft import dct
from scipy.io import wavfile


def mel(f):
    return 2595 * np.log10(1 + f / 700)


def hertz(m):
    return 700 * (10 ** (m / 2595) - 1)


def features(samples, rate, frame, hop, filters, coefficients):
    size = 1
    while size < frame:
        size *= 2
    edges = hertz(np.linspace(0, mel(rate / 2), filters + 2))
    f = np.arange(size // 2 + 1) * rate / size
    bands = np.array([np.clip(np.minimum((f - l) / (c - l), (r - f) / (r - c)), 0, None)
                      for l, c, r in zip(edges, edges[1:], edges[2:])])
    window = 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(frame) / (frame - 1))
    steps = [samples[i:i + frame] for i in range(0, len(samples) - frame + 1, hop)]
    power = np.abs(np.fft.rfft(np.array(steps) * window, size)) ** 2
    logs = np.log(np.maximum(power @ bands.T, 1e-10))
    return logs if coefficients == 0 else dct(logs, type=2, norm="ortho")[:, :coefficients]


def sound(random, rate, seconds):
    t = np.arange(int(rate * seconds)) / rate
    x = 0.4 * np.sin(2 * np.pi * (300 * t + 4000 * t * t)) + 0.2 * np.sin(2 * np.pi * 1234.5 * t) + 0.05 * random.standard_normal(len(t))
    return np.round(x * 32768) / 32768


def main():
    random = np.random.default_rng(1)
    cases = []
    for rate, frame_ms, hop_ms, filters, coefficients, seconds in [
            (8000, 25, 10, 26, 13, 0.12), (16000, 25, 10, 26, 13, 0.08), (16000, 25, 10, 40, 0, 0.06), (22050, 20, 7, 20, 20, 0.05),
            (44100, 25, 10, 26, 1, 0.05), (48000, 10, 10, 12, 5, 0.03)]:
        samples = sound(random, rate, seconds)
        frame, hop = round(rate * frame_ms / 1000), round(rate * hop_ms / 1000)
        cases.append({"rate": rate, "frameMs": frame_ms, "hopMs": hop_ms, "filters": filters, "coefficients": coefficients,
                      "samples": np.round(samples * 32768).astype(int).tolist(),
                      "steps": np.round(features(samples, rate, frame, hop, filters, coefficients), 6).tolist()})
    with open("features.json", "w") as file:
        json.dump(cases, file)
        file.write("\n")

    wavs = []
    for width, channels in [(1, 1), (2, 1), (3, 1), (4, 1), (2, 2), (3, 2)]:
        values = random.integers(-2 ** (8 * width - 1), 2 ** (8 * width - 1), (7, channels))
        values[0], values[1] = -2 ** (8 * width - 1), 2 ** (8 * width - 1) - 1
        stored = values + 128 if width == 1 else values
        data = io.BytesIO()
        with wave.open(data, "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(width)
            out.setframerate(11025)
            out.writeframes(b"".join(int(v).to_bytes(width, "little", signed=width > 1) for v in stored.ravel()))
        wavs.append({"name": f"PCM of {8 * width} bits, {channels}", "rate": 11025, "bytes": base64.b64encode(data.getvalue()).decode(),
                     "samples": (values / 2.0 ** (8 * width - 1)).mean(axis=1).tolist()})
    for channels in (1, 2):
        values = (random.integers(-4096, 4097, (5, channels)) / 4096).astype(np.float32)
        data = io.BytesIO()
        wavfile.write(data, 48000, values)
        wavs.append({"name": f"floats, {channels}", "rate": 48000, "bytes": base64.b64encode(data.getvalue()).decode(),
                     "samples": values.mean(axis=1, dtype=float).tolist()})
    with open("wavs.json", "w") as file:
        json.dump(wavs, file, indent=1)
        file.write("\n")


main()

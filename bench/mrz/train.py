"""Makes static/mrz-engine/weights.js: `python -m bench.mrz.train`, the same weights for the same seeds.

A network of two convolutions and two dense layers (44,000 weights of one byte) learns the 37 characters of
OCR-B, and what is none, from pictures that strips.py invents. Seeds from FIRST on are for training only;
measuring takes those below. PICTURES=300 EPOCHS=1 try it out.
"""

from __future__ import annotations

import base64
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from bench.mrz import strips
from bench.mrz.strips import ALPHABET, Strip

FIRST = 1_000_000
PICTURES = int(os.environ.get("PICTURES", "1200"))
EPOCHS = int(os.environ.get("EPOCHS", "7"))
WEIGHTS = Path(__file__).resolve().parents[2] / "timpora" / "static" / "mrz-engine" / "weights.js"

# As lines.js and net.js have them.
HIGH, WIDE, PITCH, CAP, REACH = 26, 22, 14, 14, 20
NONE = len(ALPHABET)
SHAPES = ((10, 1, 3, 3), (20, 10, 3, 3), (96, 400), (NONE + 1, 96))
BATCH = 256
RARE = 0.3  # the share of fillers that is kept: two characters in five are one


def main() -> None:
    data = examples(range(FIRST, FIRST + PICTURES))
    print(f"{len(data[1]):,} windows of {PICTURES:,} pictures")
    held = examples(range(FIRST - 200, FIRST))
    network = Network(np.random.default_rng(1))
    for epoch in range(EPOCHS):
        start = time.monotonic()
        loss = network.epoch(*data, rate=2e-3 * 0.62**epoch, chance=np.random.default_rng(epoch))
        right = np.mean(network.answers(held[0]).argmax(1) == held[1])
        print(
            f"epoch {epoch}: loss {loss:.4f}, right {right:.4%}, {time.monotonic() - start:.0f} s", flush=True
        )
    WEIGHTS.write_text(packed(network))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")


# --- windows of pictures ----------------------------------------------------------------------------------


def examples(seeds: range) -> tuple[np.ndarray, np.ndarray]:
    """Windows (n × HIGH × WIDE) and what stands in each, with the line found a little wrongly."""
    windows: list[np.ndarray] = []
    signs: list[int] = []
    for seed in seeds:
        for window, sign in _windows(strips.strip(seed, anything=seed % 3 != 0), Random(seed)):
            windows.append(window)
            signs.append(sign)
    return np.array(windows, np.float32), np.array(signs)


def _windows(picture: Strip, chance: Random) -> Iterator[tuple[np.ndarray, int]]:
    grey = np.asarray(Image.open(io.BytesIO(picture.jpeg)).convert("L"), np.float32)
    for row, line in enumerate(picture.lines):
        centres = [(x, y) for at, x, y in picture.boxes if at == row]
        strip, columns = straightened(grey, picture, centres, chance)
        for sign, column in zip(line, columns, strict=True):
            if sign == "<" and chance.random() > RARE:
                continue
            yield _cut(strip, column + chance.uniform(-1.8, 1.8)), ALPHABET.index(sign)
        for column in chance.sample(columns, len(columns) // 5):
            yield _cut(strip, column + chance.choice([-1, 1]) * chance.uniform(4.2, 7)), NONE
        for column in (
            columns[0] - PITCH * chance.uniform(0.8, 1.4),
            columns[-1] + PITCH * chance.uniform(0.8, 1.4),
        ):
            yield _cut(strip, column), NONE


def _cut(strip: np.ndarray, column: float) -> np.ndarray:
    left = min(max(round(column - WIDE / 2), 0), strip.shape[1] - WIDE)
    return strip[:, left : left + WIDE]


def straightened(
    grey: np.ndarray, picture: Strip, centres: list[tuple[float, float]], chance: Random
) -> tuple[np.ndarray, list[float]]:
    """The strip of a line as lines.js makes it, and the column of each character's centre."""
    count = len(centres)
    margin = 2 * PITCH
    long = count * PITCH + 2 * margin
    pitch = (centres[-1][0] - centres[0][0]) / (count - 1)
    begin = centres[0][0] - pitch / 2 + chance.gauss(0, 0.25) * pitch
    across = pitch / PITCH * (1 + chance.gauss(0, 0.02))
    tall = picture.cap / CAP * chance.uniform(0.86, 1.16)
    down, tilt = chance.gauss(0, 0.9), chance.gauss(0, 1.2)
    lean = chance.gauss(0, 0.06)
    u, v = np.meshgrid(np.arange(long), np.arange(HIGH))
    total = np.zeros((HIGH, long), np.float32)
    for du, dv in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        off = (v + dv - HIGH / 2 + down + tilt * (u / long - 0.5)) * tall
        x = begin + (u + du - margin) * across + lean * off
        y = centres[0][1] + off
        total += _sampled(grey, *_mapped(picture.map, x, y))
    columns = [(x - begin) / across + margin for x, _y in centres]
    return evened(total / 4), columns


def _mapped(homography: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a = homography
    w = a[2, 0] * x + a[2, 1] * y + a[2, 2]
    return (a[0, 0] * x + a[0, 1] * y + a[0, 2]) / w, (a[1, 0] * x + a[1, 1] * y + a[1, 2]) / w


def _sampled(grey: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    height, width = grey.shape
    x, y = np.clip(x - 0.5, 0, width - 1.001), np.clip(y - 0.5, 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    fx, fy = x - left, y - top
    upper = grey[top, left] * (1 - fx) + grey[top, left + 1] * fx
    lower = grey[top + 1, left] * (1 - fx) + grey[top + 1, left + 1] * fx
    found: np.ndarray = upper * (1 - fy) + lower * fy
    return found


def evened(strip: np.ndarray) -> np.ndarray:
    """Every column less the mean around it, in measures of the contrast around it."""
    long = strip.shape[1]
    ones = np.concatenate([[0], np.cumsum(strip.sum(0, dtype=np.float64))])
    twos = np.concatenate([[0], np.cumsum((strip.astype(np.float64) ** 2).sum(0))])
    left, right = np.maximum(np.arange(long) - REACH, 0), np.minimum(np.arange(long) + REACH + 1, long)
    count = (right - left) * HIGH
    mean = (ones[right] - ones[left]) / count
    spread = np.sqrt(np.maximum((twos[right] - twos[left]) / count - mean**2, 0)) + 3
    found: np.ndarray = np.clip((strip - mean) / spread, -3, 3).astype(np.float32)
    return found


# --- the network ------------------------------------------------------------------------------------------


class Network:
    """Weights and biases of the four layers, learned by Adam from the cross-entropy."""

    def __init__(self, chance: np.random.Generator) -> None:
        self.weights = [
            chance.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape).astype(np.float32) for shape in SHAPES
        ]
        self.biases = [np.zeros(shape[0], np.float32) for shape in SHAPES]
        self.first = [np.zeros_like(each) for each in (*self.weights, *self.biases)]
        self.second = [np.zeros_like(each) for each in (*self.weights, *self.biases)]
        self.steps = 0

    def epoch(
        self, windows: np.ndarray, signs: np.ndarray, *, rate: float, chance: np.random.Generator
    ) -> float:
        """The mean loss of one pass through all windows in an order of chance."""
        order, losses = chance.permutation(len(signs)), []
        for start in range(0, len(order) - BATCH + 1, BATCH):
            some = order[start : start + BATCH]
            losses.append(self._step(windows[some][:, None], signs[some], rate))
        return float(np.mean(losses))

    def answers(self, windows: np.ndarray) -> np.ndarray:
        """The classes' scores of many windows."""
        parts = [self._forward(windows[at : at + 1024, None])[-1] for at in range(0, len(windows), 1024)]
        return np.concatenate(parts)

    def _forward(self, batch: np.ndarray) -> list[np.ndarray]:
        found = [batch]
        for weight, bias in zip(self.weights[:2], self.biases[:2], strict=True):
            rows = _patches(found[-1])
            out = np.maximum(rows @ weight.reshape(weight.shape[0], -1).T + bias, 0)
            n, _c, high, wide = found[-1].shape
            image = out.reshape(n, high - 2, wide - 2, -1).transpose(0, 3, 1, 2)
            found += [rows, image, image.reshape(*image.shape[:2], image.shape[2] // 2, 2, -1, 2).max((3, 5))]
        flat = found[-1].reshape(len(batch), -1)
        hidden = np.maximum(flat @ self.weights[2].T + self.biases[2], 0)
        return [*found, flat, hidden, hidden @ self.weights[3].T + self.biases[3]]

    def _step(self, batch: np.ndarray, signs: np.ndarray, rate: float) -> float:
        _x, rows1, map1, pool1, rows2, map2, pool2, flat, hidden, scores = self._forward(batch)
        scores = scores - scores.max(1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(1, keepdims=True)
        each = np.arange(len(signs))
        loss = float(-np.log(chances[each, signs] + 1e-9).mean())
        wrong = chances.copy()
        wrong[each, signs] -= 1
        wrong /= len(signs)
        grads = [np.zeros(0)] * 8
        grads[3], grads[7] = wrong.T @ hidden, wrong.sum(0)
        back = (wrong @ self.weights[3]) * (hidden > 0)
        grads[2], grads[6] = back.T @ flat, back.sum(0)
        back = _unpooled((back @ self.weights[2]).reshape(pool2.shape), map2, pool2)
        grads[1], grads[5] = _layer(back, rows2, self.weights[1])
        back = _unpatched(back, self.weights[1], pool1.shape)
        back = _unpooled(back, map1, pool1)
        grads[0], grads[4] = _layer(back, rows1, self.weights[0])
        self._learn(grads, rate)
        return loss

    def _learn(self, grads: list[np.ndarray], rate: float) -> None:
        self.steps += 1
        for at, (value, grad) in enumerate(zip((*self.weights, *self.biases), grads, strict=True)):
            self.first[at] = 0.9 * self.first[at] + 0.1 * grad
            self.second[at] = 0.999 * self.second[at] + 0.001 * grad**2
            mean = self.first[at] / (1 - 0.9**self.steps)
            spread = np.sqrt(self.second[at] / (1 - 0.999**self.steps)) + 1e-8
            value -= (rate * (mean / spread + 1e-4 * value)).astype(np.float32)


def _patches(image: np.ndarray) -> np.ndarray:
    """Each 3 × 3 with its channels as a row."""
    n, channels, high, wide = image.shape
    view = np.lib.stride_tricks.sliding_window_view(image, (3, 3), axis=(2, 3))
    return np.ascontiguousarray(view.transpose(0, 2, 3, 1, 4, 5)).reshape(
        n * (high - 2) * (wide - 2), channels * 9
    )


def _unpooled(back: np.ndarray, image: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """What flows back to the largest of each four, where it was above zero."""
    large = back.repeat(2, 2).repeat(2, 3)
    found: np.ndarray = large * (image == pool.repeat(2, 2).repeat(2, 3)) * (image > 0)
    return found


def _layer(back: np.ndarray, rows: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    flat = back.transpose(0, 2, 3, 1).reshape(-1, weight.shape[0])
    return (flat.T @ rows).reshape(weight.shape), flat.sum(0)


def _unpatched(back: np.ndarray, weight: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    n, channels, high, wide = shape
    flat = back.transpose(0, 2, 3, 1).reshape(-1, weight.shape[0]) @ weight.reshape(weight.shape[0], -1)
    parts = flat.reshape(n, high - 2, wide - 2, channels, 3, 3).transpose(0, 3, 4, 5, 1, 2)
    found = np.zeros(shape, np.float32)
    for y in range(3):
        for x in range(3):
            found[:, :, y : y + high - 2, x : x + wide - 2] += parts[:, :, y, x]
    return found


def packed(network: Network) -> str:
    """The weights as a module: whole numbers of one byte, each output with a scale of its own."""
    layers = []
    for weight, bias in zip(network.weights, network.biases, strict=True):
        flat = weight.reshape(weight.shape[0], -1)
        scale = np.abs(flat).max(1) / 127
        small = np.round(flat / scale[:, None]).astype(np.int8)
        layers.append({
            "shape": weight.shape, "scale": [round(float(each), 7) for each in scale],
            "bias": [round(float(each), 5) for each in bias],
            "data": base64.b64encode(small.tobytes()).decode(),
        })  # fmt: skip
    lines = ",\n".join(json.dumps(layer) for layer in layers)
    head = "// Learned by bench/mrz/train.py from invented pictures; net.js reads it."
    return f"{head}\nexport default [\n{lines}\n];\n"


if __name__ == "__main__":
    main()

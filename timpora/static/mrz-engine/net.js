// A small network that tells the 37 characters of OCR-B, and what is none, from pixels: two convolutions, two dense
// layers. It slides over a whole line at once. bench/mrz/train.py made its weights.
import packed from "./weights.js";

export const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
export const CLASSES = SIGNS.length + 1; // the last one is "no character stands here"
export const [HIGH, WIDE, PITCH] = [26, 22, 14]; // pixels: a window, and from one character to the next

// Layers as { shape, values }: whole numbers of one byte, each output with a scale of its own.
function unpacked({ shape, scale, bias, data }) {
  const bytes = Int8Array.from(atob(data), (sign) => sign.charCodeAt(0) << 24 >> 24);
  const each = bytes.length / shape[0];
  const values = Float32Array.from(bytes, (value, at) => value * scale[Math.floor(at / each)]);
  return { shape, values, bias: Float32Array.from(bias) };
}
const [conv1, conv2, dense1, dense2] = packed.map(unpacked);

// input: channels × high × wide; 3 × 3, no padding, nothing below zero.
function convolved(input, channels, high, wide, { shape, values, bias }) {
  const [outs] = shape;
  const [h, w] = [high - 2, wide - 2];
  const output = new Float32Array(outs * h * w);
  for (let out = 0; out < outs; out += 1) {
    const base = out * h * w;
    output.fill(bias[out], base, base + h * w);
    for (let channel = 0; channel < channels; channel += 1) {
      const [a, b, c, d, e, f, g, i, k] = values.subarray((out * channels + channel) * 9, (out * channels + channel) * 9 + 9);
      for (let y = 0; y < h; y += 1) {
        let one = (channel * high + y) * wide;
        let two = one + wide;
        let three = two + wide;
        const end = base + (y + 1) * w;
        for (let to = end - w; to < end; to += 1, one += 1, two += 1, three += 1) {
          output[to] += a * input[one] + b * input[one + 1] + c * input[one + 2]
            + d * input[two] + e * input[two + 1] + f * input[two + 2]
            + g * input[three] + i * input[three + 1] + k * input[three + 2];
        }
      }
    }
  }
  for (let at = 0; at < output.length; at += 1) if (output[at] < 0) output[at] = 0;
  return output;
}

// The largest of each 2 × 2, from column `shift` on.
function pooled(input, channels, high, wide, shift) {
  const [h, w] = [high >> 1, (wide - shift) >> 1];
  const output = new Float32Array(channels * h * w);
  for (let channel = 0, to = 0; channel < channels; channel += 1) {
    for (let y = 0; y < h; y += 1) {
      let from = (channel * high + 2 * y) * wide + shift;
      for (let x = 0; x < w; x += 1, from += 2, to += 1) {
        output[to] = Math.max(input[from], input[from + 1], input[from + wide], input[from + wide + 1]);
      }
    }
  }
  return output;
}

// Log-probabilities of each class for the window that begins at each column; `step` 4 does a quarter of the columns.
export function classified(strip, long, step = 1) {
  const count = long - WIDE + 1;
  const found = new Float32Array(count * CLASSES).fill(-20);
  const [outs1, outs2] = [conv1.shape[0], conv2.shape[0]];
  const first = convolved(strip, 1, HIGH, long, conv1);
  for (let shift = 0; shift < (step === 1 ? 2 : 1); shift += 1) {
    const high = (HIGH - 2) >> 1;
    const half = (long - 2 - shift) >> 1;
    const second = convolved(pooled(first, outs1, HIGH - 2, long - 2, shift), outs1, high, half, conv2);
    for (let more = 0; more < (step === 1 ? 2 : 1); more += 1) {
      const features = pooled(second, outs2, high - 2, half - 2, more);
      dense(features, outs2, (high - 2) >> 1, (half - 2 - more) >> 1, (at) => shift + 2 * more + 4 * at, count, found);
    }
  }
  return found;
}

function dense(features, channels, high, wide, columnOf, count, found) {
  const [hidden, inputs] = dense1.shape;
  const across = inputs / (channels * high);
  const weights = dense1.values;
  const window = new Float32Array(inputs);
  const middle = new Float32Array(hidden);
  for (let at = 0; at + across <= wide; at += 1) {
    const column = columnOf(at);
    if (column >= count) break;
    for (let row = 0, to = 0; row < channels * high; row += 1) {
      for (let x = 0; x < across; x += 1, to += 1) window[to] = features[row * wide + at + x];
    }
    for (let out = 0, from = 0; out < hidden; out += 1) {
      // Four sums at once: a processor need not wait for one before it begins the next.
      let [one, two, three, four] = [dense1.bias[out], 0, 0, 0];
      for (let x = 0; x < inputs; x += 4, from += 4) {
        one += weights[from] * window[x];
        two += weights[from + 1] * window[x + 1];
        three += weights[from + 2] * window[x + 2];
        four += weights[from + 3] * window[x + 3];
      }
      const sum = one + two + three + four;
      middle[out] = sum > 0 ? sum : 0;
    }
    const base = column * CLASSES;
    let most = -Infinity;
    for (let out = 0; out < CLASSES; out += 1) {
      let sum = dense2.bias[out];
      for (let from = 0; from < hidden; from += 1) sum += dense2.values[out * hidden + from] * middle[from];
      found[base + out] = sum;
      if (sum > most) most = sum;
    }
    let total = 0;
    for (let out = 0; out < CLASSES; out += 1) total += Math.exp(found[base + out] - most);
    const log = most + Math.log(total);
    for (let out = 0; out < CLASSES; out += 1) found[base + out] -= log;
  }
}
